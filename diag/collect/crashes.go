package collect

import "time"

// CrashesFacts is what is left of programs that crashed.
type CrashesFacts struct {
	Count   int      `json:"count"`
	Crashes []Crash  `json:"crashes"`                // newest first
	Pattern string   `json:"core_pattern,omitempty"` // what the kernel does with a crashed program's memory
	Limit   string   `json:"core_limit,omitempty"`   // how large it may be; "0": none is kept
	Looked  []string `json:"looked_in"`              // the folders and programs that were asked
	Notes   []string `json:"notes,omitempty"`
}

// Crash is one program's end, or a file that it left.
type Crash struct {
	Name    string     `json:"name"` // of the program, or of the file if that is all there is
	At      *time.Time `json:"crash_time,omitempty"`
	Kind    string     `json:"kind"`             // "core dump", "crash report", "minidump", "Windows error report", "kernel crash"
	Signal  string     `json:"signal,omitempty"` // "SIGSEGV"; on Windows the exception's code
	Module  string     `json:"module,omitempty"` // where it happened
	Version string     `json:"version,omitempty"`
	PID     int        `json:"pid,omitempty"`
	Size    int64      `json:"size_bytes,omitempty"`
	Path    string     `json:"path,omitempty"`
	Taken   string     `json:"taken_as,omitempty"` // the report's path in the bundle
}
