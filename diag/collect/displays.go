package collect

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
