package collect

// BatteryFacts is what the machine is fed from.
type BatteryFacts struct {
	External  *bool     `json:"external_power,omitempty"` // nil: not known
	Batteries []Battery `json:"batteries"`
}

// Battery is one of the machine's or of a device's. nil: it does not say.
type Battery struct {
	Name       string   `json:"name"`
	Model      string   `json:"model,omitempty"`
	Technology string   `json:"technology,omitempty"`
	Status     string   `json:"status,omitempty"` // "charging", "discharging", "full", "not charging"
	Charge     *float64 `json:"charge_percent,omitempty"`
	Health     *float64 `json:"health_percent,omitempty"` // what it holds of what it was made for
	Cycles     *uint64  `json:"cycles,omitempty"`
	Remaining  *float64 `json:"remaining_seconds,omitempty"`
	Device     bool     `json:"of_a_device"` // a mouse's, say, not the machine's
}
