package collect

import "time"

// FilesFacts is system/exports.json and system/files.json: the files that the
// profile's patterns, or the customer, meant.
type FilesFacts struct {
	Files []FileFacts `json:"files"`
	Gaps  []GapFacts  `json:"missing,omitempty"`
}

// FileFacts is a file that was taken.
type FileFacts struct {
	Path     string    `json:"path"`   // on this machine
	Stored   string    `json:"stored"` // in the bundle
	Size     int64     `json:"size_bytes"`
	Modified time.Time `json:"modified_time"`
}

// GapFacts is something that was meant and is not here.
type GapFacts struct {
	Path string `json:"path"`
	Why  string `json:"why"`
}
