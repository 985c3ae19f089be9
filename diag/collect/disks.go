package collect

// DisksFacts is the drives and the arrays made of them.
type DisksFacts struct {
	Disks  []Disk   `json:"disks"`
	Arrays []Array  `json:"arrays,omitempty"`
	Notes  []string `json:"notes,omitempty"`
}

// Disk is one drive. Serial numbers are left out.
type Disk struct {
	Name       string      `json:"name"` // as the system names it: "sda", "nvme0n1"
	Model      string      `json:"model,omitempty"`
	Vendor     string      `json:"vendor,omitempty"`
	Firmware   string      `json:"firmware,omitempty"`
	Kind       string      `json:"kind,omitempty"`      // "solid state", "rotating", "virtual", "optical", "compressed memory"
	Transport  string      `json:"transport,omitempty"` // "nvme", "sata", "usb", "virtio", "mmc"
	Size       uint64      `json:"size_bytes"`
	Removable  bool        `json:"removable"`
	ReadOnly   bool        `json:"read_only"`
	State      string      `json:"state,omitempty"` // "running", "live", "offline"
	Scheduler  string      `json:"scheduler,omitempty"`
	Read       uint64      `json:"read_bytes"`    // since the start
	Written    uint64      `json:"written_bytes"` // since the start
	Busy       float64     `json:"busy_seconds"`  // since the start
	Waiting    uint64      `json:"requests_waiting"`
	Errors     *uint64     `json:"errors,omitempty"` // nil: the system does not count them
	Partitions []Partition `json:"partitions,omitempty"`
}

// Partition is a part of a drive.
type Partition struct {
	Name  string `json:"name"`
	Size  uint64 `json:"size_bytes"`
	Label string `json:"label,omitempty"`
}

// Array is a Linux software RAID (md).
type Array struct {
	Name     string   `json:"name"`
	Level    string   `json:"level,omitempty"`
	State    string   `json:"state"` // "active", "inactive"
	Disks    int      `json:"disks_wanted"`
	Working  int      `json:"disks_working"`
	Degraded bool     `json:"degraded"`
	Failed   []string `json:"failed,omitempty"`
	Progress string   `json:"progress,omitempty"` // "recovery 12.6 %"
}
