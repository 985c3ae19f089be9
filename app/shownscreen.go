//go:build !headless

package app

import (
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/session/screen"
)

// hidden are the windows that a profile never shows.
func hidden(p *diag.Profile) []screen.Hidden {
	var all []screen.Hidden
	for _, b := range p.Session.Blank {
		all = append(all, screen.Hidden(b))
	}
	return all
}

// withWindows is a screen whose single windows can be shown.
type withWindows struct {
	*screen.Limited
	list screen.WindowSource
}

// newShownScreen takes raw over: closing it closes raw. It shows nothing before
// a session chooses, never what the profile hides, and nothing while the screen
// is locked.
func newShownScreen(raw screen.Source, hide []screen.Hidden) screen.Source {
	limited := screen.Limit(raw, hide)
	list, windows := raw.(screen.WindowSource)
	if _, views := raw.(screen.ViewSource); windows && views {
		return withWindows{limited, list}
	}
	return limited
}

// Windows lists what can be shown by itself.
func (w withWindows) Windows() ([]screen.Window, error) { return w.list.Windows() }
