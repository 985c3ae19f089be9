package analyze

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/beistand/beistand/diag/analyze/logline"
)

// Group is an error that a log has again and again, with different numbers,
// names or paths in it.
type Group struct {
	Shape   string     `json:"shape"` // what its lines have in common
	Count   int        `json:"count"`
	Missed  int        `json:"missed,omitempty"`     // at most this many more: counting began late, for want of room
	First   *time.Time `json:"first_time,omitempty"` // nil: the line says no time
	Last    *time.Time `json:"last_time,omitempty"`
	Example string     `json:"example"` // its first line
	At      Ref        `json:"at"`      // where that stands
}

// What is kept of one log.
const (
	maxGroups  = 1000 // shapes while reading
	topGroups  = 20   // shapes afterwards
	maxExample = 400  // bytes
)

// grouper counts lines by shape in bounded room: when there are too many
// shapes, the rarest go, as in lossy counting (Manku and Motwani,
// "Approximate frequency counts over data streams", VLDB 2002).
type grouper struct {
	groups map[string]*group
	floor  int    // shapes that went had been seen at most this often
	buf    []byte // of the shape being made
}

type group struct {
	count, missed int
	line          int // of the example
	example       []byte
	last          []byte // the beginning of the newest line, for its time
}

func newGrouper() *grouper { return &grouper{groups: map[string]*group{}} }

func (g *grouper) add(line []byte, number int) {
	g.buf = logline.Shape(g.buf[:0], line)
	one := g.groups[string(g.buf)]
	if one == nil {
		if len(g.groups) >= maxGroups {
			g.prune()
		}
		one = &group{missed: g.floor, line: number, example: slices.Clone(line[:min(len(line), maxExample)])}
		g.groups[string(g.buf)] = one
	}
	one.count++
	one.last = append(one.last[:0], line[:min(len(line), logline.TimeWithin)]...)
}

// prune lets go of the rarer half of the shapes, and of all as rare as those.
func (g *grouper) prune() {
	counts := make([]int, 0, len(g.groups))
	for _, one := range g.groups {
		counts = append(counts, one.count+one.missed)
	}
	slices.Sort(counts)
	g.floor = counts[len(counts)/2]
	for shape, one := range g.groups {
		if one.count+one.missed <= g.floor {
			delete(g.groups, shape)
		}
	}
}

// top gives the most frequent, most frequent first.
func (g *grouper) top(file string, when func([]byte) *time.Time) []Group {
	all := make([]Group, 0, len(g.groups))
	for shape, one := range g.groups {
		all = append(all, Group{
			Shape: shape, Count: one.count, Missed: one.missed,
			Example: readable(one.example), At: Ref{File: file, Line: one.line},
		})
	}
	slices.SortFunc(all, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.At.Line, b.At.Line), strings.Compare(a.Shape, b.Shape))
	})
	all = all[:min(len(all), topGroups)]
	for i := range all {
		one := g.groups[all[i].Shape]
		all[i].First, all[i].Last = when(one.example), when(one.last)
		all[i].Shape = readable([]byte(all[i].Shape))
	}
	return slices.Clip(all)
}

// readable makes one line of UTF-8 without control characters of a log's bytes.
func readable(b []byte) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, strings.TrimSpace(strings.ToValidUTF8(string(b), "\uFFFD")))
}
