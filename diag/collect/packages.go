package collect

import "time"

// PackagesFacts is what is installed.
type PackagesFacts struct {
	Count    int       `json:"count"`
	Sources  []string  `json:"sources"`          // where they were read: "dpkg", "rpm", "registry", "receipts", "snap", "flatpak"
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
