package collect

import "time"

// GPUFacts is what draws the screens.
type GPUFacts struct {
	Adapters []GPU `json:"adapters"`
}

// GPU is one graphics adapter.
type GPU struct {
	Name          string     `json:"name"`
	Vendor        string     `json:"vendor,omitempty"`
	Identifier    string     `json:"identifier,omitempty"` // PCI vendor and device, "8086:9a49"
	Address       string     `json:"address,omitempty"`    // PCI, "0000:00:02.0"
	Driver        string     `json:"driver,omitempty"`
	DriverVersion string     `json:"driver_version,omitempty"`
	DriverDate    *time.Time `json:"driver_time,omitempty"`
	Memory        uint64     `json:"memory_bytes,omitempty"`
	Primary       bool       `json:"primary"`
}
