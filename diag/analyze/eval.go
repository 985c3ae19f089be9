package analyze

import (
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/beistand/beistand/diag/bundle"
)

// item is one value in the evidence, and where it stands.
type item struct {
	v    any       // as encoding/json has it, or a version
	doc  *document // nil: it is none of the facts
	path []any
	refs []Ref // of lines that were counted
}

// evaluation is one condition's look at the evidence.
type evaluation struct {
	*evidence
	refs  []Ref // places of what held
	steps int   // left to go
}

// maxSteps is how many values one condition may look at.
const maxSteps = 1 << 20

func (e *evaluation) spend(n int) bool {
	e.steps -= n
	return e.steps > 0
}

// root gives a file's facts.
func (e *evaluation) root(name string) []item {
	d := e.document(name)
	if d.raw == nil {
		return nil
	}
	if d.tree == nil {
		if err := json.Unmarshal(d.raw, &d.tree); err != nil {
			d.err = err
			return nil
		}
	}
	return []item{{v: d.tree, doc: d}}
}

// spread puts the elements of lists in their place.
func (e *evaluation) spread(all []item) []item {
	if !slices.ContainsFunc(all, func(i item) bool { _, list := i.v.([]any); return list }) {
		return all
	}
	var flat []item
	for _, one := range all {
		list, ok := one.v.([]any)
		if !ok {
			flat = append(flat, one)
			continue
		}
		for i, v := range list {
			if !e.spend(1) {
				return nil
			}
			flat = append(flat, item{v: v, doc: one.doc, path: append(slices.Clip(one.path), i)})
		}
	}
	return flat
}

func (e *evaluation) step(all []item, key string) []item {
	var got []item
	for _, one := range e.spread(all) {
		if !e.spend(1) {
			return nil
		}
		object, _ := one.v.(map[string]any)
		if v, ok := object[key]; ok && v != nil {
			got = append(got, item{v: v, doc: one.doc, path: append(slices.Clip(one.path), key)})
		}
	}
	return e.spread(got)
}

func (e *evaluation) index(all []item, i int) []item {
	if all = e.spread(all); i < len(all) {
		return all[i : i+1]
	}
	return nil
}

func (e *evaluation) filter(all []item, keep test) []item {
	var got []item
	for _, one := range e.spread(all) {
		places := len(e.refs)
		if e.spend(1) && keep(e, &one) {
			got = append(got, one)
		}
		e.refs = e.refs[:places] // the comparison behind the filter names the place
	}
	return got
}

// compared holds if any of left's values, or a pair of both sides', does.
func compared(left, right value, holds func(a, b any) bool) test {
	return func(e *evaluation, in *item) bool {
		others := []item{{}}
		if right != nil {
			others = right(e, in)
		}
		for _, a := range left(e, in) {
			for _, b := range others {
				if !e.spend(1) {
					return false
				}
				if holds(a.v, b.v) {
					e.place(a)
					return true
				}
			}
		}
		return false
	}
}

func (e *evaluation) place(i item) {
	e.refs = append(e.refs, i.refs...)
	if i.doc != nil {
		e.refs = append(e.refs, i.doc.at(i.path...))
	}
}

// lineCount is lines(file, pattern) of a condition.
type lineCount struct {
	file    string // a part of the path in the bundle or of the source; with * or ?, the whole name
	pattern *regexp.Regexp
}

func (c *lineCount) in(f bundle.File) bool {
	for _, name := range []string{f.Path, f.Source} {
		if !strings.ContainsAny(c.file, "*?[") {
			if name != "" && strings.Contains(name, c.file) {
				return true
			}
			continue
		}
		base := name[strings.LastIndexAny(name, `/\`)+1:]
		if ok, err := path.Match(c.file, base); ok && err == nil {
			return true
		}
	}
	return false
}

// tally is what a lineCount came to in one bundle.
type tally struct {
	*lineCount
	n    int
	refs []Ref
}

func (t *tally) look(file string, line []byte, number int) {
	if !t.pattern.Match(line) {
		return
	}
	if t.n++; len(t.refs) < maxRefs {
		t.refs = append(t.refs, Ref{File: file, Line: number})
	}
}

func (e *evaluation) count(c *lineCount) []item {
	e.allLogs()
	if t := e.tallies[c]; t != nil {
		return []item{{v: float64(t.n), refs: t.refs}}
	}
	return []item{{v: 0.0}}
}
