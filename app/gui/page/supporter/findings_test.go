//go:build !headless

package supporter

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag/analyze"
)

// studies is what evidence shows.
type studies struct {
	all    []analyze.Finding
	errors []analyze.Group
	err    error
}

func (s studies) Study(context.Context, page.Evidence) (analyze.Report, error) {
	return analyze.Report{Findings: s.all, Errors: s.errors}, s.err
}

func TestAFindingOpensItsLine(t *testing.T) {
	d := &fakeDesk{all: cases(), evidence: sample(), findings: studies{all: []analyze.Finding{{
		ID: "log-flooded", Severity: analyze.Warning, Say: "The printer is silent in {{.Log}}.", Data: map[string]string{"Log": "faktura.log"},
		Do: "Switch it on.", Detail: "HP-4200, six times", Evidence: []analyze.Ref{{File: "logs/faktura.log", Line: 1254}, {File: "system/host.json"}, {File: "gone.log", Line: 1}},
	}}}}
	p, flow := start(t, d)
	signIn(p)
	flow.ticket(10043)
	for _, words := range []string{
		"The printer is silent in faktura.log.", "Switch it on.", "Warning", "HP-4200, six times",
		"log-flooded  ·  logs/faktura.log:1254", "Line 1254", "job 1250 stays",
	} {
		p.See(words)
	}
	if p.Sees("gone.log") {
		t.Error("a place that did not arrive is offered")
	}
	p.Tap("system/host.json")
	p.See("Hostname")
	p.Tap("logs/faktura.log:1254")
	p.See("job 1250 stays")
	p.Tab("Collected")
	p.See("Left out")
}

// TestARepeatedErrorOpensItsLine is about errors alone, and beside a finding.
func TestARepeatedErrorOpensItsLine(t *testing.T) {
	first := time.Date(2026, 5, 4, 9, 4, 0, 0, time.UTC)
	last := first.Add(42 * time.Minute)
	group := analyze.Group{
		Shape: "ERROR printer does not answer: job # stays", Count: 6, First: &first, Last: &last,
		Example: "ERROR printer HP-4200 does not answer: job 250 stays", At: analyze.Ref{File: "logs/faktura.log", Line: 1254},
	}
	for name, all := range map[string][]analyze.Finding{"alone": nil, "below": {{ID: "x", Severity: analyze.Info, Say: "Just so."}}} {
		t.Run(name, func(t *testing.T) {
			d := &fakeDesk{all: cases(), evidence: sample(), findings: studies{all: all, errors: []analyze.Group{group}}}
			p, flow := start(t, d)
			signIn(p)
			flow.ticket(10043)
			p.See("Errors that repeat in the logs")
			p.See("logs/faktura.log:1254  ·  4 May 2026, 09:04 – 09:46")
			p.See("6×")
			p.Row(len(all) + 1)
			for _, words := range []string{"6× from 4 May 2026, 09:04 – 09:46", "printer HP-4200 does not answer: job 250", "Line 1254", "job 1250 stays"} {
				p.See(words)
			}
		})
	}
}

func TestFindingsOfATicket(t *testing.T) {
	for name, c := range map[string]struct {
		findings studies
		says     string
	}{
		"nothing":  {studies{}, "Nothing unusual was found"},
		"unknown":  {studies{err: errors.New("broken")}, "What was collected could not be looked through."},
		"no place": {studies{all: []analyze.Finding{{ID: "x", Severity: analyze.Info, Say: "Just so."}}}, "Just so."},
	} {
		t.Run(name, func(t *testing.T) {
			p, flow := start(t, &fakeDesk{all: cases(), evidence: sample(), findings: c.findings})
			signIn(p)
			flow.ticket(10043)
			p.See(c.says)
			p.Tab("Collected")
			p.See("Hostname")
		})
	}
}
