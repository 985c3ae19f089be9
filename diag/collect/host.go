package collect

import (
	"context"
	"fmt"
	"time"

	gohost "github.com/shirou/gopsutil/v3/host"
)

// host is what the machine and its system are. The machine's own identifier
// is left out: it would follow a person from case to case.
type host struct{ machine }

// HostFacts is what the machine and its system are.
type HostFacts struct {
	Name           string     `json:"name"`
	System         string     `json:"system"`
	Platform       string     `json:"platform,omitempty"`
	Version        string     `json:"version,omitempty"`
	Family         string     `json:"family,omitempty"`
	Kernel         string     `json:"kernel,omitempty"`
	Architecture   string     `json:"architecture,omitempty"`
	Virtualization string     `json:"virtualization,omitempty"`
	Now            time.Time  `json:"clock_time"`
	TimeZone       string     `json:"time_zone"`
	Boot           *time.Time `json:"up_since_time,omitempty"`
	Uptime         uint64     `json:"uptime_seconds"`
	Processes      uint64     `json:"processes"`
	Build          string     `json:"build,omitempty"`   // of the system: "19045.4291", "23F79"
	Edition        string     `json:"edition,omitempty"` // "Professional", "Server"
	Installed      *time.Time `json:"installed_time,omitempty"`
	Container      string     `json:"container,omitempty"`        // "docker", "lxc"; "" it is none
	Arguments      string     `json:"kernel_arguments,omitempty"` // values that look secret are replaced
	Reboot         *Reboot    `json:"reboot,omitempty"`           // nil: not known
	Notes          []string   `json:"notes,omitempty"`
}

// Reboot says whether the system waits to be restarted.
type Reboot struct {
	Pending bool     `json:"pending"`
	Reasons []string `json:"reasons,omitempty"` // packages or causes, in words
}

func (host) Name() string  { return "host" }
func (host) Title() string { return titleHost }

func (c host) Collect(ctx context.Context, s Sink) error {
	h, err := gohost.InfoWithContext(ctx)
	if err != nil {
		return fmt.Errorf("read what this computer is: %w", err)
	}
	now := time.Now()
	zone, _ := now.Zone()
	f := HostFacts{
		Name: h.Hostname, System: h.OS, Platform: h.Platform, Version: h.PlatformVersion, Family: h.PlatformFamily,
		Kernel: h.KernelVersion, Architecture: h.KernelArch, Virtualization: h.VirtualizationSystem,
		Now: now, TimeZone: zone, Boot: unixTime(int64(h.BootTime)), Uptime: h.Uptime, Processes: h.Procs,
	}
	if h.VirtualizationRole != "guest" {
		f.Virtualization = ""
	}
	f.details(ctx, c.machine)
	return writeFacts(s, "system/host.json", titleHost, f)
}
