package collect

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
)

// AutostartFacts is which programs start when a person logs in.
type AutostartFacts struct {
	Entries []Autostart `json:"entries"`
}

// Autostart is one of them. Its arguments are left out: passwords stand there.
type Autostart struct {
	Name    string `json:"name"`
	Program string `json:"program,omitempty"`
	Enabled bool   `json:"enabled"`
	For     string `json:"for"`   // "everybody" or "this person"
	Where   string `json:"where"` // a file's path or a registry key
}

// autostart is read of the desktop's folders, the registry or launchd's files.
type autostart struct{ machine }

// maxAutostart is how many are described.
const maxAutostart = 1000

func (autostart) Name() string  { return "autostart" }
func (autostart) Title() string { return titleAutostart }

func (c autostart) Collect(_ context.Context, s Sink) error {
	f := AutostartFacts{}
	switch c.system {
	case "linux":
		f.desktop(c.machine)
	case "windows":
		f.runKeys(c.hive)
		f.folders(c.machine)
	case "darwin":
		for _, a := range c.agents() {
			if a.atLogin {
				f.Entries = append(f.Entries, Autostart{Name: a.label, Program: a.program, Enabled: !a.disabled, For: a.whose, Where: a.file})
			}
		}
	}
	if len(f.Entries) == 0 {
		return absent("no programs start at login")
	}
	f.Entries = f.Entries[:min(len(f.Entries), maxAutostart)]
	return writeFacts(s, "system/autostart.json", titleAutostart, f)
}

const (
	forAll  = "everybody"
	forThis = "this person"
)

// desktop reads the entries of the desktop application autostart
// specification 0.5; the person's hide those of the same name for everybody.
func (f *AutostartFacts) desktop(m machine) {
	config := m.env("XDG_CONFIG_HOME")
	if config == "" {
		config = m.home + "/.config"
	}
	seen := map[string]bool{}
	for _, place := range []struct{ dir, whose string }{{config + "/autostart", forThis}, {"/etc/xdg/autostart", forAll}} {
		for _, file := range m.names(place.dir) {
			if !strings.HasSuffix(file, ".desktop") || seen[file] {
				continue
			}
			seen[file] = true
			path := place.dir + "/" + file
			v := keyValues(m.text(path), "=")
			off := v["Hidden"] == "true" || v["X-GNOME-Autostart-enabled"] == "false"
			f.Entries = append(f.Entries, Autostart{
				Name: cmp.Or(v["Name"], file), Program: programOf(v["Exec"]), Enabled: !off, For: place.whose, Where: path,
			})
		}
	}
}

// programOf is a command's first word.
func programOf(command string) string {
	command = strings.TrimSpace(command)
	if rest, ok := strings.CutPrefix(command, `"`); ok {
		program, _, _ := strings.Cut(rest, `"`)
		return program
	}
	// Windows' paths may have spaces without quotes.
	if i := strings.Index(strings.ToLower(command), ".exe"); i >= 0 && (len(command) == i+4 || command[i+4] == ' ') {
		return command[:i+4]
	}
	program, _, _ := strings.Cut(command, " ")
	return program
}

// runKeys reads the keys whose values Windows runs.
func (f *AutostartFacts) runKeys(h hive) {
	if h == nil {
		return
	}
	const current = `\Microsoft\Windows\CurrentVersion\`
	for _, place := range []struct{ key, whose string }{
		{`HKLM\SOFTWARE` + current + "Run", forAll},
		{`HKLM\SOFTWARE` + current + "RunOnce", forAll},
		{`HKLM\SOFTWARE\WOW6432Node` + current + "Run", forAll},
		{`HKCU\SOFTWARE` + current + "Run", forThis},
		{`HKCU\SOFTWARE` + current + "RunOnce", forThis},
	} {
		off := h.values(strings.Replace(place.key, current, current+`Explorer\StartupApproved\`, 1))
		v := h.values(place.key)
		for _, name := range slices.Sorted(maps.Keys(v)) {
			command := regText(v, name)
			if command == "" {
				continue
			}
			// The task manager writes 2 or 6 for on, 3 for off.
			state, _ := off[name].([]byte)
			f.Entries = append(f.Entries, Autostart{
				Name: name, Program: programOf(command), Enabled: len(state) == 0 || state[0]&1 == 0, For: place.whose, Where: place.key,
			})
		}
	}
}

// folders lists Windows' startup folders.
func (f *AutostartFacts) folders(m machine) {
	const startup = `\Microsoft\Windows\Start Menu\Programs\Startup`
	for _, place := range []struct{ dir, whose string }{{m.env("PROGRAMDATA") + startup, forAll}, {m.env("APPDATA") + startup, forThis}} {
		for _, name := range m.names(place.dir) {
			if strings.EqualFold(name, "desktop.ini") {
				continue
			}
			f.Entries = append(f.Entries, Autostart{Name: name, Enabled: true, For: place.whose, Where: place.dir + `\` + name})
		}
	}
}
