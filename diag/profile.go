package diag

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/beistand/beistand/diag/collect"
)

// Profile is what a supporting organisation sets up for its customers: who
// helps, how to reach them, for what, and which logs they need. Its form in
// YAML is docs/profile.md.
type Profile struct {
	Name     string // the organisation, as customers know it
	Desk     string // the desk's address, https://; "" if there is none
	Phone    string // as it is read out; "" if there is none
	Email    string // "" if there is none
	Products []Product
	Logs     []Log
}

// Product is something the organisation supports.
type Product struct {
	Name    string
	Version string // "" if customers have different ones
}

// Log is a log file that every case takes the end of.
type Log struct {
	Path   string // absolute or beginning with ~/ or a folder's ${NAME}; *, ? and [] in the last element
	Bytes  int64  // how much of its end; 0 is 8 MiB
	Newest int    // how many of the matching files; 0 is 1
}

// ProfileError says where a profile is wrong, and why, in one sentence.
type ProfileError struct {
	File   string
	Line   int // from 1; 0 if the whole file is meant
	Column int // from 1, in characters; 0 if the whole file is meant
	Reason string
}

// Error gives file, line, column and reason.
func (e *ProfileError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("profile %q: %s", e.File, e.Reason)
	}
	return fmt.Sprintf("profile %q, line %d, column %d: %s", e.File, e.Line, e.Column, e.Reason)
}

// MaxProfile is how many bytes a profile may have.
const MaxProfile = 64 << 10

// LoadProfile reads a profile. What is wrong with its content is a *ProfileError.
func LoadProfile(path string) (*Profile, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read profile: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, &ProfileError{File: path, Reason: "it is no file"}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read profile: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, MaxProfile+1))
	if err != nil {
		return nil, fmt.Errorf("read profile: %w", err)
	}
	p, err := parseProfile(text)
	var wrong *ProfileError
	if errors.As(err, &wrong) {
		wrong.File = path
	}
	return p, err
}

// BuiltinProfile is what holds without a profile of one's own. Its product
// names are translation keys, as titles are.
func BuiltinProfile() *Profile {
	return &Profile{
		Name: "Beistand",
		Products: []Product{
			{Name: "Computer"}, {Name: "Internet and network"}, {Name: "E-mail"}, {Name: "Printer"}, {Name: "A program"}, {Name: "Something else"},
		},
	}
}

// logs are the logs to take: the profile's, then those named beside it.
func (o Options) logs() []collect.Log {
	var all []collect.Log
	seen := map[string]bool{}
	add := func(l collect.Log) {
		if !seen[l.Path] {
			seen[l.Path] = true
			all = append(all, l)
		}
	}
	for _, l := range o.Profile.Logs {
		add(collect.Log{Path: expand(l.Path), MaxBytes: l.Bytes, Newest: l.Newest})
	}
	for _, path := range o.LogFiles {
		if abs, err := filepath.Abs(path); err == nil {
			path = abs
		}
		add(collect.Log{Path: path})
	}
	return all
}
