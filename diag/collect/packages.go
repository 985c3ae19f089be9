package collect

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// PackagesFacts is what is installed.
type PackagesFacts struct {
	Count    int       `json:"count"`
	Sources  []string  `json:"sources"`          // where they were read: "dpkg", "rpm", "apk", "pacman", "snap", "flatpak", "registry", "applications", "receipts"
	Broken   []string  `json:"broken,omitempty"` // names of those not wholly installed
	Packages []Package `json:"packages"`         // by name
	Notes    []string  `json:"notes,omitempty"`
}

// Package is one installed program or library.
type Package struct {
	Name         string     `json:"name"`
	Version      string     `json:"version"`
	Architecture string     `json:"architecture,omitempty"` // "" the machine's own
	Vendor       string     `json:"vendor,omitempty"`
	Source       string     `json:"source,omitempty"` // "" the first of the sources
	State        string     `json:"state,omitempty"`  // "" is installed; else such as "half-configured"
	Installed    *time.Time `json:"installed_time,omitempty"`
}

// packages is read of the systems that install them.
type packages struct{ machine }

// maxPackages is how many are described.
const maxPackages = 20_000

func (packages) Name() string  { return "packages" }
func (packages) Title() string { return titlePackages }

func (c packages) Collect(ctx context.Context, s Sink) error {
	f := c.installed(ctx)
	if err := ctx.Err(); err != nil {
		return err
	}
	if f.Count == 0 {
		return absent("this system keeps no list of installed programs that could be read")
	}
	return writeFacts(s, "system/packages.json", titlePackages, f)
}

// installed asks every system of packages that is here.
func (m machine) installed(ctx context.Context) PackagesFacts {
	f := PackagesFacts{Sources: []string{}, Packages: []Package{}}
	switch m.system {
	case "linux":
		f.from("dpkg", m.dpkg())
		f.from("rpm", m.rpm(ctx, &f))
		f.from("apk", parseAPK(m.text("/lib/apk/db/installed")))
		f.from("pacman", m.pacman())
		f.from("snap", m.snaps())
		f.from("flatpak", m.flatpaks())
	case "windows":
		f.from("registry", m.uninstallers())
	case "darwin":
		f.from("applications", m.applications())
		f.from("receipts", m.receipts())
	}
	slices.SortStableFunc(f.Packages, func(a, b Package) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	f.Count = len(f.Packages)
	for _, p := range f.Packages {
		if p.State != "" {
			f.Broken = append(f.Broken, p.Name)
		}
	}
	if f.Count > maxPackages {
		f.Packages = f.Packages[:maxPackages]
		f.Notes = append(f.Notes, fmt.Sprintf("only the first %d are here", maxPackages))
	}
	return f
}

// from adds what one source has.
func (f *PackagesFacts) from(source string, found []Package) {
	if len(found) == 0 {
		return
	}
	if len(f.Sources) > 0 {
		for i := range found {
			found[i].Source = source
		}
	}
	f.Sources = append(f.Sources, source)
	f.Packages = append(f.Packages, found...)
}
