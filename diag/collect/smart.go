package collect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"

	"golang.org/x/sync/errgroup"
)

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

// smart asks smartctl.
type smart struct{ machine }

// maxSmart is how many drives are asked, and smartAtOnce how many at a time.
const (
	maxSmart    = 64
	smartAtOnce = 4
)

func (smart) Name() string  { return "smart" }
func (smart) Title() string { return titleSmart }

func (c smart) Collect(ctx context.Context, s Sink) error {
	names := c.drives(ctx)
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(names) == 0 {
		return absent("there is no drive here that could be asked for its health")
	}
	f := SmartFacts{Disks: make([]Smart, min(len(names), maxSmart))}
	if len(names) > maxSmart {
		f.Notes = append(f.Notes, fmt.Sprintf("only the first %d are here", maxSmart))
	}
	var g errgroup.Group
	g.SetLimit(smartAtOnce)
	for i := range f.Disks {
		g.Go(func() error {
			one, err := c.ask(ctx, names[i])
			f.Disks[i] = one
			return err
		})
	}
	if err := g.Wait(); err != nil {
		if errors.Is(err, ErrAbsent) {
			return absent("smartctl (smartmontools) is not installed, and only it can ask the drives for their health")
		}
		return err
	}
	return writeFacts(s, "system/smart.json", titleSmart, f)
}

// drives names those that can know their health: not virtual ones.
func (c smart) drives(ctx context.Context) []string {
	var names []string
	if c.system == "linux" {
		for _, name := range c.names("/sys/block") {
			if (strings.HasPrefix(name, "sd") || strings.HasPrefix(name, "nvme") || strings.HasPrefix(name, "hd")) && c.text("/sys/block/"+name+"/removable") != "1" {
				names = append(names, "/dev/"+name)
			}
		}
		return names
	}
	text, _, err := c.programs.run(ctx, "smartctl", "--json=c", "--scan")
	if err != nil {
		return nil
	}
	var found struct{ Devices []struct{ Name string } }
	if json.Unmarshal(text, &found) == nil {
		for _, d := range found.Devices {
			names = append(names, d.Name)
		}
	}
	return names
}

// ask asks one drive without waking it. Only the lack of smartctl and the end
// of ctx are errors.
func (c smart) ask(ctx context.Context, name string) (Smart, error) {
	text, _, err := c.programs.run(ctx, "smartctl", "--json=c", "--all", "--nocheck=standby", name)
	if err == nil {
		return parseSmart(path.Base(name), text), nil
	}
	if ctx.Err() != nil || errors.Is(err, ErrAbsent) {
		return Smart{}, err
	}
	return Smart{Name: path.Base(name), Problem: err.Error()}, nil
}
