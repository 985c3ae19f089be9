package collect

import "time"

// ClockFacts is what time the machine believes it is.
type ClockFacts struct {
	Now          time.Time     `json:"clock_time"`
	Zone         string        `json:"time_zone"`         // IANA or Windows name: "Europe/Berlin"
	Abbreviation string        `json:"zone_abbreviation"` // "CET"
	Offset       float64       `json:"ahead_of_utc_seconds"`
	Hardware     *time.Time    `json:"hardware_clock_time,omitempty"`
	HardwareSkew *float64      `json:"hardware_clock_skew_seconds,omitempty"` // positive: it is ahead of the system's clock
	LocalRTC     *bool         `json:"hardware_clock_in_local_time,omitempty"`
	Synchronised *bool         `json:"synchronised,omitempty"` // nil: the system does not say
	Service      string        `json:"service,omitempty"`      // what keeps the time: "chronyd", "w32time"
	Configured   []string      `json:"configured_servers,omitempty"`
	Servers      []ServerClock `json:"servers,omitempty"` // those that were asked: the profile's
}

// ServerClock is one time server's answer (SNTP, RFC 4330).
type ServerClock struct {
	Server    string   `json:"server"`
	Skew      *float64 `json:"skew_seconds,omitempty"` // positive: this machine is ahead; nil: see problem
	RoundTrip float64  `json:"round_trip_milliseconds,omitempty"`
	Stratum   int      `json:"stratum,omitempty"`
	Problem   string   `json:"problem,omitempty"`
}
