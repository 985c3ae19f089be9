package session

import (
	"context"
	"errors"

	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// reconcile starts what is allowed and not running, ends what runs and is not
// allowed any more, and tells the window.
func (h *hosting) reconcile(r *run) error {
	h.unshareUnless(r)
	if r.state == live && h.cancel == nil && h.gate.may(see) {
		if err := h.share(r); err != nil {
			return err
		}
	}
	h.help(r)
	r.seated()
	r.tellLive()
	return h.owned(r)
}

// share shows the screen, from a whole picture on, when the record says what of it.
func (h *hosting) share(r *run) (err error) {
	first := uint32(1)
	if h.sharer != nil {
		first = h.sharer.next.Load()
	}
	h.epoch++
	s, err := newSharer(r, h.config.Screen, &h.gauges, first, h.epoch)
	if err != nil {
		return err
	}
	if s.scoped != h.scoped {
		s.close()
		return nil // settle tells it, and goes on here
	}
	h.sharer = s
	h.now.Store(s)
	ctx, cancel := context.WithCancel(r.life)
	h.cancel = cancel
	h.hand.place(s.placed)
	if s.by == nil {
		s.motion.began = func() {
			select { // unshare waits for this to return
			case r.posts <- post{do: func() { h.begun(r) }}:
			case <-ctx.Done():
			}
		}
	}
	h.sharing.Go(func() {
		defer cancel()
		defer s.close()
		err := s.share(ctx)
		select { // unshare waits for this to return
		case r.posts <- post{do: func() { h.shareEnded(r, s, err) }}:
		case <-ctx.Done():
		}
	})
	return nil
}

// unshare ends it; an update that is under way stays unfinished.
func (h *hosting) unshare(r *run) {
	if h.cancel == nil {
		return
	}
	h.hand.release()
	h.cancel()
	h.sharing.Wait()
	h.cancel = nil
	h.now.Store(nil)
	r.out.withdraw(false)
}

// unshareUnless ends it when it is not allowed.
func (h *hosting) unshareUnless(r *run) {
	if r.state != live || !h.gate.may(see) {
		h.unshare(r)
	}
}

// shareEnded takes the end that the sharing came to by itself.
func (h *hosting) shareEnded(r *run, s *sharer, err error) {
	if s != h.sharer || h.cancel == nil || r.state != live || r.life.Err() != nil {
		return
	}
	h.unshare(r)
	if !errors.Is(err, errWithheld) {
		r.happen(why(err))
		return
	}
	if done, err := h.settle(r); err != nil {
		r.fail(err)
	} else if !done && !h.behind() { // a pause that is over again: the viewer must forget the half that it has
		r.happen(evPause)
	}
}

// behind says whether the scope is another than the record says.
func (h *hosting) behind() bool {
	h.gate.mu.Lock()
	defer h.gate.mu.Unlock()
	return h.gate.scoped != h.scoped
}

// why is an end of sharing as an event.
func why(err error) event {
	switch {
	case errors.Is(err, ErrNoScreen):
		return evNoScreen
	case errors.Is(err, ErrTampered):
		return evTampered
	}
	return evLost
}

// shown takes the acknowledgement of a picture.
func (h *hosting) shown(r *run, m *wire.Shown) error {
	if h.sharer == nil {
		return &NoRightError{rights.See}
	}
	switch {
	case m.Number < h.sharer.first: // one from before a pause may still come
	case h.cancel != nil:
		if !h.sharer.acknowledged(m) { // more than there was to show
			return ErrTampered
		}
	case m.Number >= h.sharer.next.Load():
		return ErrTampered
	}
	if r.seen() {
		return h.started(r)
	}
	return nil
}

// begun notes that a screen is seen of which no frame is acknowledged.
func (h *hosting) begun(r *run) {
	if r.state != live || !r.seen() {
		return
	}
	if err := h.started(r); err != nil {
		r.fail(err)
	}
}
