package collect

import "time"

// JobsFacts is what the machine does by the clock.
type JobsFacts struct {
	Jobs  []Job    `json:"jobs"`
	Count int      `json:"count"`
	Notes []string `json:"notes,omitempty"`
}

// Job is one of them. Its arguments are left out: passwords stand there.
type Job struct {
	Name     string     `json:"name"`
	Kind     string     `json:"kind"`               // "cron", "timer", "task", "launchd"
	Schedule string     `json:"schedule,omitempty"` // as it is written there
	Program  string     `json:"program,omitempty"`
	User     string     `json:"user,omitempty"`
	Enabled  bool       `json:"enabled"`
	Last     *time.Time `json:"last_time,omitempty"`
	Next     *time.Time `json:"next_time,omitempty"`
	Result   string     `json:"result,omitempty"` // of the last time, "" if well or not known
	Where    string     `json:"where,omitempty"`
}
