package revise

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/redact"
)

// Evidence is what is revised; *bundle.Reader is one.
type Evidence interface {
	Manifest() bundle.Manifest
	OpenFile(path string) (io.ReadCloser, error)
}

// Table is what is known of the values that the evidence was cleaned of. It
// stays where they come from.
type Table struct {
	Names *redact.Names // gave the pseudonyms; without it (nil) none is restored
	Known redact.Known
}

// Revision is evidence with its owner's changes. It may be used from several
// goroutines.
type Revision struct {
	e       Evidence
	table   Table
	changes Changes
	restore *redact.Rules // nil: nothing is restored
}

// New makes a revision.
func New(e Evidence, t Table, c Changes) *Revision {
	r := &Revision{e: e, table: t, changes: c.Clone()}
	if len(c.Restore) > 0 && t.Names != nil {
		r.restore = redact.Revise(nil, c.Restore)
	}
	return r
}

// Changes are those of the revision.
func (r *Revision) Changes() Changes { return r.changes.Clone() }

// Close is for who takes a revision for evidence. It does not close what was revised.
func (r *Revision) Close() error { return nil }

// Manifest is the evidence's own, with the changes in its texts. Files whose
// content is changed have the sizes and hashes that they had.
func (r *Revision) Manifest() bundle.Manifest {
	m := r.e.Manifest()
	m.Collectors, m.Files, m.LeftOut = slices.Clone(m.Collectors), slices.Clone(m.Files), slices.Clone(m.LeftOut)
	for i := range m.Collectors {
		o := &m.Collectors[i]
		o.Source, o.Error = r.Text(o.Source), r.Text(o.Error)
	}
	for i := range m.Files {
		f := &m.Files[i]
		f.Source, f.Cut = r.Text(f.Source), r.Text(f.Cut)
	}
	for i := range m.LeftOut {
		m.LeftOut[i].Why = r.Text(m.LeftOut[i].Why)
	}
	m.Host = r.Text(m.Host)
	return m
}

// OpenFile opens a file as it is sent.
func (r *Revision) OpenFile(path string) (io.ReadCloser, error) {
	return r.open(r.file(path))
}

func (r *Revision) file(path string) bundle.File {
	for _, f := range r.e.Manifest().Files {
		if f.Path == path {
			return f
		}
	}
	return bundle.File{Path: path}
}

func (r *Revision) open(f bundle.File) (io.ReadCloser, error) {
	src, err := r.e.OpenFile(f.Path)
	if err != nil {
		return nil, err
	}
	black := r.changes.Black[f.Path]
	switch {
	case isText(f) && r.textChanges():
		return r.revised(src, f), nil
	case CanBlacken(f.MediaType) && len(black) > 0:
		defer src.Close()
		data, err := blacken(src, f.Path, f.MediaType, black)
		return io.NopCloser(bytes.NewReader(data)), err
	}
	return src, nil
}

// isText says whether texts are looked for in a file. One that could not be
// redacted is sent as it is, or not at all.
func isText(f bundle.File) bool {
	if f.Unredacted != "" {
		return false
	}
	for _, kind := range []string{"image/", "video/", "audio/"} {
		if strings.HasPrefix(f.MediaType, kind) {
			return false
		}
	}
	return true
}

func (r *Revision) textChanges() bool { return len(r.changes.Hide) > 0 || r.restore != nil }

// Text gives a text of the manifest as it is sent.
func (r *Revision) Text(text string) string {
	if text == "" || !r.textChanges() {
		return text
	}
	var out strings.Builder
	w := r.writer(&out, "", nil)
	_, _ = io.WriteString(w, text) // a builder takes everything
	_ = w.Close()
	return out.String()
}

// Path gives a path of the bundle as it is sent: as Text does, but without the
// marks that no path may have.
func (r *Revision) Path(path string) string {
	if revised := r.Text(path); revised != path {
		return strings.NewReplacer("<", "", ">", "").Replace(revised)
	}
	return path
}

// Revised opens a file whose content is not what the evidence has. It is nil
// for one that is sent as it is.
func (r *Revision) Revised(ctx context.Context, f bundle.File) (io.ReadCloser, error) {
	if isText(f) {
		if !r.textChanges() {
			return nil, nil
		}
		same, err := r.same(ctx, f)
		if same || err != nil {
			return nil, err
		}
		return r.open(f)
	}
	if len(r.changes.Black[f.Path]) == 0 {
		return nil, nil
	}
	if !CanBlacken(f.MediaType) {
		return nil, fmt.Errorf("black out parts of %q: it is no picture that can be written anew", f.Path)
	}
	return r.open(f)
}

// Tally counts what is replaced in a file as it is sent. Parts of addresses
// count as addresses.
func (r *Revision) Tally(ctx context.Context, f bundle.File) (Tally, error) {
	if !isText(f) {
		return NewTally(), nil
	}
	src, err := r.e.OpenFile(f.Path)
	if err != nil {
		return NewTally(), err
	}
	c := r.revised(src, f)
	defer c.Close()
	_, err = io.Copy(io.Discard, untilDone{ctx, c})
	return c.tally.folded(), err
}
