package screen

import (
	"errors"
	"image"
	"slices"
	"strings"
)

// Scope says what of the desktop may be seen. The zero value is nothing.
type Scope struct {
	All      bool     // everything; the lists below say nothing then
	Monitors []string // by name; all that stands on them
	Windows  []uint32 // by Window.ID; these alone, not their menus and dialogs
}

// whole says whether all of a monitor may be seen.
func (s Scope) whole(m Monitor) bool { return s.All || slices.Contains(s.Monitors, m.Name) }

// single says whether single windows may be seen, and not everything.
func (s Scope) single() bool { return !s.All && len(s.Windows) > 0 }

// mixed says whether both monitors and windows may be.
func (s Scope) mixed() bool { return s.single() && len(s.Monitors) > 0 }

// Hidden names windows that are never seen: those to which all of its patterns
// that are not empty apply, with their menus and dialogs. In a pattern * stands
// for any text, and capitals do not matter.
type Hidden struct {
	Title   string
	Class   string // what kind of program the window says it belongs to (WM_CLASS, both parts)
	Program string // path of the program's file, or its last part
}

// View is what a picture may show.
type View struct {
	Scope Scope
	Hide  []Hidden
}

// ViewSource is what a Source can be besides: one that knows where windows are
// at the moment of a picture.
type ViewSource interface {
	Source

	// GrabView is Grab for what may be seen: what is outside of the scope, and
	// what is hidden, is black. Where it cannot be known what stands where, all
	// of it is black, and the error is ErrPlaces or ErrLocked with dst black.
	GrabView(m Monitor, dst *image.RGBA, v View) error
}

// Reasons why a picture is black.
var (
	ErrPlaces = errors.New("it cannot be known where the windows are")
	ErrLocked = errors.New("the screen is locked")
)

// match says whether a pattern applies to a text.
func match(pattern, text string) bool {
	return glob(strings.ToLower(pattern), strings.ToLower(text))
}

// glob goes back to the last * alone, so that its time is bounded by the
// product of both lengths.
func glob(pattern, text string) bool {
	p, t, star, from := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, from = p, t
			p++
		case p < len(pattern) && pattern[p] == text[t]:
			p++
			t++
		case star >= 0:
			from++
			p, t = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// Traits are what patterns are held against.
type Traits struct {
	Titles   []string
	Classes  []string
	Programs []string // paths
}

// Match says whether the window is named by h: every driver's way to know. A
// window whose program is not known could be anyone's.
func (h Hidden) Match(t Traits) bool {
	some := func(pattern string, texts []string, last bool) bool {
		for _, text := range texts {
			if match(pattern, text) || last && match(pattern, text[strings.LastIndexByte(text, '/')+1:]) {
				return true
			}
		}
		return pattern == ""
	}
	program := len(t.Programs) == 0 || some(h.Program, t.Programs, true)
	return h != Hidden{} && some(h.Title, t.Titles, false) && some(h.Class, t.Classes, false) && program
}
