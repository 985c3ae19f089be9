package diag

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/collect"
	"github.com/beistand/beistand/diag/gentle"
	"github.com/beistand/beistand/diag/redact"
)

// Redactor replaces secrets and names in the evidence of one case. It is safe
// for use by several goroutines.
type Redactor struct {
	rules *redact.Rules
	names *redact.Names
	known redact.Known
}

// NewRedactor makes one of what is known, which is what Own tells in programs,
// and of the profile's rules and names. names keeps the case's pseudonyms.
func NewRedactor(known redact.Known, p *Profile, names *redact.Names) (*Redactor, error) {
	known = p.Redact.with(known)
	rules, err := redact.Compile(known, p.Redact.Rules...)
	if err != nil {
		return nil, fmt.Errorf("make the redactor: %w", err)
	}
	return &Redactor{rules: rules, names: names, known: known}, nil
}

// Text redacts a line of text.
func (r *Redactor) Text(s string) string {
	if s == "" {
		return s
	}
	return string(r.rules.Bytes([]byte(s), r.names, nil))
}

// Path redacts a path of the bundle. Those that this program gives itself stay.
func (r *Redactor) Path(path string) string {
	if strings.HasPrefix(path, "system/") {
		return path
	}
	path = r.rules.Name(path, r.names)
	if stem, ok := strings.CutSuffix(path, ".bz2"); ok {
		return stem + ".gz" // see redact.Decoder
	}
	return path
}

// named gives a path of the bundle in which the name of the file that it was
// made from is redacted as that file is called: what is safe in a bundle has
// lost the marks by which an address is known.
func (r *Redactor) named(path, source string) string {
	name := source[strings.LastIndexAny(source, `/\`)+1:]
	before, ok := strings.CutSuffix(path, collect.SafeName(name))
	if !ok || name == "" {
		return path
	}
	return before + collect.SafeName(r.rules.Name(name, r.names))
}

// host gives a pseudonym to the name of a machine, also to one that could be
// any word.
func (r *Redactor) host(name string) string {
	label, domain, _ := strings.Cut(name, ".")
	if label == "" {
		return ""
	}
	label = r.names.Give(redact.Host, label)
	if domain != "" {
		label += "." + r.names.Give(redact.Domain, domain)
	}
	return label
}

// Rules gives the built-in rules and the profile's, to explain replacements.
func (r *Redactor) Rules() []redact.Rule { return r.rules.All() }

// Names are the case's pseudonyms.
func (r *Redactor) Names() *redact.Names { return r.names }

// redaction is one file on its way through the redactor.
type redaction struct {
	in    *redact.Decoder
	json  *redact.JSON // nil unless the file is JSON
	out   counter
	count bundle.Counts
	left  []string // what is left out of an archive, in words
	err   error    // why it is refused, or what writing ran into; sticky
}

// counter counts what is written.
type counter struct {
	dst io.Writer
	n   int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.dst.Write(p)
	c.n += int64(n)
	return n, err
}

// file begins one. Its methods are for one goroutine at a time.
func (r *Redactor) file(dst io.Writer, mediaType, scratchDir string, note func(redact.Spot)) *redaction {
	f := &redaction{out: counter{dst: dst}, count: bundle.Counts{}}
	var to io.Writer = &f.out
	if mediaType == "application/json" {
		f.json = redact.NewJSON(to)
		to = f.json
	}
	f.in = redact.Decode(to, r.rules, r.names, redact.Decoding{
		Lines: note != nil,
		Note: func(s redact.Spot) {
			f.count[string(s.Kind)]++
			if note != nil {
				note(s)
			}
		},
		Left:    func(l *redact.Refused) { f.left = append(f.left, l.Error()) },
		Scratch: func() (redact.Scratch, error) { return newScratch(scratchDir) },
		Begin:   gentle.Lower,
	})
	return f
}

// Write takes everything, also after something was refused: close says it.
func (f *redaction) Write(p []byte) (int, error) {
	if f.err == nil {
		if n, err := f.in.Write(p); err != nil {
			f.err = err
			if !isRefused(err) {
				return n, err
			}
		}
	} else if !isRefused(f.err) {
		return 0, f.err
	}
	return len(p), nil
}

// close gives why the file is refused, as a *redact.Refused, or what writing
// ran into.
func (f *redaction) close() error {
	err := f.in.Close()
	if err == nil && f.err == nil && f.json != nil {
		err = f.json.Close()
	}
	if f.err == nil || isRefused(err) {
		f.err = err
	}
	return f.err
}

// cut says in words what is left out of an archive.
func (f *redaction) cut() string {
	const named = 5
	if len(f.left) == 0 {
		return ""
	}
	words := "left out of it: " + strings.Join(f.left[:min(len(f.left), named)], "; ")
	if more := len(f.left) - named; more > 0 {
		words += fmt.Sprintf("; and %d more", more)
	}
	return words
}

func isRefused(err error) bool {
	var refused *redact.Refused
	return errors.As(err, &refused)
}

// scratch is a file that is gone once it is closed.
type scratch struct{ *os.File }

func newScratch(dir string) (redact.Scratch, error) {
	f, err := os.CreateTemp(dir, ".beistand-*.part")
	if err != nil {
		return nil, fmt.Errorf("make room to redact an archive: %w", err)
	}
	_ = os.Remove(f.Name()) // where open files cannot be removed, Close does it
	return scratch{f}, nil
}

// Close removes the file.
func (s scratch) Close() error {
	err := s.File.Close()
	if rerr := os.Remove(s.Name()); rerr != nil && !errors.Is(rerr, os.ErrNotExist) {
		err = errors.Join(err, rerr)
	}
	return err
}
