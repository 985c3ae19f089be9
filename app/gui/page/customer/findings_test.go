//go:build !headless

package customer

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag/analyze"
)

// studies is what evidence shows, however it is looked at.
type studies func(context.Context) ([]analyze.Finding, error)

func (s studies) Study(ctx context.Context, _ page.Evidence) (analyze.Report, error) {
	all, err := s(ctx)
	return analyze.Report{Findings: all}, err
}

// repeats is what logs repeat, and nothing else.
type repeats []analyze.Group

func (r repeats) Study(context.Context, page.Evidence) (analyze.Report, error) {
	return analyze.Report{Errors: r}, nil
}

func shows(all ...analyze.Finding) studies {
	return func(context.Context) ([]analyze.Finding, error) { return all, nil }
}

func finding(severity analyze.Severity, say string) analyze.Finding {
	return analyze.Finding{ID: "x", Severity: severity, Say: say, Do: "Do something about it."}
}

func TestWhatWasFoundIsSaid(t *testing.T) {
	f := &fakes{findings: shows(
		finding(analyze.Critical, "first"), finding(analyze.Warning, "second"), finding(analyze.Warning, "third"),
		finding(analyze.Warning, "fourth"), finding(analyze.Info, "fifth"))}
	p, _ := start(t, f)
	for _, words := range []string{"What we found", "Critical", "first", "third", "Do something about it.", "and 1 more"} {
		p.See(words)
	}
	if p.Sees("fourth") || p.Sees("fifth") {
		t.Error("more than three stand beside the description")
	}
	describe(p)
	p.See("5 findings")
	p.See("5 items") // what was found is no file
	p.See("fourth")
	p.See("fifth")
	p.Tap("Send")
	p.See("10042")
}

func TestNothingFound(t *testing.T) {
	for name, all := range map[string]studies{"nothing": shows(), "notes alone": shows(finding(analyze.Info, "a note"))} {
		t.Run(name, func(t *testing.T) {
			p, _ := start(t, &fakes{findings: all})
			p.See("Nothing unusual was found")
		})
	}
}

// TestFindingsComeLate: the check page is there before it is known what was found.
func TestFindingsComeLate(t *testing.T) {
	known := make(chan struct{})
	p, _ := start(t, &fakes{findings: studies(func(ctx context.Context) ([]analyze.Finding, error) {
		select {
		case <-known:
			return []analyze.Finding{finding(analyze.Warning, "first")}, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	})})
	describe(p)
	p.See("Looking through what was collected")
	close(known)
	p.See("first")
}

func TestNoFindingsAreNoGoodNews(t *testing.T) {
	know := make(chan struct{})
	p, flow := start(t, &fakes{findings: studies(func(context.Context) ([]analyze.Finding, error) {
		<-know
		return nil, errors.New("broken")
	})})
	describe(p)
	p.See("Looking through what was collected")
	close(know)
	p.Until("the end of studying", func() bool { return flow.studied == notStudied })
	p.See("Nothing had to be replaced.") // what is protected comes first instead
	if p.Sees("What we found") || p.Sees("Nothing unusual") {
		t.Errorf("something is said: %q", p.Words())
	}
}

// TestRepeatedErrorsAreFolded: they are there when somebody wants to know.
func TestRepeatedErrorsAreFolded(t *testing.T) {
	all := make(repeats, 10)
	for i := range all {
		first := time.Date(2026, 3, 2, 8, i, 0, 0, time.UTC)
		last := first.Add(time.Hour)
		all[i] = analyze.Group{
			Shape: fmt.Sprintf("cannot open index %c", 'a'+i), Count: 240 - i, First: &first, Last: &last, At: analyze.Ref{File: "logs/faktura.log", Line: 3},
		}
	}
	p, _ := start(t, &fakes{findings: all})
	describe(p)
	p.See("Nothing unusual was found")
	p.See("Errors that repeat in the logs")
	if p.Sees("cannot open index") {
		t.Error("they are not folded")
	}
	p.Tap("Errors that repeat in the logs")
	for _, words := range []string{"cannot open index a", "240×", "logs/faktura.log  ·  2 Mar 2026, 08:00 – 09:00", "cannot open index h", "and 2 more"} {
		p.See(words)
	}
	if p.Sees("cannot open index i") {
		t.Error("more than eight are told")
	}
	p.Tap("Errors that repeat in the logs")
	if p.Sees("cannot open index") {
		t.Error("they cannot be folded again")
	}
}

// TestFindingsBeforeTheEnd: what is found early is told while collecting runs,
// and gives way to what is found in the end.
func TestFindingsBeforeTheEnd(t *testing.T) {
	f := &fakes{collecting: make(chan struct{}), soFar: sample(), glance: time.Millisecond}
	f.findings = seen(func(e page.Evidence) []analyze.Finding {
		if e == page.Evidence(f.soFar) {
			return []analyze.Finding{finding(analyze.Warning, "at a glance")}
		}
		return []analyze.Finding{finding(analyze.Warning, "in the end")}
	})
	p, flow := start(t, f)
	p.See("at a glance")
	p.See("Looking at your computer")
	if !f.soFar.closed {
		t.Error("what was collected by then is still open")
	}
	close(f.collecting)
	p.See("in the end")
	if p.Sees("at a glance") || flow.known() != allKnown {
		t.Errorf("what was found early is still told: %q", p.Words())
	}
}

// TestNothingAtAGlance: then nothing is said, for it means nothing.
func TestNothingAtAGlance(t *testing.T) {
	glanced := make(chan struct{}, 2)
	f := &fakes{collecting: make(chan struct{}), soFar: sample(), glance: time.Millisecond}
	f.findings = seen(func(page.Evidence) []analyze.Finding {
		glanced <- struct{}{}
		return nil
	})
	p, flow := start(t, f)
	<-glanced
	p.Drain()
	if p.Sees("What we found") || p.Sees("Nothing unusual") || flow.known() != nothingKnown {
		t.Errorf("something is said: %q", p.Words())
	}
	close(f.collecting)
	p.See("Nothing unusual was found")
}

// seen is what a piece of evidence shows.
type seen func(page.Evidence) []analyze.Finding

func (s seen) Study(_ context.Context, e page.Evidence) (analyze.Report, error) {
	return analyze.Report{Findings: s(e)}, nil
}
