package collect

import (
	"slices"
	"strings"
	"time"
)

// installHistory is where macOS writes down what its installer installed.
const installHistory = "/Library/Receipts/InstallHistory.plist"

// history reads what was installed, oldest first.
func (m machine) history() []Package {
	b, err := m.read(installHistory, 16<<20)
	if err != nil {
		return nil
	}
	list, _ := parsePlist(string(b)).([]any)
	var all []Package
	for _, v := range list {
		d := entry(v)
		p := Package{Name: entryText(d, "displayName"), Version: entryText(d, "displayVersion"), Vendor: entryText(d, "processName")}
		if t, err := time.Parse(time.RFC3339, entryText(d, "date")); err == nil {
			p.Installed = &t
		}
		if p.Name != "" {
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b Package) int {
		if a.Installed == nil || b.Installed == nil {
			return 0
		}
		return a.Installed.Compare(*b.Installed)
	})
	return all
}

// receipts are the last versions that were installed of each.
func (m machine) receipts() []Package {
	last := map[string]int{}
	var all []Package
	for _, p := range m.history() {
		p.Vendor = ""
		if i, ok := last[p.Name]; ok {
			all[i] = p
			continue
		}
		last[p.Name] = len(all)
		all = append(all, p)
	}
	return all
}

// applications reads the descriptions that programs carry with them.
func (m machine) applications() []Package {
	var all []Package
	for _, dir := range []string{"/Applications", "/Applications/Utilities", m.home + "/Applications"} {
		for _, name := range m.names(dir) {
			if !strings.HasSuffix(name, ".app") {
				continue
			}
			file := dir + "/" + name + "/Contents/Info.plist"
			b, err := m.read(file, maxText)
			if err != nil {
				continue
			}
			info := plistTextsOf(b)
			p := Package{Name: strings.TrimSuffix(name, ".app"), Version: info["CFBundleShortVersionString"], Installed: m.modified(file)}
			if p.Version == "" {
				p.Version = info["CFBundleVersion"]
			}
			all = append(all, p)
		}
	}
	return all
}
