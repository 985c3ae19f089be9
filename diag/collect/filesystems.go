package collect

import (
	"context"
	"fmt"
	"time"

	"github.com/shirou/gopsutil/v3/disk"
)

// FileSystemsFacts is where files are kept and how full it is.
type FileSystemsFacts struct {
	FileSystems []FileSystem `json:"file_systems"`
	NotMounted  []string     `json:"not_mounted,omitempty"` // mount points of /etc/fstab where nothing is mounted
	Others      []string     `json:"others,omitempty"`      // the kernel's own: "tmpfs on /run"
	Notes       []string     `json:"notes,omitempty"`       // what could not be read, and why
}

// FileSystem is one that is mounted, or a Windows drive.
type FileSystem struct {
	Mount    string   `json:"mount"`
	Device   string   `json:"device"`
	Type     string   `json:"type"`
	Options  []string `json:"options,omitempty"`
	ReadOnly bool     `json:"read_only"`
	Use      *Use     `json:"use,omitempty"`
	Problem  string   `json:"problem,omitempty"` // why there is no use
}

// Use is how full a file system is. Percentages are of what people other than
// root can use, as df gives them.
type Use struct {
	Total       uint64   `json:"total_bytes"`
	Free        uint64   `json:"free_bytes"` // to people other than root
	Used        float64  `json:"used_percent"`
	InodesTotal uint64   `json:"inodes_total,omitempty"`
	InodesFree  uint64   `json:"inodes_free,omitempty"`
	Inodes      *float64 `json:"inodes_used_percent,omitempty"` // nil: the file system has none
}


// disks is where files are kept and how full it is.
type disks struct{}

// diskTime is how long one disk may take to say how full it is; a network
// drive whose server is gone never does.
const diskTime = 2 * time.Second

func (disks) Name() string  { return "disks" }
func (disks) Title() string { return titleDisks }

func (disks) Collect(ctx context.Context, s Sink) error {
	parts, err := disk.PartitionsWithContext(ctx, false)
	if err != nil {
		return fmt.Errorf("list the disks: %w", err)
	}
	if len(parts) == 0 { // in a container the root is no device of its own
		parts = []disk.PartitionStat{{Mountpoint: rootFolder, Device: "", Fstype: ""}}
	}
	f := FileSystemsFacts{FileSystems: []FileSystem{}}
	for _, p := range parts {
		d := FileSystem{Mount: p.Mountpoint, Device: p.Device, Type: p.Fstype, Options: p.Opts}
		use, err := diskUse(ctx, p.Mountpoint)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			d.Problem = err.Error()
		}
		d.Use = use
		f.FileSystems = append(f.FileSystems, d)
	}
	return writeFacts(s, "system/disks.json", titleDisks, f)
}

// diskUse asks one disk. One that does not answer keeps its goroutine, which
// nothing can end, until it answers after all.
func diskUse(ctx context.Context, mount string) (*Use, error) {
	type answer struct {
		use *disk.UsageStat
		err error
	}
	answered := make(chan answer, 1)
	go func() {
		u, err := disk.UsageWithContext(ctx, mount)
		answered <- answer{u, err}
	}()
	patience := time.NewTimer(diskTime)
	defer patience.Stop()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-patience.C:
		return nil, fmt.Errorf("it did not answer within %v", diskTime)
	case a := <-answered:
		if a.err != nil {
			return nil, a.err
		}
		f := &Use{Total: a.use.Total, Free: a.use.Free, Used: round(a.use.UsedPercent)}
		if a.use.InodesTotal > 0 {
			p := round(a.use.InodesUsedPercent)
			f.Inodes = &p
		}
		return f, nil
	}
}
