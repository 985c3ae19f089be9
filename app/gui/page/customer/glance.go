//go:build !headless

package customer

import (
	"context"
	"errors"
	"time"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag/analyze"
)

// glanceAfter is how long a person waits for the first findings, should
// collecting take longer: the window and the study come on top, and all of it
// is to be less than two seconds.
const glanceAfter = 1500 * time.Millisecond

// glance studies once what there is while collecting still runs: a service
// that does not answer must not keep the other findings back.
func (f *Flow) glance(ctx context.Context, scope *page.Scope) {
	timer := time.NewTimer(f.c.Glance)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return
	case <-timer.C:
	}
	early, err := f.studySoFar(ctx)
	if ctx.Err() != nil {
		return // all of it is there
	}
	f.frame.Log(err)
	scope.UI(func() {
		if f.running && err == nil {
			f.found = early
			f.tell()
		}
	})
}

func (f *Flow) studySoFar(ctx context.Context) (all analyze.Report, err error) {
	e, err := f.c.Collecting.SoFar()
	if err != nil {
		return all, err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	return f.c.Findings.Study(ctx, e)
}

// knowledge is how much is known of what was found.
type knowledge int

const (
	nothingKnown knowledge = iota
	someKnown              // at a glance; that nothing was found by then means nothing
	allKnown
)

func (f *Flow) known() knowledge {
	switch {
	case f.studied == studied:
		return allKnown
	case len(grave(f.found.Findings)) > 0:
		return someKnown
	}
	return nothingKnown
}
