//go:build !headless

package page

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/diag/analyze"
)

// Repeated gives an error that a log repeats in words: what its lines have in
// common, how often it stands there ("240×"), and from when to when ("" if the
// lines say no time).
func Repeated(g analyze.Group) (shape, count, span string) {
	count = fmt.Sprintf("%d×", g.Count)
	if g.Missed > 0 {
		count = "≥ " + count
	}
	shape = strings.TrimLeft(g.Shape, "# ") // a line's own time, which span tells
	if shape == "" {
		shape = g.Shape
	}
	return Plain(shape), count, fromTo(g.First, g.Last)
}

// fromTo gives two moments as the log's own clock had them; each may be nil.
func fromTo(first, last *time.Time) string {
	switch {
	case first == nil && last == nil:
		return ""
	case first == nil:
		first = last
	case last == nil:
		last = first
	}
	form := lang.X("date and time", "2 Jan 2006, 15:04")
	from, to := first.Format(form), last.Format(form)
	switch {
	case from == to:
		return from
	case first.Format(time.DateOnly) == last.Format(time.DateOnly):
		to = last.Format("15:04")
	}
	return from + " – " + to
}
