package collect

// SensorsFacts is how warm the machine is and how it is cooled.
type SensorsFacts struct {
	Temperatures []Temperature `json:"temperatures"`
	Fans         []Fan         `json:"fans,omitempty"`
	Throttled    *uint64       `json:"throttled_times,omitempty"` // how often a processor was slowed down because of heat, since the start
}

// Temperature is one sensor's.
type Temperature struct {
	Name     string   `json:"name"` // chip and label: "coretemp Package id 0"
	Celsius  float64  `json:"temperature_celsius"`
	High     *float64 `json:"high_celsius,omitempty"`
	Critical *float64 `json:"critical_celsius,omitempty"`
}

// Fan is one ventilator.
type Fan struct {
	Name  string `json:"name"`
	Speed uint64 `json:"rotations_per_minute"`
	Alarm bool   `json:"alarm"`
}
