package session

import (
	"errors"

	"github.com/beistand/beistand/session/wire"
)

// owning is what the viewer knows of the customer's own mouse and keyboard. The
// run's goroutine alone uses it.
type owning struct {
	heeds   bool // they are listened to
	ownTold bool // the viewer knows that they are in use
}

// heed has the supporter's hand stand back while the customer uses their own
// mouse or keyboard.
func (h *hosting) heed(r *run) {
	if h.heeds || h.config.Input == nil {
		return
	}
	h.heeds = true
	told := h.config.Input.Own(r.life)
	r.all.Go(func() {
		for more := true; more; {
			var on bool
			select {
			case on, more = <-told: // who cannot tell any more says no
			case <-r.life.Done():
				return
			}
			h.hand.stand(on)
			r.post(post{do: func() {
				if err := h.owned(r); err != nil {
					r.fail(err)
				}
			}})
		}
	})
}

// owned tells the viewer, who forgets it with the right and at a pause.
func (h *hosting) owned(r *run) error {
	on := h.hand.stands()
	if !h.gate.may(control) {
		h.ownTold = false
		return nil
	}
	if on == h.ownTold {
		return nil
	}
	_, err := r.send(r.life, &wire.Own{On: on})
	if errors.Is(err, errWithheld) {
		return nil
	}
	h.ownTold = on
	return err
}
