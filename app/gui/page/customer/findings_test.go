//go:build !headless

package customer

import (
	"context"
	"errors"
	"testing"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag/analyze"
)

// studies is what evidence shows, however it is looked at.
type studies func(context.Context) ([]analyze.Finding, error)

func (s studies) Study(ctx context.Context, _ page.Evidence) ([]analyze.Finding, error) {
	return s(ctx)
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
	p.See("Hostname") // the first file instead
	if p.Sees("What we found") || p.Sees("Nothing unusual") {
		t.Errorf("something is said: %q", p.Words())
	}
}
