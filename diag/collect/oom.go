package collect

import "time"

// OOMFacts is which programs were ended because memory ran out.
type OOMFacts struct {
	Kills  *uint64   `json:"kills_since_start,omitempty"` // the kernel's count; nil: it does not say
	Events []OOMKill `json:"events"`                      // newest first
	Source string    `json:"source,omitempty"`            // which log told the events; "" none could be read
	Notes  []string  `json:"notes,omitempty"`
}

// OOMKill is one program's end.
type OOMKill struct {
	Process string     `json:"process"`
	PID     int        `json:"pid,omitempty"`
	At      *time.Time `json:"kill_time,omitempty"`
	Memory  uint64     `json:"memory_bytes,omitempty"` // that it held
	Cause   string     `json:"cause,omitempty"`        // "the machine's memory", "the limit of /system.slice/app.service"
}
