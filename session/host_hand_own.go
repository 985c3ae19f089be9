package session

import (
	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/wire"
)

// stand begins or ends that the customer's own hand acts: what the supporter
// holds is let go. They see their pointer elsewhere then, and nothing is
// clicked where it stands now before they have moved it.
func (h *hand) stand(own bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.own = own; !own {
		return
	}
	h.inside, h.behind = false, len(h.holds) > 0
	if h.pressed {
		h.pressed = h.input.ReleaseAll() != nil
	}
}

// stands says whether it stands back.
func (h *hand) stands() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.own
}

// behindOwn says whether m is passed over because the customer's own hand acts.
// Afterwards what the supporter still holds is pressed again before the first
// key or click that it belongs to: without it that would mean another thing.
func (h *hand) behindOwn(m wire.Message) (stands bool, err error) {
	if k, ok := m.(*wire.Key); ok && (input.Key{Rune: k.Rune, Name: k.Name}).Modifier() {
		if h.holds == nil {
			h.holds = map[string]bool{}
		}
		if delete(h.holds, k.Name); k.Down {
			h.holds[k.Name] = true
			h.behind = h.behind || h.own
		}
	}
	if releases(m) {
		return false, nil
	}
	if _, moves := m.(*wire.Move); h.own || moves || !h.behind {
		return h.own, nil
	}
	h.behind, h.pressed = false, true
	for name := range h.holds {
		if err := h.input.Key(input.Key{Name: name}, true); err != nil {
			return false, err
		}
	}
	return false, nil
}
