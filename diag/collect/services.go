package collect

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ServicesFacts is what runs in the background.
type ServicesFacts struct {
	Manager  string    `json:"manager"`         // "systemd", "Windows", "launchd", "init scripts"
	State    string    `json:"state,omitempty"` // of systemd: "running", "degraded"
	Count    int       `json:"count"`
	Failed   []Service `json:"failed"` // also listed in services
	Services []Service `json:"services"`
	Notes    []string  `json:"notes,omitempty"`
}

// Service is one of them.
type Service struct {
	Name     string     `json:"name"`
	Title    string     `json:"title,omitempty"`
	State    string     `json:"state"`            // "running", "exited", "stopped", "failed", "restarting"
	Start    string     `json:"start,omitempty"`  // "automatic", "manual", "disabled", or as the manager says
	Result   string     `json:"result,omitempty"` // why it failed: "exit-code", "oom-kill", "start-limit-hit"
	ExitCode int        `json:"exit_code,omitempty"`
	Restarts int        `json:"restarts,omitempty"` // by the manager, since it was loaded
	Since    *time.Time `json:"since_time,omitempty"`
	PID      int        `json:"pid,omitempty"`
	Memory   uint64     `json:"memory_bytes,omitempty"`
	User     bool       `json:"of_the_user,omitempty"` // run by the person's own manager
}

// services asks what manages them.
type services struct{ machine }

// maxServices is how many are described.
const maxServices = 3000

func (services) Name() string  { return "services" }
func (services) Title() string { return titleServices }

func (c services) Collect(ctx context.Context, s Sink) error {
	f := ServicesFacts{Failed: []Service{}, Services: []Service{}}
	switch c.system {
	case "linux":
		f.linux(ctx, c.machine)
	case "windows":
		f.windows(c.machine)
	case "darwin":
		f.mac(ctx, c.machine)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if f.Count = len(f.Services); f.Count == 0 {
		return absent("nothing manages services here that could be asked")
	}
	if f.Count > maxServices {
		f.Services = f.Services[:maxServices]
		f.Notes = append(f.Notes, fmt.Sprintf("only the first %d are here", maxServices))
	}
	for _, one := range f.Services {
		if one.State == "failed" || one.State == "restarting" {
			f.Failed = append(f.Failed, one)
		}
	}
	return writeFacts(s, "system/services.json", titleServices, f)
}

// linux asks systemd, or lists the scripts of init where there is none.
func (f *ServicesFacts) linux(ctx context.Context, m machine) {
	if m.has("/run/systemd/system") {
		f.systemd(ctx, m)
		if len(f.Services) > 0 {
			return
		}
	}
	f.Manager = "init scripts"
	for _, name := range m.names("/etc/init.d") {
		if name == "README" || name == "skeleton" || strings.HasPrefix(name, ".") {
			continue
		}
		f.Services = append(f.Services, Service{Name: name, State: "unknown", Start: m.runlevel(name)})
	}
	if len(f.Services) > 0 {
		f.Notes = append(f.Notes, "systemd does not run here, so the services' states are not known")
	}
}

// runlevel says whether a script is started by itself (insserv(8), openrc).
func (m machine) runlevel(name string) string {
	for _, level := range []string{"2", "3", "5", "S"} {
		for _, link := range m.names("/etc/rc" + level + ".d") {
			if strings.HasPrefix(link, "S") && strings.TrimLeft(link[1:], "0123456789") == name {
				return "automatic"
			}
		}
	}
	for _, level := range []string{"default", "boot"} {
		if m.has("/etc/runlevels/" + level + "/" + name) {
			return "automatic"
		}
	}
	return "manual"
}

// mac reads launchctl(1): process, how the last one ended, and label.
func (f *ServicesFacts) mac(ctx context.Context, m machine) {
	f.Manager = "launchd"
	text, _, err := m.programs.run(ctx, "launchctl", "list")
	if err != nil {
		f.Notes = append(f.Notes, err.Error())
		return
	}
	for line := range strings.Lines(string(text)) {
		v := strings.Split(strings.TrimSpace(line), "\t")
		if len(v) != 3 || v[2] == "Label" {
			continue
		}
		one := Service{Name: v[2], State: "stopped"}
		one.PID, _ = strconv.Atoi(v[0]) // "-" is none
		one.ExitCode, _ = strconv.Atoi(v[1])
		switch {
		case one.PID > 0:
			one.State = "running"
		case one.ExitCode != 0:
			one.State = "failed"
		}
		f.Services = append(f.Services, one)
	}
}
