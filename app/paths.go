package app

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// places are the folders of one installation. Data is what must be kept (the
// desk's tickets); state is what makes the next start pleasant or a broken-off
// sending possible to resume (drafts, unsent cases, logs).
type places struct {
	data, state string
}

// placesFor gives the system's own folders, or two below dir when it is set.
func placesFor(dir string) (places, error) {
	if dir != "" {
		return places{filepath.Join(dir, "data"), filepath.Join(dir, "state")}, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return places{}, fmt.Errorf("find the home folder: %w", err)
	}
	switch runtime.GOOS {
	case "windows":
		local := envOr("LOCALAPPDATA", filepath.Join(home, "AppData", "Local"))
		return places{filepath.Join(local, "Beistand", "Data"), filepath.Join(local, "Beistand", "State")}, nil
	case "darwin":
		support := filepath.Join(home, "Library", "Application Support", "Beistand")
		return places{filepath.Join(support, "Data"), filepath.Join(support, "State")}, nil
	}
	// XDG Base Directory Specification 0.8
	return places{
		filepath.Join(envOr("XDG_DATA_HOME", filepath.Join(home, ".local", "share")), "beistand"),
		filepath.Join(envOr("XDG_STATE_HOME", filepath.Join(home, ".local", "state")), "beistand"),
	}, nil
}

// ownFolders are those that this program reads and writes; dir as for placesFor.
func ownFolders(dir string) []string {
	var all []string
	if path := defaultConfigPath(); path != "" {
		all = append(all, filepath.Dir(path))
	}
	if p, err := placesFor(dir); err == nil {
		all = append(all, p.data, p.state)
	}
	return all
}

// make creates both folders, readable by their owner alone.
func (p places) make() error {
	for _, dir := range []string{p.data, p.state} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("make folder: %w", err)
		}
	}
	return nil
}

// defaultConfigPath is where the configuration file is looked for; empty when
// the system has no such place.
func defaultConfigPath() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "beistand", "config.yaml")
}

func envOr(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}
