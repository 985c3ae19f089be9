//go:build !headless

package customer

import (
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
)

// locks takes whether the screen is locked. A lock says no to whatever is asked.
func (h *hosted) locks(on bool) {
	h.locked = on
	if !on || h.asking == session.Declined {
		return
	}
	if h.asking = h.asking.Next(session.AnswerLocked); h.asking == session.Declined {
		h.refused = true
		h.stop()
		return
	}
	for _, no := range h.open {
		no()
	}
	if len(h.open) > 0 {
		h.failed(page.SnagLocked)
	}
}

// asks brings a question before the person while something is allowed; no
// answers it when the screen is locked, also at once.
func (h *hosted) asks(c *card, no func()) (asked bool) {
	if h.locked {
		no()
		h.failed(page.SnagLocked)
		return false
	}
	h.open[c] = no
	return true
}

// settled takes a question away that is answered.
func (h *hosted) settled(c *card) {
	delete(h.open, c)
	h.flow.drop(c)
}
