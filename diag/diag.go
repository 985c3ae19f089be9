// Package diag runs the collectors of one case into a bundle.
package diag

import (
	"context"
	"errors"
	"time"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/collect"
)

// Options is what Run collects and how much it may cost.
type Options struct {
	Tool     string   // program and version, for the manifest
	Profile  *Profile // nil is BuiltinProfile
	LogFiles []string // paths of logs beside the profile's
	Screens  collect.Screens
	MaxTime  time.Duration // all collectors together; 0 is DefaultMaxTime
	MaxSize  int64         // bytes, the bundle as it is on disk; 0 is DefaultMaxSize
}

// What a run may cost unless told otherwise.
const (
	DefaultMaxTime = 90 * time.Second
	DefaultMaxSize = int64(256) << 20
)

// States that Progress has beside those of bundle.State.
const (
	Waiting = "waiting"
	Running = "running"
)

// Progress is how far one collector has come.
type Progress struct {
	Name   string
	Title  string // English, a translation key
	Source string // the variable part beside Title, such as a log's path
	State  string // Waiting, Running or a bundle.State
	Bytes  int64
	Error  string // in words
	Done   int    // collectors that have ended
	Total  int
}

// Run collects into a bundle at path. report (may be nil) is called from one
// goroutine at a time. Whenever the manifest is not nil there is a valid
// bundle at path; when ctx ends early, both it and ctx's error are returned.
func Run(ctx context.Context, path string, o Options, report func(Progress)) (*bundle.Manifest, error) {
	return nil, errors.New("not built yet")
}

// Titles lists every title that a Progress, an Outcome or a File can have.
func Titles() []string {
	return collect.Titles()
}
