package collect

import (
	"context"
	"strings"
)

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
	Size       uint64      `json:"size_bytes,omitempty"`
	Removable  bool        `json:"removable"`
	ReadOnly   bool        `json:"read_only"`
	State      string      `json:"state,omitempty"` // "running", "live", "offline"
	Scheduler  string      `json:"scheduler,omitempty"`
	Read       uint64      `json:"read_bytes,omitempty"`    // since the start
	Written    uint64      `json:"written_bytes,omitempty"` // since the start
	Busy       float64     `json:"busy_seconds,omitempty"`  // since the start
	Waiting    uint64      `json:"requests_waiting,omitempty"`
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

// disks is read of /sys/block, the registry or system_profiler.
type disks struct{ machine }

// maxDisks is how many are described.
const maxDisks = 200

func (disks) Name() string  { return "disks" }
func (disks) Title() string { return titleDisks }

func (c disks) Collect(ctx context.Context, s Sink) error {
	f := DisksFacts{Disks: []Disk{}}
	switch c.system {
	case "linux":
		f.linux(c.machine)
	case "windows":
		f.windows(c.machine)
	case "darwin":
		f.mac(ctx, c.machine)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(f.Disks) == 0 && len(f.Notes) == 0 {
		return absent("this system lists no drives")
	}
	return writeFacts(s, "system/disks.json", titleDisks, f)
}

// windows reads the names that the disk driver gives: "SCSI\Disk&Ven_NVMe&Prod_SAMSUNG_MZ\5&1".
func (f *DisksFacts) windows(m machine) {
	if m.hive == nil {
		return
	}
	values := m.hive.values(`HKLM\SYSTEM\CurrentControlSet\Services\disk\Enum`)
	n := regNumber(values, "Count")
	for i := uint64(0); n != nil && i < min(*n, maxDisks); i++ {
		device := regText(values, decimal(i))
		bus, rest, _ := strings.Cut(device, `\`)
		d := Disk{Name: "disk " + decimal(i), Transport: strings.ToLower(bus), Removable: bus == "USBSTOR"}
		name, _, _ := strings.Cut(rest, `\`)
		for part := range strings.SplitSeq(name, "&") {
			if v, ok := strings.CutPrefix(part, "Ven_"); ok {
				d.Vendor = spaced(v)
			} else if v, ok := strings.CutPrefix(part, "Prod_"); ok {
				d.Model = spaced(v)
			} else if v, ok := strings.CutPrefix(part, "Rev_"); ok {
				d.Firmware = spaced(v)
			}
		}
		f.Disks = append(f.Disks, d)
	}
	f.Notes = append(f.Notes, "sizes of whole drives need an administrator's rights and are left out")
}

func spaced(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "_", " ")) }
