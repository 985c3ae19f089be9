package session

import (
	"context"
	"errors"

	"github.com/beistand/beistand/session/wire"
)

// begins shares the screen, from a whole picture on: the first time, and after
// each pause.
func (h *hosting) begins(r *run) (err error) {
	first := uint32(1)
	if h.sharer != nil {
		first = h.sharer.next
		r.touch()
		if _, err := r.send(r.life, &wire.Resumed{}); err != nil {
			return err
		}
	}
	if h.sharer, err = newSharer(r, h.config.Screen, first); err != nil {
		return errors.Join(errSetUp, err)
	}
	ctx, cancel := context.WithCancel(r.life)
	h.hold = cancel
	h.sharing.Go(func() {
		defer cancel()
		e := why(h.sharer.share(ctx))
		select { // a pause waits for this to return
		case r.posts <- post{event: e}:
		case <-ctx.Done():
		}
	})
	return nil
}

// why is an end of sharing as an event.
func why(err error) event {
	switch {
	case errors.Is(err, errPaused):
		return evPause
	case errors.Is(err, ErrNoScreen):
		return evNoScreen
	case errors.Is(err, ErrTampered):
		return evTampered
	}
	return evLost
}

// late takes the acknowledgement of a picture from before a pause.
func (h *hosting) late(r *run, m *wire.Shown) error {
	if m.Number >= h.sharer.next {
		return ErrTampered
	}
	if r.seen() {
		return h.started(r)
	}
	return nil
}

// pause ends the sharing; an update that is under way stays unfinished.
func (h *hosting) pause(r *run) error {
	h.hold()
	h.sharing.Wait()
	r.out.withdraw()
	r.conf.blank.whole()
	r.touch()
	_, err := r.send(r.life, &wire.Paused{})
	return err
}
