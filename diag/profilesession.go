package diag

import (
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
)

// SessionWish is what an organisation wants of every session in which its
// customers show their screen.
type SessionWish struct {
	Blank    []Blank // windows that are never shown
	Observer bool    // no session without a second person who looks on
}

// Blank names windows: those to which all of its patterns that are not empty
// apply. In a pattern * stands for any text, and capitals do not matter.
type Blank struct {
	Title   string
	Class   string // what kind of program the window says it belongs to
	Program string // path of the program's file, or its last part
}

func (w *SessionWish) read(n ast.Node) error {
	observer := ""
	err := fields(n, readers{"blank": list(w.readBlank), "observer": text(&observer, nil)})
	w.Observer = observer == "required"
	return err
}

func (w *SessionWish) readBlank(n ast.Node) error {
	var one Blank
	err := fields(n, readers{
		"title": text(&one.Title, checkPattern), "class": text(&one.Class, checkPattern), "program": text(&one.Program, checkPattern),
	})
	if err != nil {
		return err
	}
	for _, other := range w.Blank {
		if other == one {
			return at(n, "these windows are there twice")
		}
	}
	w.Blank = append(w.Blank, one)
	return nil
}

// checkPattern refuses one that would blank everything: it is a mistake.
func checkPattern(pattern string) string {
	letters := strings.ContainsFunc(pattern, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	if !letters {
		return "a pattern needs a letter or a digit: this one would be every window"
	}
	return ""
}
