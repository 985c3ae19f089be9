//go:build !headless

package app

import (
	"errors"
	"sync"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/screen"
)

// means are what this machine can give to others.
type means struct {
	once   sync.Once
	cannot map[rights.Right]page.Lack
}

// Cannot is part of page.Hosting.
func (h *hosting) Cannot() map[rights.Right]page.Lack {
	m := h.means
	m.once.Do(func() {
		m.cannot = map[rights.Right]page.Lack{rights.Point: page.LacksMark, rights.ClipIn: page.LacksClipboard, rights.ClipOut: page.LacksClipboard}
		if s, err := screen.Open(); err != nil {
			m.cannot[rights.See], m.cannot[rights.Point], m.cannot[rights.Control] = page.LacksScreen, page.LacksScreen, page.LacksScreen
		} else {
			_ = s.Close() // it was only asked
		}
		if i, err := input.Open(); err != nil {
			m.cannot[rights.Control] = page.LacksInput
		} else {
			_ = i.Close()
		}
	})
	return m.cannot
}

// given is what one session has been given, to be closed after it.
type given []func() error

func (g given) close() {
	for i := len(g) - 1; i >= 0; i-- {
		_ = g[i]() // nothing is kept in there
	}
}

// open puts what this machine can give into a session's configuration. What
// it cannot give stays nil; the error is that of the screen when nothing else
// is asked for.
func (m *means) open(c *session.HostConfig) (given, error) {
	var g given
	source, err := screen.Open()
	switch {
	case err == nil:
		c.Screen = source
		g = append(g, source.Close)
	case c.Invitation.Rights.Both(rights.Of(rights.See, rights.Point, rights.Control)) == c.Invitation.Rights:
		return nil, err
	}
	in, err := input.Open()
	if err == nil {
		c.Input = in
		g = append(g, in.Close)
	} else if !errors.Is(err, input.ErrUnavailable) {
		g.close()
		return nil, err
	}
	return g, nil
}

// Hotkey is part of page.Hosting.
func (h *hosting) Hotkey() string { return "" }
