package bundle

import (
	"errors"
	"slices"
)

// leaveOut names a file as left out and returns why.
func (w *Writer) leaveOut(f File, err error) error {
	l := LeftOut{Path: f.Path, Title: f.Title, Why: "it was not finished"}
	var n *NoRoomError
	var q *QuarantineError
	switch {
	case errors.As(err, &q):
		l.Why, l.Quarantined = q.Why, true
	case errors.As(err, &n):
		l.Why = n.Why
	}
	w.noteLeftOut(l)
	return err
}

// LeaveOut names something that is not in the bundle.
func (w *Writer) LeaveOut(l LeftOut) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.noteLeftOut(l)
}

func (w *Writer) noteLeftOut(l LeftOut) {
	l.Path, l.Title, l.Why = oneLine(l.Path), oneLine(l.Title), oneLine(l.Why)
	if len(w.manifest.LeftOut) >= MaxFiles || w.reserve > MaxManifest*3/4 {
		w.unnamed++
		return
	}
	w.reserve += cost(l)
	w.manifest.LeftOut = append(w.manifest.LeftOut, l)
	w.setFree()
	w.changed()
}

// SetOutcomes says how the collectors fared.
func (w *Writer) SetOutcomes(all []Outcome) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.manifest.Collectors = slices.Clone(all[:min(len(all), MaxCollectors)])
	for i := range w.manifest.Collectors {
		o := &w.manifest.Collectors[i]
		o.Name, o.Title, o.Source, o.Error = oneLine(o.Name), oneLine(o.Title), oneLine(o.Source), oneLine(o.Error)
	}
	w.changed()
}

// Manifest gives what is in the bundle so far; after Close, what is in it.
func (w *Writer) Manifest() Manifest {
	w.mu.Lock()
	defer w.mu.Unlock()
	m := w.manifest
	m.Collectors, m.Files, m.LeftOut = slices.Clone(m.Collectors), slices.Clone(m.Files), slices.Clone(m.LeftOut)
	m.Redaction = w.redaction()
	return m
}
