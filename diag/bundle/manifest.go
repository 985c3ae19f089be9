// Package bundle is the archive that a case's evidence travels in: one zip with its manifest, version 2 of docs/bundle.md.
package bundle

import "time"

// Schema is the format's version that this package writes.
const Schema = 2

// ManifestName is the path of the manifest, the archive's last entry.
const ManifestName = "manifest.json"

// Manifest says what is in a bundle and what is not.
type Manifest struct {
	Schema     int        `json:"schema"`
	Tool       string     `json:"tool"` // program and version, "beistand 0.1.0"
	Created    time.Time  `json:"created"`
	Host       string     `json:"host"`
	OS         string     `json:"os"`   // as runtime.GOOS
	Arch       string     `json:"arch"` // as runtime.GOARCH
	Profile    string     `json:"profile"`
	Unsigned   bool       `json:"unsigned,omitempty"`    // the profile came from a file that nobody has signed
	Use        string     `json:"profile_use,omitempty"` // what was used of an unsigned profile, in words; "" if nothing is said of that
	Signer     string     `json:"signer,omitempty"`      // the key that the profile's signature was checked with
	Unfinished string     `json:"unfinished,omitempty"`  // why the bundle is not all that was to be collected, in words; "" if it is
	Redaction  *Redaction `json:"redaction,omitempty"`   // nil if nothing was redacted
	Collectors []Outcome  `json:"collectors"`
	Files      []File     `json:"files"`
	LeftOut    []LeftOut  `json:"left_out"`
}

// File is one file of the bundle.
type File struct {
	Path      string `json:"path"`            // slash-separated; its name in the archive, unless that is encrypted
	Entry     string `json:"entry,omitempty"` // its name in an encrypted archive
	Title     string `json:"title"`
	Collector string `json:"collector"`        // Outcome.Name of the collector that made it
	Source    string `json:"source,omitempty"` // where it was read, beside Title: a log's path, a monitor's name
	MediaType string `json:"media_type"`
	Size      int64  `json:"size"`              // bytes of plain content
	SHA256    string `json:"sha256"`            // of the plain content, hex
	Cut       string `json:"cut,omitempty"`     // what is missing, in words; "" if the file is whole
	Outside   string `json:"outside,omitempty"` // what its source has from outside of the time that was asked for, in words; it is not missing

	Replaced   Counts `json:"replaced,omitempty"`   // what was replaced in it
	Unredacted string `json:"unredacted,omitempty"` // why it is as it was collected, in words; "" if it is redacted or nothing is
}

// Outcome is how one collector fared.
type Outcome struct {
	Name         string `json:"name"`
	Title        string `json:"title"`
	Source       string `json:"source,omitempty"` // as in File
	State        State  `json:"state"`
	Error        string `json:"error,omitempty"` // in words, for a person
	Note         string `json:"note,omitempty"`  // in words, what is to be known of it although nothing is wrong: WithinTime
	Milliseconds int64  `json:"milliseconds"`
	Files        int    `json:"files"`
	Bytes        int64  `json:"bytes"` // of plain content, all its files together
}

// State is how a collector ended.
type State string

// The states.
const (
	OK        State = "ok"
	Cut       State = "cut"       // something is there, but not all
	Failed    State = "failed"    // Error says why
	TimedOut  State = "timed out" // stopped at its limit; what it had delivered is there
	Skipped   State = "left out"  // there was nothing to collect, no time or no room, or the customer left it out
	Cancelled State = "cancelled" // the person stopped it
)

// WithinTime is the Note of a collector that has left away what its sources
// have from outside of the time that was asked for.
const WithinTime = "within the asked time"

// LeftOut is a file that is not in the bundle although it was collected.
type LeftOut struct {
	Path  string `json:"path"`
	Title string `json:"title"`
	Why   string `json:"why"` // in words: left out by the customer, or did not fit

	Quarantined bool `json:"quarantined,omitempty"` // it could not be redacted: Why says the reason
}
