package screen

import (
	"image"
	"maps"
	"slices"
	"time"

	"github.com/jezek/xgb/xproto"
)

// places is where windows were, at one moment.
type places struct {
	tops   map[xproto.Window]top
	order  []xproto.Window // the lowest first; those that can be seen
	hidden map[xproto.Window]bool
}

// look waits until all that has happened is known, with the words of every
// window on the desktop. Those that change faster than they can be read are
// hidden. With begin, what happens from then on is noted.
func (x *display) look(hide []Hidden, begin bool) (places, error) {
	for range 4 {
		if err := x.watch.sync(); err != nil {
			return places{}, err
		}
		if !x.refresh() {
			break
		}
	}
	w := x.watch
	w.mu.Lock()
	defer w.mu.Unlock()
	p := places{tops: make(map[xproto.Window]top, len(w.tops))}
	for id, t := range w.tops {
		p.tops[id] = *t
	}
	for _, id := range w.order {
		if t := p.tops[id]; t.mapped && !t.words.inputOnly {
			p.order = append(p.order, id)
		}
	}
	var doubt bool
	p.hidden, doubt = conceal(p.tops, hide)
	for id := range p.hidden {
		t := w.tops[id]
		if t.asked && t.words.known && !t.kept {
			t.hid = t.words.ids
		}
		t.kept = t.kept || t.asked && t.words.known && t.words.popup // it may outlive what it belongs to
	}
	if doubt { // nobody knows whose the menus are
		for id, t := range p.tops {
			if t.words.popup {
				p.hidden[id] = true
			}
		}
	}
	if begin {
		x.linger(p, w.log)
		w.log = nil
	}
	return p, nil
}

// linger is how long a place stays black that a hidden window has left:
// programs below paint theirs when they come to it, and until then the server
// can show what was there before.
const linger = time.Second

// linger remembers the places that were left since the last picture, and
// forgets those that are old.
func (x *display) linger(p places, log []moment) {
	now := time.Now()
	for _, m := range log {
		_, is := p.tops[m.id]
		_, was := x.last.tops[m.id]
		if p.hidden[m.id] || x.last.hidden[m.id] || !is && !was {
			x.left[m.bounds] = m.at
		}
	}
	for id := range x.last.hidden {
		if !p.hidden[id] {
			x.left[x.last.tops[id].bounds] = now
		}
	}
	maps.DeleteFunc(x.left, func(_ image.Rectangle, at time.Time) bool { return now.Sub(at) > linger })
	if len(x.left) > maxLeft {
		var all image.Rectangle
		for r := range x.left {
			all = all.Union(r)
		}
		clear(x.left)
		x.left[all] = now
	}
}

// maxLeft bounds the places that are remembered one by one.
const maxLeft = 200

// refresh reads the words that may have changed, and says whether there were any.
func (x *display) refresh() bool {
	w := x.watch
	w.mu.Lock()
	var stale []top
	for _, t := range w.tops {
		if !t.asked {
			stale = append(stale, *t)
			t.asked = true // unless it changes while it is read
		}
	}
	w.mu.Unlock()
	for _, t := range stale {
		said := x.speaker.read(t.id, t.override)
		var bounds image.Rectangle
		if t.unsized {
			if r, err := x.outer(t.id); err == nil {
				bounds = r
			}
		}
		w.mu.Lock()
		if now := w.tops[t.id]; now != nil {
			now.words = said
			now.kept = slices.ContainsFunc(now.hid, func(id xproto.Window) bool { return !slices.Contains(said.ids, id) })
			if !bounds.Empty() && now.unsized {
				now.bounds, now.unsized = bounds, false
			}
			maps.DeleteFunc(w.owner, func(_, outer xproto.Window) bool { return outer == t.id })
			for _, id := range said.ids {
				w.owner[id] = t.id
			}
			w.note(now)
		}
		w.mu.Unlock()
	}
	return len(stale) > 0
}

// conceal says which windows are hidden: those that are named, those of which
// nothing can be known, and the menus and dialogs of both. doubt says that
// there are some of the second kind.
func conceal(tops map[xproto.Window]top, hide []Hidden) (hidden map[xproto.Window]bool, doubt bool) {
	hidden = map[xproto.Window]bool{}
	if len(hide) == 0 {
		return hidden, false
	}
	ids, groups, clients, pids := map[xproto.Window]bool{}, map[xproto.Window]bool{}, map[uint32]bool{}, map[uint32]bool{}
	add := func(t top) {
		hidden[t.id] = true
		for _, id := range t.words.ids {
			ids[id] = true
		}
		for _, id := range t.words.groups {
			groups[id] = true
		}
		for _, c := range t.words.clients {
			clients[c] = true
		}
		for _, p := range t.words.pids {
			pids[p] = true
		}
	}
	for _, t := range tops {
		unknown := !t.asked || !t.words.known
		doubt = doubt || unknown
		if unknown || t.kept || slices.ContainsFunc(hide, func(h Hidden) bool { return h.Match(t.words.traits) }) {
			add(t)
		}
	}
	for changed := true; changed; { // a menu's menu
		changed = false
		for id, t := range tops {
			if hidden[id] || !t.words.popup {
				continue
			}
			if in(ids, t.words.over) || in(groups, t.words.groups) || in(clients, t.words.clients) || in(pids, t.words.pids) {
				add(t)
				changed = true
			}
		}
	}
	return hidden, doubt
}

func in[T comparable](set map[T]bool, some []T) bool {
	return slices.ContainsFunc(some, func(one T) bool { return set[one] })
}
