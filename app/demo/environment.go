package demo

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// environment is this process's, without what would make the programs read or
// write this person's own files, start a message bus, or speak another language.
func (s *stage) environment() []string {
	var env []string
	for _, e := range os.Environ() {
		name, _, _ := strings.Cut(e, "=")
		switch {
		case strings.HasPrefix(name, "BEISTAND_"), strings.HasPrefix(name, "LC_"), strings.HasPrefix(name, "XDG_"),
			name == "LANG", name == "LANGUAGE", name == "HOME", name == "WAYLAND_DISPLAY":
		default:
			env = append(env, e)
		}
	}
	locale := map[string]string{"de": "de_DE.UTF-8", "nl": "nl_NL.UTF-8"}[s.o.Language]
	if locale == "" {
		locale = "en_GB.UTF-8"
	}
	env = append(env,
		"HOME="+filepath.Join(s.folder, "home"),
		"LANG="+locale,
		"LC_CTYPE=C.UTF-8", // there without any language pack, and enough to type in
	)
	if s.o.OnDisplay == "" {
		env = append(env, "XDG_RUNTIME_DIR="+filepath.Join(s.folder, "runtime"))
	} else {
		// The desktop's own: its permission for the display, and its bus.
		env = append(env, "XDG_RUNTIME_DIR="+os.Getenv("XDG_RUNTIME_DIR"))
		if home, err := os.UserHomeDir(); err == nil && os.Getenv("XAUTHORITY") == "" {
			env = append(env, "XAUTHORITY="+filepath.Join(home, ".Xauthority"))
		}
	}
	if s.o.OnDisplay == "" || os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		// An address where nobody listens: without any, asking for the desktop's
		// colours would start a bus that outlives us.
		env = append(env, "DBUS_SESSION_BUS_ADDRESS=unix:path="+filepath.Join(s.doors, "no-bus"))
	}
	if s.o.OnDisplay == "" {
		env = append(env, "LIBGL_ALWAYS_SOFTWARE=1") // a virtual display has no graphics card
	}
	return slices.Clip(env)
}
