package collect

import "time"

// ProtectionFacts is what guards the machine, as far as it can be read
// without asking for rights.
type ProtectionFacts struct {
	Antivirus     []Antivirus `json:"antivirus"`
	Firewalls     []Firewall  `json:"firewalls"`
	AccessControl []string    `json:"access_control,omitempty"` // "SELinux: enforcing", "AppArmor: 42 profiles"
	Notes         []string    `json:"notes,omitempty"`
}

// Antivirus is one product. nil: not known.
type Antivirus struct {
	Name       string     `json:"name"`
	Active     *bool      `json:"active,omitempty"`
	UpToDate   *bool      `json:"up_to_date,omitempty"`
	Version    string     `json:"version,omitempty"`
	Signatures *time.Time `json:"signatures_time,omitempty"`
}

// Firewall is one product or, on Windows, one profile of it. nil: not known.
type Firewall struct {
	Name   string `json:"name"`
	Active *bool  `json:"active,omitempty"`
	Rules  *int   `json:"rules,omitempty"`
	Detail string `json:"detail,omitempty"`
}
