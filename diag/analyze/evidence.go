package analyze

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/collect"
	"github.com/beistand/beistand/diag/facts"
)

// evidence is one bundle as rules see it: facts are read when first asked
// for, while other goroutines read the logs. All else belongs to one goroutine.
type evidence struct {
	ctx      context.Context // of one call of Run, which owns this evidence
	from     Evidence
	manifest bundle.Manifest
	now      time.Time      // of the machine's own clock, when the evidence was collected
	loc      *time.Location // the machine's time zone: that of log lines that name none
	docs     map[string]*document
	wanted   []*lineCount          // what declared rules count in logs
	tallies  map[*lineCount]*tally // filled when allLogs has waited for the logs
	allLogs  func() *logs          // waits until all logs have been read
	costly   []string              // ids of conditions that looked at too much
}

// document is one file of facts.
type document struct {
	path  string
	raw   []byte // nil: it is not there
	tree  any    // raw as encoding/json has it; nil until a condition asks
	err   error  // why it could not be read
	typed any    // raw as its collector's type; nil until a rule asks
}

func newEvidence(ctx context.Context, from Evidence, rules []Rule) *evidence {
	e := &evidence{ctx: ctx, from: from, manifest: from.Manifest(), docs: map[string]*document{}, tallies: map[*lineCount]*tally{}}
	e.now, e.loc = e.manifest.Created, time.UTC
	if h, ok := read[collect.HostFacts](e, "host"); ok && !h.v.Now.IsZero() {
		e.now, e.loc = h.v.Now, h.v.Now.Location() // as it was written, with its distance from UTC
	}
	for _, r := range rules {
		if r.program != nil {
			e.wanted = append(e.wanted, r.program.counts...)
		}
	}
	e.allLogs = e.startLogs()
	return e
}

// document reads system/<name>.json; one that is not there has no raw.
func (e *evidence) document(name string) *document {
	if d := e.docs[name]; d != nil {
		return d
	}
	d := &document{path: "system/" + name + ".json"}
	e.docs[name] = d
	r, err := e.from.OpenFile(d.path)
	if errors.Is(err, fs.ErrNotExist) {
		return d
	}
	if err != nil {
		d.err = err
		return d
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, facts.MaxInput+1))
	switch {
	case err != nil:
		d.err = err
	case len(raw) > facts.MaxInput:
		d.err = fmt.Errorf("larger than %s", facts.Size(facts.MaxInput))
	default:
		d.raw = raw
	}
	return d
}

// fact is one file of facts, decoded as the collector's own type.
type fact[T any] struct {
	*document
	v T
}

// read decodes system/<name>.json; false if it is not there or not readable.
func read[T any](e *evidence, name string) (fact[T], bool) {
	f := fact[T]{document: e.document(name)}
	if f.raw == nil {
		return f, false
	}
	if known, ok := f.typed.(T); ok {
		f.v = known
		return f, true
	}
	if err := json.Unmarshal(f.raw, &f.v); err != nil {
		f.err = err
		return f, false
	}
	f.typed = f.v
	return f, true
}

// at is the place of a value, named by keys and list indexes.
func (d *document) at(path ...any) Ref { return Ref{File: d.path, Line: lineOf(d.raw, path...)} }
