//go:build !headless

package app

import (
	"errors"
	"sync"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/clipboard"
	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/overlay"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/screen"
)

// means are what this machine can give to others.
type means struct {
	hide []screen.Hidden // windows that are never shown

	once   sync.Once
	cannot map[rights.Right]page.Lack
}

// onScreen are the rights that are nothing without a screen.
var onScreen = rights.Of(rights.See, rights.Point, rights.Control, rights.Film)

// Cannot is part of page.Hosting.
func (h *hosting) Cannot() map[rights.Right]page.Lack {
	m := h.means
	m.once.Do(func() {
		m.cannot = map[rights.Right]page.Lack{}
		if o, err := overlay.Open(); err != nil {
			m.cannot[rights.Point] = page.LacksMark
		} else {
			_ = o.Close() // it was only asked
		}
		if c, err := clipboard.Open(); err != nil {
			m.cannot[rights.ClipIn], m.cannot[rights.ClipOut] = page.LacksClipboard, page.LacksClipboard
		} else {
			_ = c.Close()
		}
		if s, err := screen.Open(); err != nil {
			for _, r := range onScreen.Rights() {
				m.cannot[r] = page.LacksScreen
			}
		} else {
			_ = s.Close()
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
		c.Screen = newShownScreen(source, m.hide)
		g = append(g, source.Close)
	case c.Invitation.Rights.Both(onScreen) == c.Invitation.Rights:
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
	text, err := clipboard.Open()
	if err == nil {
		c.Clipboard = text
		g = append(g, text.Close)
	} else if !errors.Is(err, clipboard.ErrUnavailable) {
		g.close()
		return nil, err
	}
	return g, nil
}

// Hotkey is part of page.Hosting.
func (h *hosting) Hotkey() string { return h.fence.pressedKey() }
