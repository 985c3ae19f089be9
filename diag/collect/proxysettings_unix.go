//go:build unix && !darwin

package collect

import (
	"context"
	"os"
	"path/filepath"
	"time"
)

// systemProxies reads the settings of the two desktops that have their own.
func systemProxies(ctx context.Context) []ProxySettingFacts {
	var all []ProxySettingFacts
	timed, cancel := context.WithTimeout(ctx, 3*time.Second) // gsettings waits for a session bus
	defer cancel()
	if out, err := run(timed, 1<<20, "gsettings", "list-recursively", "org.gnome.system.proxy"); err == nil {
		all = append(all, gnomeProxies(string(out.bytes()))...)
	}
	if config, err := os.UserConfigDir(); err == nil {
		if text, err := readSome(filepath.Join(config, "kioslaverc")); err == nil {
			all = append(all, kdeProxies(text)...)
		}
	}
	return all
}
