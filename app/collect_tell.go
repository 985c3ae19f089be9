package app

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/facts"
)

// teller tells of a run: to a person in lines on standard error, or to a
// script as events on standard output.
type teller struct {
	c     *collectCommand
	e     *env
	start time.Time
}

func (c *collectCommand) teller(e *env) *teller { return &teller{c, e, time.Now()} }

// Events, one JSON object a line. Seconds are since the run began.
type (
	budgetEvent struct {
		Event      string            `json:"event"` // "budget", the first
		Seconds    float64           `json:"max_seconds"`
		Bytes      int64             `json:"max_bytes"`
		CPU        int               `json:"max_cpu_percent"` // of one processor; 0 is no limit
		Collectors []collectorBudget `json:"collectors"`
	}
	collectorBudget struct {
		Name    string  `json:"name"`
		Title   string  `json:"title"`
		Source  string  `json:"source,omitempty"`
		Seconds float64 `json:"max_seconds"`
		Bytes   int64   `json:"max_bytes"`
	}
	progressEvent struct {
		Event  string  `json:"event"` // "progress"
		At     float64 `json:"seconds"`
		Name   string  `json:"name"`
		Title  string  `json:"title"`
		Source string  `json:"source,omitempty"`
		State  string  `json:"state"`
		Bytes  int64   `json:"bytes"`
		Error  string  `json:"error,omitempty"`
		Note   string  `json:"note,omitempty"`
		Done   int     `json:"done"`
		Total  int     `json:"total"`
	}
	finishedEvent struct {
		Event   string  `json:"event"` // "finished", the last
		At      float64 `json:"seconds"`
		Path    string  `json:"path"`
		Files   int     `json:"files"`
		LeftOut int     `json:"left_out"`
		Error   string  `json:"error,omitempty"`
	}
)

func (t *teller) budget(b diag.Budget) {
	if t.c.Events {
		ev := budgetEvent{Event: "budget", Seconds: b.MaxTime.Seconds(), Bytes: b.MaxSize, CPU: b.MaxCPU}
		for _, c := range b.Collectors {
			ev.Collectors = append(ev.Collectors, collectorBudget{c.Name, c.Title, c.Source, c.MaxTime.Seconds(), c.MaxSize})
		}
		t.event(ev)
		return
	}
	if t.c.Quiet {
		return
	}
	cpu := "processors as they are free"
	if b.MaxCPU > 0 {
		cpu = fmt.Sprintf("%d %% of one processor", b.MaxCPU)
	}
	fmt.Fprintf(t.e.err, "At most %v, %s on disk, %s, at low priority; %d things to look at.\n", b.MaxTime, facts.Size(b.MaxSize), cpu, len(b.Collectors))
}

// progress prints a line for each collector that has come to its end, or an
// event for all that is told.
func (t *teller) progress(p diag.Progress) {
	if t.c.Events {
		t.event(progressEvent{
			Event: "progress", At: t.seconds(), Name: p.Name, Title: p.Title, Source: p.Source,
			State: p.State, Bytes: p.Bytes, Error: p.Error, Note: p.Note, Done: p.Done, Total: p.Total,
		})
		return
	}
	if t.c.Quiet || p.State == diag.Waiting || p.State == diag.Running {
		return
	}
	line := fmt.Sprintf("[%d/%d] %s: %s", p.Done, p.Total, p.Title, p.State)
	if why := cmp.Or(p.Error, p.Note); why != "" {
		line += " (" + why + ")"
	}
	fmt.Fprintln(t.e.err, line)
}

// finished names the bundle and what is not in it.
func (t *teller) finished(path string, m *bundle.Manifest, err error) {
	if t.c.Events {
		ev := finishedEvent{Event: "finished", At: t.seconds(), Path: path, Files: len(m.Files), LeftOut: len(m.LeftOut)}
		if err != nil {
			ev.Error = err.Error()
		}
		t.event(ev)
		return
	}
	for _, l := range m.LeftOut {
		if l.Quarantined && !t.c.QuarantinedToo {
			fmt.Fprintf(t.e.err, "Not in the bundle: %s, because it could not be redacted: %s.\n", l.Path, l.Why)
		} else if !l.Quarantined {
			fmt.Fprintf(t.e.err, "Not in the bundle: %s, because %s.\n", l.Path, l.Why)
		}
	}
	if !t.c.Quiet && !t.c.JSON && m.Redaction != nil {
		fmt.Fprintf(t.e.err, "Replaced: %s.\n", inKinds(m.Redaction.Replaced))
		tellRisks(t.e.err, m)
	}
	if t.c.JSON {
		_ = writeJSON(t.e.out, collected{path, m})
		return
	}
	fmt.Fprintln(t.e.out, path)
}

func (t *teller) seconds() float64 { return float64(time.Since(t.start).Milliseconds()) / 1000 }

// event prints one line; a script that has gone away is no reason to stop collecting.
func (t *teller) event(v any) {
	b, err := json.Marshal(v)
	if err == nil {
		_, _ = io.WriteString(t.e.out, string(b)+"\n")
	}
}
