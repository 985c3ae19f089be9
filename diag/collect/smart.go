package collect

// SmartFacts is what drives say about their own health, as smartctl
// (smartmontools 7 and later) reads it. It needs the right to ask the drive.
type SmartFacts struct {
	Disks []Smart  `json:"disks"`
	Notes []string `json:"notes,omitempty"`
}

// Smart is one drive's; nil: the drive does not say.
type Smart struct {
	Name          string   `json:"name"`
	Model         string   `json:"model,omitempty"`
	Firmware      string   `json:"firmware,omitempty"`
	Passed        *bool    `json:"passed,omitempty"` // the drive's own judgement
	Temperature   *float64 `json:"temperature_celsius,omitempty"`
	PowerOnHours  *uint64  `json:"power_on_hours,omitempty"`
	PowerCycles   *uint64  `json:"power_cycles,omitempty"`
	Reallocated   *uint64  `json:"reallocated_sectors,omitempty"`   // ATA attribute 5
	Pending       *uint64  `json:"pending_sectors,omitempty"`       // ATA attribute 197
	Uncorrectable *uint64  `json:"uncorrectable_sectors,omitempty"` // ATA attribute 198
	CableErrors   *uint64  `json:"cable_errors,omitempty"`          // ATA attribute 199
	MediaErrors   *uint64  `json:"media_errors,omitempty"`          // NVMe
	Warning       *uint64  `json:"critical_warning,omitempty"`      // NVMe, bits; 0 is none
	Worn          *float64 `json:"worn_percent,omitempty"`
	Spare         *float64 `json:"spare_percent,omitempty"` // NVMe
	SelfTest      string   `json:"self_test,omitempty"`     // how the last one ended
	LoggedErrors  *uint64  `json:"logged_errors,omitempty"`
	Problem       string   `json:"problem,omitempty"` // why the drive could not be asked
}
