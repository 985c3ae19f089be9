package collect

import "time"

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
