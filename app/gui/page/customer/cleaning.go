//go:build !headless

package customer

import (
	"context"
	"maps"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/revise"
)

// cleaned is what the customer sees of redaction, and changes in it. It
// belongs to the user interface's thread.
type cleaned struct {
	changes  revise.Changes
	revision *revise.Revision // of the present evidence; nil without any
	counted  map[string]revise.Tally
	risks    []bundle.Risk
	sent     map[string]bool // files that could not be redacted and are sent nevertheless, by path
	counting *page.Scope
	changed  func(counted bool) // of the present page; may be nil
}

// draft is what is kept until the case is sent.
func (f *Flow) draft() page.Draft {
	return page.Draft{Ticket: f.ticket, Changes: f.clean.changes.Clone()}
}

// revise takes other changes: what is shown and what is sent follow.
func (f *Flow) revise(c revise.Changes) {
	f.clean.changes = c
	f.kept.keep(f.draft())
	f.renew()
}

// renew makes the revision of what there is now, and counts it.
func (f *Flow) renew() {
	if f.clean.counting != nil {
		f.clean.counting.End()
	}
	f.clean.revision = nil
	if f.evidence == nil {
		return
	}
	f.clean.revision = f.c.Cleaning.Revise(f.evidence, f.clean.changes)
	f.count()
	if f.clean.changed != nil {
		f.clean.changed(false)
	}
}

// counts are what is known of a revision by now.
type counts struct {
	files map[string]revise.Tally
	risks []bundle.Risk
	all   bool // the risks are known too
}

// count counts what is replaced in each file. Until a file's new count is
// there, its old one stands.
func (f *Flow) count() {
	scope, revision := f.one.Child(), f.clean.revision
	f.clean.counting = scope
	newest := page.NewNewest(scope, func(c counts) {
		maps.Copy(f.clean.counted, c.files)
		if c.all {
			f.clean.risks = c.risks
		}
		if f.clean.changed != nil {
			f.clean.changed(true)
		}
	})
	files := f.evidence.Manifest().Files
	scope.Go(func(ctx context.Context) {
		known := counts{files: map[string]revise.Tally{}}
		tell := func() { newest.Put(counts{maps.Clone(known.files), known.risks, known.all}) }
		for _, file := range files {
			t, err := revision.Tally(ctx, file)
			if ctx.Err() != nil {
				return
			}
			if err != nil {
				f.frame.Log(err) // of a file that cannot be read nothing is known; looking at it says why
				continue
			}
			known.files[file.Path] = t
			tell()
		}
		risks, err := revision.Risks(ctx)
		if ctx.Err() == nil {
			f.frame.Log(err)
			known.risks, known.all = risks, true
			tell()
		}
	})
}

// tally is what is replaced in all that is sent, as far as it is counted.
func (f *Flow) tally() revise.Tally {
	sum := revise.NewTally()
	for _, file := range f.evidence.Manifest().Files {
		if t, ok := f.clean.counted[file.Path]; ok && f.keep(file) {
			sum.Add(t)
		}
	}
	return sum
}

// held are the files that could not be redacted.
func (f *Flow) held() (all []bundle.File) {
	for _, file := range f.clean.revision.Manifest().Files {
		if revise.Held(file) != "" {
			all = append(all, file)
		}
	}
	return all
}

// keep says whether a file is sent: ticked, and if it could not be redacted,
// allowed by a word of its own.
func (f *Flow) keep(file bundle.File) bool {
	if revise.Held(file) != "" {
		return f.clean.sent[file.Path]
	}
	return !f.unticked[file.Path]
}
