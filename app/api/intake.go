package api

import "time"

// PathAlarms is where monitors say what is wrong.
const PathAlarms = Prefix + "/intake/alarms"

// Limits of what a monitor says at once.
const (
	MaxAlarms    = 100
	MaxAlarmName = 200 // characters
)

// Alarms is what a monitor says. It is also the body that Prometheus'
// Alertmanager sends (its webhook, version 4): then Alerts is there and Alarms is not.
type Alarms struct {
	Alarms []Alarm `json:"alarms,omitempty"`

	Version string  `json:"version,omitempty"` // Alertmanager's: "4"
	Alerts  []Alert `json:"alerts,omitempty"`
}

// Alarm is one thing that is wrong, or right again.
type Alarm struct {
	Alarm    string   `json:"alarm"` // the monitor's own name for it, the same each time: "db1/disk"
	Resolved bool     `json:"resolved,omitempty"`
	Title    string   `json:"title"`
	Text     string   `json:"text,omitempty"`
	Product  string   `json:"product,omitempty"`
	Module   string   `json:"module,omitempty"`
	Priority Priority `json:"priority,omitempty"` // "" is High
	Contact  string   `json:"contact,omitempty"`  // whom it concerns, as a mail address
}

// Alert is one of Alertmanager's, as far as it is read.
type Alert struct {
	Status      string            `json:"status"` // firing, resolved
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
	StartsAt    time.Time         `json:"startsAt"`
	Fingerprint string            `json:"fingerprint"`
}

// AlarmsTaken answers: which ticket each alarm is on, in their order; 0 for one
// that was resolved and had none.
type AlarmsTaken struct {
	Tickets []int64 `json:"tickets"`
}
