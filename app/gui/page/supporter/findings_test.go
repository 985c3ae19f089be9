//go:build !headless

package supporter

import (
	"context"
	"errors"
	"testing"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag/analyze"
)

// studies is what evidence shows.
type studies struct {
	all []analyze.Finding
	err error
}

func (s studies) Study(context.Context, page.Evidence) ([]analyze.Finding, error) {
	return s.all, s.err
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
