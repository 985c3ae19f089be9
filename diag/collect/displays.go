package collect

import (
	"context"
	"encoding/xml"
	"fmt"
	"strings"
)

// DisplaysFacts is the monitors and how the desktop is scaled on them.
type DisplaysFacts struct {
	Session  string    `json:"session,omitempty"`       // "x11", "wayland"; "" not known
	Scale    *float64  `json:"scale_percent,omitempty"` // of the desktop as a whole; nil: not known
	Displays []Display `json:"displays"`
	Notes    []string  `json:"notes,omitempty"`
}

// Display is one output with a monitor.
type Display struct {
	Name      string   `json:"name"`              // of the output: "HDMI-1"
	Monitor   string   `json:"monitor,omitempty"` // as the monitor names itself (EDID)
	Width     int      `json:"width_pixels"`
	Height    int      `json:"height_pixels"`
	X         int      `json:"x_pixels"`
	Y         int      `json:"y_pixels"`
	Refresh   float64  `json:"refresh_hz,omitempty"`
	WidthMM   int      `json:"width_mm,omitempty"`
	HeightMM  int      `json:"height_mm,omitempty"`
	Density   float64  `json:"dots_per_inch,omitempty"` // of the glass, from pixels and millimetres
	Scale     *float64 `json:"scale_percent,omitempty"` // nil: not known
	Primary   bool     `json:"primary"`
	Connected bool     `json:"in_use"` // false: there is a monitor, and nothing is shown on it
}

// displays is read of the desktop that runs here: of X by its own protocol,
// of the kernel's list of outputs, of Windows itself or of system_profiler.
type displays struct {
	machine
	desktop func(ctx context.Context, f *DisplaysFacts) error // nil: this system has no other way to ask
}

func newDisplays(m machine) displays { return displays{m, askDesktop} }

const noDisplays = "there are no displays here"

func (displays) Name() string  { return "displays" }
func (displays) Title() string { return titleDisplays }

func (c displays) Collect(ctx context.Context, s Sink) error {
	f := DisplaysFacts{Session: c.env("XDG_SESSION_TYPE"), Displays: []Display{}}
	if c.system == "darwin" {
		all, err := c.profiler(ctx, "SPDisplaysDataType")
		if err != nil {
			return err
		}
		f.mac(all["SPDisplaysDataType"])
	}
	if c.desktop != nil {
		if err := c.desktop(ctx, &f); err != nil {
			f.Notes = append(f.Notes, err.Error())
		}
	}
	if c.system == "linux" {
		f.outputs(c.machine)
		f.scales(c.machine)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(f.Displays) == 0 {
		return absent(noDisplays)
	}
	for i := range f.Displays {
		if d := &f.Displays[i]; d.WidthMM > 0 {
			d.Density = round(float64(d.Width) / float64(d.WidthMM) * 25.4)
		}
	}
	return writeFacts(s, "system/displays.json", titleDisplays, f)
}

// outputs reads the connectors in /sys/class/drm: whether there is a monitor,
// and what it says of itself. It adds to what the desktop has told.
func (f *DisplaysFacts) outputs(m machine) {
	const dir = "/sys/class/drm/"
	for _, name := range m.names(dir) {
		card, output, ok := strings.Cut(name, "-")
		if !ok || !strings.HasPrefix(card, "card") || m.text(dir+name+"/status") != "connected" {
			continue
		}
		d := f.display(output)
		d.Connected = m.text(dir+name+"/enabled") != "disabled"
		if b, err := m.read(dir+name+"/edid", 32<<10); err == nil {
			d.edid(b)
		}
		if mode := m.firstLine(dir + name + "/modes"); d.Width == 0 && mode != "" {
			fmt.Sscanf(mode, "%dx%d", &d.Width, &d.Height) // none: the size stays unknown
		}
	}
}

// display finds an output by its name, which X writes without the kernel's
// middle part ("HDMI-A-1" is "HDMI-1"), or adds it.
func (f *DisplaysFacts) display(output string) *Display {
	short := strings.Replace(output, "-A-", "-", 1)
	for i := range f.Displays {
		if name := f.Displays[i].Name; name == output || name == short {
			return &f.Displays[i]
		}
	}
	f.Displays = append(f.Displays, Display{Name: output})
	return &f.Displays[len(f.Displays)-1]
}

// scales reads what GNOME was last told to scale each monitor by.
func (f *DisplaysFacts) scales(m machine) {
	var set struct {
		Configuration []struct {
			Logical []struct {
				Scale   float64 `xml:"scale"`
				Primary string  `xml:"primary"`
				Monitor []struct {
					Connector string `xml:"monitorspec>connector"`
				} `xml:"monitor"`
			} `xml:"logicalmonitor"`
		} `xml:"configuration"`
	}
	if xml.Unmarshal([]byte(m.text(m.home+"/.config/monitors.xml")), &set) != nil {
		return
	}
	for _, c := range set.Configuration {
		// The configuration in force is the one for just these monitors.
		found := map[string]float64{}
		for _, l := range c.Logical {
			for _, one := range l.Monitor {
				found[one.Connector] = l.Scale
			}
		}
		if len(found) != len(f.Displays) {
			continue
		}
		for i := range f.Displays {
			if scale, ok := found[f.Displays[i].Name]; ok && scale > 0 {
				f.Displays[i].Scale = new(round(scale * 100))
			}
		}
	}
}

// mac reads "3024 x 1964 @ 120.00Hz" of what is drawn and of the glass.
func (f *DisplaysFacts) mac(adapters []map[string]any) {
	for _, a := range adapters {
		for _, v := range below(a, "spdisplays_ndrvs") {
			d := Display{Name: entryText(v, "_name"), Monitor: entryText(v, "_name"), Connected: true, Primary: entryText(v, "spdisplays_main") == "spdisplays_yes"}
			var width, height int
			fmt.Sscanf(entryText(v, "_spdisplays_pixels"), "%d x %d", &d.Width, &d.Height) // none: unknown
			if n, _ := fmt.Sscanf(entryText(v, "_spdisplays_resolution"), "%d x %d @ %fHz", &width, &height, &d.Refresh); n >= 2 && width > 0 {
				d.Scale = new(round(float64(d.Width) / float64(width) * 100))
			}
			f.Displays = append(f.Displays, d)
		}
	}
}
