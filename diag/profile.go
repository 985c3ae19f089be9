package diag

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// Profile is what a supporting organisation sets up for its customers: who
// helps, how to reach them, for what, and which evidence they need. Its form
// in YAML is docs/profile.md.
type Profile struct {
	Name       string    // the organisation, as customers know it
	Desk       string    // the desk's address, https://; "" if there is none
	DeskKey    PublicKey // by which the desk at Desk signs; nil if nothing is said
	Key        string    // of age, to which bundles can be encrypted; "" if there is none
	Queue      string    // the desk's queue; "" is the desk's choice
	Phone      string    // as it is read out; "" if there is none
	Email      string    // "" if there is none
	Priorities Priorities

	Products     []Product
	Logs         []Log
	Commands     []Command
	Registry     []string // Windows keys such as HKLM\SOFTWARE\Example
	Exports      []Place  // files; *, ?, [] in any element and ** for folders at any depth
	CrashFolders []Place
	Endpoints    []Endpoint
	Hosts        []string // names to resolve
	TimeServers  []string // host or host:port
	Environment  []string // variables whose values may be taken
	Checks       []Check
	Redact       Redaction
	Session      SessionWish
	Kinds        []Kind  // what kinds of tickets need; of kinds that are not here the desk has its own
	Routing      []Route // where the desk sends cases; the first that fits holds

	Signed Signed
	Signer PublicKey // nil unless Signed is Stranger or Trusted
	Use    Use       // what was decided about a profile that is Unsigned or a Stranger's; "" if nothing was
}

// Priorities says when a customer chooses which; "" leaves the usual words.
type Priorities struct{ Critical, High, Normal, Low string }

// Product is something the organisation supports.
type Product struct {
	Name           string
	Version        string   // "" if customers have different ones
	Fixed          string   // the oldest version in which no known fault is left; "" if nothing is said
	Modules        []string // its parts, as tickets name them
	Packages       []string // as dpkg, rpm or Windows' list of programs have it
	VersionFile    string   // its first line is the installed version
	VersionCommand []string // program and arguments; the first line that it prints is the installed version
}

// Log is a log file that every case takes the end of.
type Log struct {
	Path   string   // absolute or beginning with ~/ or a folder's ${NAME}; *, ? and [] in the last element
	Bytes  int64    // how much of its end; 0 is 8 MiB
	Newest int      // how many of the matching files; 0 is 1
	OS     []string // linux, windows, macos; empty is all
}

// Command is a program that is run without a shell for what it prints.
type Command struct {
	Name    string // as people know it; "" is the program's name
	Path    string // as in Log, or a name that is looked up in the system's own folders
	Args    []string
	Bytes   int64         // of its output's end; 0 is 1 MiB
	Timeout time.Duration // 0 is 20 s
	OS      []string
}

// Place is a path that counts on some systems.
type Place struct {
	Path string
	OS   []string
}

// Endpoint is a service that the products need.
type Endpoint struct {
	Name string // as people know it; "" is the address
	URL  string // https://, http:// or tcp://host:port
}

// Check is a finding that the profile adds to the built-in ones.
type Check struct {
	ID, Severity, When, Say, Do string

	Line, Column int // of When in the file, from 1
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

// LoadProfile reads a profile and checks its signature, if it has one, with
// the keys of those whom the caller trusts; Profile.Signed has the result.
// What is wrong with its content, a damaged signature too, is a *ProfileError.
func LoadProfile(path string, trusted ...PublicKey) (*Profile, error) {
	text, err := readProfile(path)
	if err != nil {
		return nil, err
	}
	p, err := parseProfile(text)
	if err == nil {
		p.Signed, p.Signer, err = checkSignature(text, trusted)
	}
	var wrong *ProfileError
	if errors.As(err, &wrong) {
		wrong.File = path
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

// readProfile gives a profile's bytes.
func readProfile(path string) ([]byte, error) {
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
	return text, nil
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
