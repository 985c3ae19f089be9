package collect

// CommandFacts is system/NAME.json of a command named command-1, command-2, ...
// What it printed is commands/1-NAME.log, and its errors commands/1-NAME-errors.log.
type CommandFacts struct {
	Name         string   `json:"name"`
	Program      string   `json:"program"` // as it was found
	Arguments    []string `json:"arguments,omitempty"`
	Milliseconds int64    `json:"run_milliseconds"`
	Exit         *int     `json:"exit_code,omitempty"` // nil: it did not start, or was killed
	Stopped      string   `json:"stopped,omitempty"`   // why it was killed, in words
	Output       int64    `json:"output_bytes"`
	Errors       int64    `json:"errors_bytes"`
}
