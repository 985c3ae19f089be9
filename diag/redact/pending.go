package redact

import (
	"math"
	"slices"
)

// hit is a stretch of the window that will be replaced when the scanner gets
// there. What lies between the word that a rule was called for and the stretch
// it found is looked at like everything else.
type hit struct {
	start, end int
	rule       *Rule
	kind       Kind
	text       string
}

// replace has text put where the bytes from start to end stand. Stretches that
// overlap become one, with the text of the one that begins first. It returns end.
func (sc *scanner) replace(rule *Rule, kind Kind, text string, start, end int) int {
	start = max(start, sc.flushed)
	sc.found = true
	if start >= end {
		return end
	}
	h := hit{start, end, rule, kind, text}
	i := len(sc.pending)
	for i > 0 && sc.pending[i-1].end > h.start {
		i--
	}
	j := i
	for j < len(sc.pending) && sc.pending[j].start < h.end {
		if old := sc.pending[j]; old.start <= h.start {
			h.start, h.rule, h.kind, h.text = old.start, old.rule, old.kind, old.text
			h.end = max(h.end, old.end)
		} else {
			h.end = max(h.end, old.end)
		}
		j++
	}
	sc.pending = slices.Replace(sc.pending, i, j, h)
	sc.barrier = sc.pending[0].start
	return end
}

// pass writes the first stretch and goes on behind it.
func (sc *scanner) pass() (on int) {
	h := sc.pending[0]
	sc.emit(h.start)
	if sc.note != nil {
		sc.note(Replacement{
			Rule: h.rule.Name, Kind: h.kind, Text: h.text,
			From: sc.base + int64(h.start), Size: h.end - h.start, At: sc.written + int64(len(sc.out)),
		})
	}
	sc.out = append(sc.out, h.text...)
	sc.flushed = h.end
	sc.pending = slices.Delete(sc.pending, 0, 1)
	sc.barrier = math.MaxInt
	if len(sc.pending) > 0 {
		sc.barrier = sc.pending[0].start
	}
	return h.end
}

// goesOn remembers that the value that was replaced last is not over where the
// window ends.
func (sc *scanner) goesOn(sp span) { sc.open, sc.openAt = sp, sc.n }

// goOn extends what was longer than the last window.
func (sc *scanner) goOn() {
	if sc.open != (span{}) {
		end, closed := sc.open.find(sc.b, sc.openAt, sc.n)
		if last := len(sc.pending) - 1; last >= 0 && sc.pending[last].end >= sc.openAt {
			sc.pending[last].end = max(end, sc.pending[last].end)
		} else {
			sc.pos, sc.flushed = max(end, sc.pos), max(end, sc.flushed)
		}
		sc.openAt = end
		sc.linesAt = max(sc.linesAt, end)
		if !closed && !sc.last {
			return
		}
		sc.open = span{}
	}
	if sc.lines != nil {
		sc.linesAt = sc.body(sc.linesAt)
	}
}
