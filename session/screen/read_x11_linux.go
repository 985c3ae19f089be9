package screen

import (
	"errors"
	"image"

	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/pixel"
)

// Read is Told's.
func (e *ear) Read(r Reading) (Seen, error) {
	e.busy.Lock()
	defer e.busy.Unlock()
	if err := e.over(); err != nil {
		return Seen{}, err
	}
	seen, err := e.read(r)
	var match xproto.MatchError // the desktop has become smaller since
	if errors.As(err, &match) {
		err = ErrChanged
	}
	if err != nil {
		return Seen{}, e.gone(err)
	}
	return seen, nil
}

func (e *ear) read(r Reading) (Seen, error) {
	if e.state.locked {
		return Seen{}, ErrLocked
	}
	if r.View.Scope.All && len(r.View.Hide) == 0 {
		return Seen{Parts: r.Area}, e.fetch(r.Parts, r.Into, r.Origin)
	}
	x := e.x
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.conn == nil {
		return Seen{}, ErrClosed
	}
	if err := x.follow(); err != nil {
		return Seen{}, errors.Join(ErrPlaces, err)
	}
	seen, err := x.watched(r.Area, r.View, func(_ places, _ map[xproto.Window]bool, composed bool, most region) error {
		if composed {
			return ErrUntold
		}
		return e.fetch(most.within(r.Parts), r.Into, r.Origin)
	})
	return Seen{Parts: seen, Again: len(x.left) > 0}, err
}

// fetch reads parts of the desktop. That the screen was not locked meanwhile,
// and that the monitors are where they were, is asked behind them.
func (e *ear) fetch(parts region, dst *pixel.Bitmap, origin image.Point) error {
	if len(parts) == 0 {
		return nil
	}
	if e.shm == nil {
		if err := e.get(parts, dst, origin); err != nil {
			return err
		}
		now, err := e.ask().reply()
		return errors.Join(err, e.state.same(now))
	}
	if len(e.shm.memory) < ringSize {
		if err := e.shm.grow(e.conn, ringSize); err != nil {
			return err
		}
	}
	r := ring{e: e, dst: dst, origin: origin}
	for _, band := range bands(parts) {
		if err := r.ask(band); err != nil {
			return err
		}
	}
	asked := e.ask()
	for len(r.asked) > 0 {
		if err := r.take(); err != nil {
			return err
		}
	}
	now, err := asked.reply()
	return errors.Join(err, e.state.same(now))
}

// bands cuts parts into those of at most bandSize bytes.
func bands(parts region) region {
	var all region
	for _, r := range parts {
		rows := max(1, bandSize/4/r.Dx())
		for y := r.Min.Y; y < r.Max.Y; y += rows {
			all = append(all, image.Rect(r.Min.X, y, r.Max.X, min(y+rows, r.Max.Y)))
		}
	}
	return all
}

// get reads without shared memory.
func (e *ear) get(parts region, dst *pixel.Bitmap, origin image.Point) error {
	for _, r := range bands(parts) {
		reply, err := xproto.GetImage(e.conn, xproto.ImageFormatZPixmap, xproto.Drawable(e.x.root),
			int16(r.Min.X), int16(r.Min.Y), uint16(r.Dx()), uint16(r.Dy()), allPlanes).Reply()
		if err != nil {
			return err
		}
		if len(reply.Data) < 4*r.Dx()*r.Dy() {
			return errShort
		}
		e.x.pixel.store(dst, r.Sub(origin), reply.Data)
	}
	return nil
}

var errShort = errors.New("the server gave less than it was asked for")
