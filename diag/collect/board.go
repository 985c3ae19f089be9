package collect

// BoardFacts is the machine as its maker and its firmware name it. Serial
// numbers are left out: they would follow a person from case to case.
type BoardFacts struct {
	Vendor       string   `json:"vendor,omitempty"`
	Product      string   `json:"product,omitempty"`
	Version      string   `json:"version,omitempty"`
	Family       string   `json:"family,omitempty"`
	Chassis      string   `json:"chassis,omitempty"` // in words, such as "notebook"
	BoardVendor  string   `json:"board_vendor,omitempty"`
	Board        string   `json:"board,omitempty"`
	BoardVersion string   `json:"board_version,omitempty"`
	BIOSVendor   string   `json:"bios_vendor,omitempty"`
	BIOSVersion  string   `json:"bios_version,omitempty"`
	BIOSDate     string   `json:"bios_date,omitempty"`   // as the maker writes it
	Firmware     string   `json:"firmware,omitempty"`    // "UEFI" or "BIOS"
	SecureBoot   *bool    `json:"secure_boot,omitempty"` // nil: not known
	TPM          string   `json:"tpm,omitempty"`         // "1.2", "2.0"; "" none or not known
	Memory       []Module `json:"memory_modules,omitempty"`
}

// Module is one piece of memory as the firmware lists it.
type Module struct {
	Slot  string  `json:"slot"`
	Size  uint64  `json:"size_bytes"` // 0: the slot is empty
	Kind  string  `json:"kind,omitempty"`
	Speed float64 `json:"speed_mhz,omitempty"`
}
