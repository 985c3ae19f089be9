package collect

import (
	"context"
	"slices"
	"strings"
	"time"
)

// UpdatesFacts is how up to date the system is. nil: not known.
type UpdatesFacts struct {
	LastInstalled *time.Time `json:"last_installed_time,omitempty"`
	LastChecked   *time.Time `json:"last_checked_time,omitempty"`
	Pending       *int       `json:"pending,omitempty"`
	Security      *int       `json:"pending_for_security,omitempty"`
	Automatic     *bool      `json:"automatic,omitempty"`
	Packages      []Update   `json:"pending_packages,omitempty"`
	Recent        []Change   `json:"recent,omitempty"` // newest first
	Notes         []string   `json:"notes,omitempty"`
}

// Update is one that could be installed.
type Update struct {
	Name      string `json:"name"`
	Installed string `json:"installed,omitempty"`
	Candidate string `json:"candidate,omitempty"`
	Security  bool   `json:"for_security"`
}

// Change is one that was made.
type Change struct {
	Name    string     `json:"name"`
	Version string     `json:"version,omitempty"`
	Action  string     `json:"action,omitempty"` // "install", "upgrade", "remove"
	At      *time.Time `json:"change_time,omitempty"`
}

// updates is read of what the installing systems leave behind; nothing is
// downloaded and no update is looked for.
type updates struct{ machine }

// What is listed of each kind.
const (
	maxUpdates = 2000
	maxChanges = 50
)

func (updates) Name() string  { return "updates" }
func (updates) Title() string { return titleUpdates }

func (c updates) Collect(ctx context.Context, s Sink) error {
	var f UpdatesFacts
	switch c.system {
	case "linux":
		f.apt(ctx, c.machine)
		f.dnf(ctx, c.machine)
		f.pacman(ctx, c.machine)
	case "windows":
		f.windows(c.hive)
	case "darwin":
		f.mac(c.machine)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if f.LastInstalled == nil && f.LastChecked == nil && f.Pending == nil && len(f.Recent) == 0 {
		return absent("this system does not tell when it was updated")
	}
	f.Packages = f.Packages[:min(len(f.Packages), maxUpdates)]
	f.Recent = f.Recent[:min(len(f.Recent), maxChanges)]
	return writeFacts(s, "system/updates.json", titleUpdates, f)
}

// dnf asks for what is known without asking the network; 100 is how it says
// that there are some.
func (f *UpdatesFacts) dnf(ctx context.Context, m machine) {
	if !m.has("/etc/dnf/dnf.conf") {
		return
	}
	f.LastChecked = m.modified("/var/cache/dnf/last_makecache")
	f.newest(m.rpm(ctx, &PackagesFacts{}))
	text, exit, err := m.programs.run(ctx, "dnf", "--cacheonly", "--quiet", "check-update")
	if err != nil || exit != 0 && exit != 100 {
		f.Notes = append(f.Notes, "dnf does not say what is pending without asking the network")
		return
	}
	f.Packages = parseDNF(string(text))
	f.Pending = new(len(f.Packages))
}

// parseDNF reads "name.arch   version   repository".
func parseDNF(text string) []Update {
	var all []Update
	for line := range strings.Lines(text) {
		v := strings.Fields(line)
		if strings.HasPrefix(line, "Obsoleting") {
			break
		}
		if len(v) != 3 || !strings.Contains(v[0], ".") {
			continue
		}
		all = append(all, Update{Name: v[0][:strings.LastIndexByte(v[0], '.')], Candidate: v[1], Security: strings.Contains(v[2], "security")})
	}
	return all
}

// pacman compares with the list as it was last fetched: "name 1.0-1 -> 1.1-1".
func (f *UpdatesFacts) pacman(ctx context.Context, m machine) {
	if !m.has("/var/lib/pacman/local") {
		return
	}
	f.LastChecked = m.modified("/var/lib/pacman/sync")
	text, exit, err := m.programs.run(ctx, "pacman", "-Qu")
	if err != nil || exit > 1 { // 1: there are none
		return
	}
	for line := range strings.Lines(string(text)) {
		if v := strings.Fields(line); len(v) >= 4 && v[2] == "->" {
			f.Packages = append(f.Packages, Update{Name: v[0], Installed: v[1], Candidate: v[3]})
		}
	}
	f.Pending = new(len(f.Packages))
	f.newest(m.pacman())
}

// newest takes the packages installed last as changes, newest first.
func (f *UpdatesFacts) newest(all []Package) {
	slices.SortStableFunc(all, func(a, b Package) int { return later(b.Installed, a.Installed) })
	for _, p := range all[:min(len(all), maxChanges)] {
		f.Recent = append(f.Recent, Change{Name: p.Name, Version: p.Version, Action: "install", At: p.Installed})
	}
	if len(f.Recent) > 0 {
		f.LastInstalled = f.Recent[0].At
	}
}

// later orders times; one that is not known is the earliest.
func later(a, b *time.Time) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return a.Compare(*b)
}

// mac reads what the installer wrote down and what Software Update last saw.
func (f *UpdatesFacts) mac(m machine) {
	all := m.history()
	slices.Reverse(all)
	for _, p := range all[:min(len(all), maxChanges)] {
		f.Recent = append(f.Recent, Change{Name: p.Name, Version: p.Version, Action: p.Vendor, At: p.Installed})
		if f.LastInstalled == nil && p.Vendor == "softwareupdated" {
			f.LastInstalled = p.Installed
		}
	}
	b, err := m.read("/Library/Preferences/com.apple.SoftwareUpdate.plist", maxText)
	if err != nil {
		return
	}
	v := entry(parsePlist(string(b)))
	if t, err := time.Parse(time.RFC3339, entryText(v, "LastSuccessfulDate")); err == nil {
		f.LastChecked = &t
	}
	if on, ok := v["AutomaticallyInstallMacOSUpdates"].(bool); ok {
		f.Automatic = &on
	}
	if list, ok := v["RecommendedUpdates"].([]any); ok {
		for _, u := range list {
			f.Packages = append(f.Packages, Update{Name: entryText(entry(u), "Display Name"), Candidate: entryText(entry(u), "Display Version")})
		}
		f.Pending = new(len(f.Packages))
	}
}
