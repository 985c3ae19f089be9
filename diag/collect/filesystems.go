package collect

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
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

// fileSystems is read of the mount table; how full one is, of itself.
type fileSystems struct {
	machine
	use func(ctx context.Context, path string) (*disk.UsageStat, error)
}

func newFileSystems(m machine) fileSystems { return fileSystems{m, disk.UsageWithContext} }

const (
	// useTime is how long one may take to say how full it is; a network drive
	// whose server is gone never does.
	useTime = 2 * time.Second
	// maxFileSystems is how many are asked; each may keep a goroutine.
	maxFileSystems = 256
)

func (fileSystems) Name() string  { return "filesystems" }
func (fileSystems) Title() string { return titleFileSystems }

func (c fileSystems) Collect(ctx context.Context, s Sink) error {
	f := FileSystemsFacts{FileSystems: []FileSystem{}}
	if c.system == "linux" {
		f.mounted(c.machine)
	} else {
		parts, err := disk.PartitionsWithContext(ctx, false)
		if err != nil {
			return fmt.Errorf("list the file systems: %w", err)
		}
		for _, p := range parts {
			f.add(mount{point: p.Mountpoint, source: p.Device, kind: p.Fstype, options: p.Opts})
		}
	}
	slices.SortStableFunc(f.FileSystems, func(a, b FileSystem) int { return strings.Compare(a.Mount, b.Mount) })
	if n := len(f.FileSystems) - maxFileSystems; n > 0 {
		f.FileSystems = f.FileSystems[:maxFileSystems]
		f.Notes = append(f.Notes, fmt.Sprintf("%d more are left out", n))
	}
	var asked sync.WaitGroup
	for i := range f.FileSystems {
		asked.Go(func() { c.ask(ctx, &f.FileSystems[i]) })
	}
	asked.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	return writeFacts(s, "system/filesystems.json", titleFileSystems, f)
}

// mounted reads the mount table. Of one that is mounted in several places the
// first is described.
func (f *FileSystemsFacts) mounted(m machine) {
	all := parseMounts(m.text("/proc/self/mountinfo"))
	if len(all) == 0 {
		all = []mount{{point: "/"}}
		f.Notes = append(f.Notes, "the table of mounts could not be read")
	}
	seen := map[string]bool{}
	for _, one := range all {
		if !one.keeps() || one.device != "" && seen[one.device] {
			f.Others = append(f.Others, one.kind+" on "+one.point)
			continue
		}
		seen[one.device] = true
		f.add(one)
	}
	f.NotMounted = notMounted(m.text("/etc/fstab"), all)
}

func (f *FileSystemsFacts) add(m mount) {
	f.FileSystems = append(f.FileSystems, FileSystem{
		Mount: m.point, Device: m.source, Type: m.kind, Options: m.options, ReadOnly: slices.Contains(m.options, "ro"),
	})
}

// ask asks one how full it is. One that does not answer keeps its goroutine,
// which nothing can end, until it answers after all.
func (c fileSystems) ask(ctx context.Context, f *FileSystem) {
	type answer struct {
		use *disk.UsageStat
		err error
	}
	answered := make(chan answer, 1)
	go func() {
		u, err := c.use(ctx, f.Mount)
		answered <- answer{u, err}
	}()
	patience := time.NewTimer(useTime)
	defer patience.Stop()
	select {
	case <-ctx.Done():
		f.Problem = ctx.Err().Error()
	case <-patience.C:
		f.Problem = fmt.Sprintf("it did not answer within %v", useTime)
	case a := <-answered:
		if a.err != nil {
			f.Problem = a.err.Error()
			return
		}
		f.Use = &Use{Total: a.use.Total, Free: a.use.Free, Used: round(a.use.UsedPercent)}
		if a.use.InodesTotal > 0 {
			p := round(a.use.InodesUsedPercent)
			f.Use.InodesTotal, f.Use.InodesFree, f.Use.Inodes = a.use.InodesTotal, a.use.InodesFree, &p
		}
	}
}
