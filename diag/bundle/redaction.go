package bundle

import (
	"maps"
	"slices"
)

// Redaction is what was done about secrets and names, and what may be left.
type Redaction struct {
	Replaced  Counts `json:"replaced"` // in all files together
	Risks     []Risk `json:"risks"`    // what a second look found; see docs/redaction.md
	MoreRisks int    `json:"more_risks,omitempty"`
	Unchecked string `json:"unchecked,omitempty"` // why there was no second look, or none at everything, in words
}

// Counts says how many values of a kind were replaced.
type Counts map[string]int

// Risk is something in a file that may be a secret or a name. What stands
// there is not told.
type Risk struct {
	Path  string `json:"path"`
	What  string `json:"what"`  // English, a translation key; one of redact.Suspicions
	Line  int64  `json:"line"`  // from 1; the first of them
	Lines int    `json:"lines"` // how many lines have it
}

// MaxRisks is how many risks are named one by one.
const MaxRisks = 200

// maxKinds is how many kinds one count may have.
const maxKinds = 64

func (c Counts) add(more Counts) {
	for kind, n := range more {
		c[kind] += n
	}
}

// SetReplaced says what was replaced in the file. It counts until Close.
func (e *Entry) SetReplaced(c Counts) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.file.Replaced = maps.Clone(c)
}

// Quarantine closes the file and leaves it out by name, since it could not be
// redacted for a reason in words.
func (e *Entry) Quarantine(why string) error {
	e.mu.Lock()
	if e.err == nil && !e.closed {
		e.err = &QuarantineError{Path: e.file.Path, Why: why}
	}
	e.mu.Unlock()
	return e.Close()
}

// SetRisks says what a second look at the files has found.
func (w *Writer) SetRisks(all []Risk, unchecked string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	r := w.manifest.Redaction
	if r == nil {
		return
	}
	r.Risks, r.MoreRisks, r.Unchecked = []Risk{}, 0, oneLine(unchecked)
	for _, risk := range all {
		if len(r.Risks) >= MaxRisks {
			r.MoreRisks++
			continue
		}
		risk.Path, risk.What = oneLine(risk.Path), oneLine(risk.What)
		r.Risks = append(r.Risks, risk)
		w.reserve += cost(risk)
	}
	w.setFree()
	w.changed()
}

// redaction is what the manifest says by now; w.mu is held.
func (w *Writer) redaction() *Redaction {
	if w.manifest.Redaction == nil {
		return nil
	}
	r := *w.manifest.Redaction
	r.Risks = slices.Clone(r.Risks)
	r.Replaced = Counts{}
	for i := range w.manifest.Files {
		r.Replaced.add(w.manifest.Files[i].Replaced)
	}
	return &r
}
