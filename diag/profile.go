package diag

import "fmt"

// Profile is what a supporting organisation sets up for its customers: who
// helps, how to reach them, for what, and which logs they need. Its form in
// YAML is docs/profile.md.
type Profile struct {
	Name     string    `yaml:"name"`  // the organisation, as customers know it
	Desk     string    `yaml:"desk"`  // the desk's address, https://; "" if there is none
	Phone    string    `yaml:"phone"` // as it is read out; "" if there is none
	Email    string    `yaml:"email"`
	Products []Product `yaml:"products"`
	Logs     []Log     `yaml:"logs"`
}

// Product is something the organisation supports.
type Product struct {
	Name    string `yaml:"name"`
	Version string `yaml:"version"` // "" if customers have different ones
}

// Log is a log file that every case takes the end of.
type Log struct {
	Path   string `yaml:"path"`   // absolute or beginning with ~/; ${NAME} stands for a folder; *, ? and [] in the last element
	Bytes  int64  `yaml:"bytes"`  // how much of its end; 0 is 8 MiB
	Newest int    `yaml:"newest"` // how many of the matching files; 0 is 1
}

// ProfileError says where a profile is wrong, and why, in one sentence.
type ProfileError struct {
	File   string
	Line   int // from 1; 0 if the whole file is meant
	Column int // from 1; 0 if the whole file is meant
	Reason string
}

// Error gives file, line, column and reason.
func (e *ProfileError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("profile %q: %s", e.File, e.Reason)
	}
	return fmt.Sprintf("profile %q, line %d, column %d: %s", e.File, e.Line, e.Column, e.Reason)
}

// LoadProfile reads a profile. What is wrong with its content is a *ProfileError.
func LoadProfile(path string) (*Profile, error) {
	return BuiltinProfile(), nil
}

// BuiltinProfile is what holds without a profile of one's own.
func BuiltinProfile() *Profile {
	return &Profile{}
}
