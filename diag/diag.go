// Package diag runs the collectors of one case into a bundle.
package diag

import (
	"image"
	"slices"
	"time"

	"github.com/beistand/beistand/diag/collect"
	"github.com/beistand/beistand/diag/redact"
)

// Options is what Run collects and how much it may cost.
type Options struct {
	Tool     string   // program and version, for the manifest
	Profile  *Profile // nil is BuiltinProfile
	Only     []string // names of the collectors that run; none: all
	LogFiles []string // paths of logs beside the profile's
	Screens  collect.Screens
	DeskWay  collect.DeskWay // nil: there is no desk
	Files    []string        // what the customer added: files, or folders with all that is in them
	Own      []string        // this program's own folders, to see whether it may write there
	MaxTime  time.Duration   // all collectors together; 0 is DefaultMaxTime
	MaxSize  int64           // bytes, the bundle as it is on disk; 0 is DefaultMaxSize
	MaxCPU   int             // percent of one processor that the run may take, with the programs that it starts; 0 is all there are

	Since, Until time.Time // the window of time that logs are taken of; zero is no limit

	Window string          // identifier, title, or a part of it, of the one window to take a picture of; "" is every monitor
	Region image.Rectangle // of the desktop, in pixels; empty is all of it

	Encrypt bool // to the profile's key

	Known          *redact.Known // names that are replaced wherever they stand; nil is Own
	Names          *redact.Names // the case's pseudonyms; nil makes some that nobody can resolve
	Quarantine     string        // folder for copies of what cannot be redacted, made if there is any; "" keeps none
	QuarantinedToo bool          // the bundle has what cannot be redacted as it is; needs Quarantine
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
	Note   string // in words, with nothing wrong: bundle.WithinTime
	Done   int    // collectors that have ended
	Total  int
}

// Titles lists every title that a Progress, an Outcome or a File can have,
// and the names of the built-in products: English, the keys of translations.
func Titles() []string {
	all := collect.Titles()
	for _, p := range BuiltinProfile().Products {
		all = append(all, p.Name)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// FactWords lists the words that facts.Lines gives for the keys of collected
// facts: English, the keys of translations.
func FactWords() []string { return collect.FactWords() }
