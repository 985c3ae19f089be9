package collect

import "time"

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
