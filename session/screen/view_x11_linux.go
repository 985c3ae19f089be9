package screen

import (
	"errors"
	"fmt"
	"image"
	"slices"

	"github.com/jezek/xgb/screensaver"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/x11"
)

var _ ViewSource = (*display)(nil)

// GrabView is ViewSource's. The server tells what happens to windows in the
// same order in which it answers: what has changed until after the picture is
// known, and every place that a hidden window had meanwhile is black.
func (x *display) GrabView(m Monitor, dst *image.RGBA, v View) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.conn == nil {
		return ErrClosed
	}
	err := x.grabView(m, dst, v)
	var match xproto.MatchError // the desktop has become smaller since
	if errors.As(err, &match) {
		err = ErrChanged
	}
	if err != nil {
		return fmt.Errorf("read monitor %q: %w", m.Name, err)
	}
	return nil
}

func (x *display) grabView(m Monitor, dst *image.RGBA, v View) error {
	monitors, err := x.monitors()
	if err != nil {
		return err
	}
	if err := Check(m, dst, monitors); err != nil {
		return err
	}
	if x.locked() {
		blackOut(dst)
		return ErrLocked
	}
	if v.Scope.All && len(v.Hide) == 0 {
		pixels, err := x.pixels(m.Bounds)
		if err == nil {
			x.pixel.convert(dst, pixels)
		}
		return err
	}
	if err := x.follow(); err != nil {
		blackOut(dst)
		return fmt.Errorf("%w: %w", ErrPlaces, err)
	}
	if err := x.picture(m, dst, v); err != nil {
		blackOut(dst)
		return err
	}
	return nil
}

// locked says whether the screen saver has come. Lock screens that do not tell
// the server so are not known here.
func (x *display) locked() bool {
	if x.saver == nil {
		_, err := x11.Use(x.conn, "MIT-SCREEN-SAVER")
		if err == nil {
			_, err = screensaver.QueryVersion(x.conn, 1, 1).Reply()
		}
		has := err == nil
		x.saver = &has
	}
	if !*x.saver {
		return false
	}
	info, err := screensaver.QueryInfo(x.conn, xproto.Drawable(x.root)).Reply()
	return err == nil && info.State == screensaver.StateOn
}

// follow begins to know where windows are.
func (x *display) follow() error {
	if x.watch != nil {
		return nil
	}
	s, err := newSpeaker(x.conn, x.screen)
	if err != nil {
		return err
	}
	named := map[xproto.Atom]bool{}
	for _, name := range spoken {
		named[s.atoms[name]] = true
	}
	x.speaker = s
	x.watch, err = startWatch(x.conn, x.root, named, x.ears.wake)
	return err
}

func (x *display) picture(m Monitor, dst *image.RGBA, v View) error {
	seen, err := x.watched(region{m.Bounds}, v, func(before places, chosen map[xproto.Window]bool, composed bool, _ region) error {
		if composed {
			x.compose(m, dst, before, chosen)
			return nil
		}
		pixels, err := x.pixels(m.Bounds)
		if err == nil {
			x.pixel.convert(dst, pixels)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, r := range (region{m.Bounds}).less(seen) {
		blackPart(dst, r.Sub(m.Bounds.Min).Add(dst.Rect.Min))
	}
	return nil
}

// watched says what of area may be seen of what was read. read is given what
// may be at most; composed says that it must be made of the windows' own pixels.
func (x *display) watched(area region, v View, read func(before places, chosen map[xproto.Window]bool, composed bool, most region) error) (region, error) {
	before, err := x.look(v.Hide, true)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPlaces, err)
	}
	chosen := chosenOf(before, v.Scope)
	composed := (!v.Scope.All || len(before.hidden) > 0) && x.composited()
	seen := area
	if !v.Scope.All && !composed {
		seen = x.uncovered(before, chosen, area)
	}
	if err := read(before, chosen, composed, seen.less(before.covered())); err != nil {
		return nil, err
	}
	if !v.Scope.All && !composed {
		seen = seen.within(x.uncovered(before, chosen, area)) // their forms may have changed
	}
	after, err := x.look(v.Hide, false)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPlaces, err)
	}
	for _, m := range x.watch.moments() {
		now, there := after.tops[m.id]
		_, was := before.tops[m.id]
		switch {
		case before.hidden[m.id] || after.hidden[m.id] || !was && !there:
			seen = seen.without(m.bounds)
		case !v.Scope.All && chosen[m.id]:
			seen = seen.within(region{m.bounds})
		case !v.Scope.All && !now.words.inputOnly:
			seen = seen.without(m.bounds)
		}
	}
	for r := range x.left {
		seen = seen.without(r)
	}
	x.last = after
	return seen.less(before.covered()).less(after.covered()), nil
}

// covered is where hidden windows are.
func (p places) covered() (all region) {
	for id := range p.hidden {
		if t := p.tops[id]; t.mapped {
			all = append(all, t.bounds)
		}
	}
	return all
}

// moments gives what has happened since the last look that begins.
func (w *watch) moments() []moment {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.log) == maxLog { // nobody knows what else
		return []moment{{bounds: image.Rect(-1<<16, -1<<16, 1<<16, 1<<16)}}
	}
	return slices.Clone(w.log)
}

// chosenOf are the windows on the desktop that the scope names, or that hold
// one that it names; nil is all.
func chosenOf(p places, s Scope) map[xproto.Window]bool {
	if s.All {
		return nil
	}
	chosen := map[xproto.Window]bool{}
	for id, t := range p.tops {
		if slices.ContainsFunc(t.words.ids, func(w xproto.Window) bool { return slices.Contains(s.Windows, uint32(w)) }) && !p.hidden[id] {
			chosen[id] = true
		}
	}
	return chosen
}
