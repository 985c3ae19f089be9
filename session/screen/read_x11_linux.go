package screen

import (
	"errors"
	"image"
	"slices"

	"github.com/jezek/xgb/screensaver"
	"github.com/jezek/xgb/shm"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/pixel"
)

// Read is Told's.
func (e *ear) Read(r Reading) (Seen, error) {
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
	if err := e.locked(); err != nil {
		return Seen{}, err
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

// locked gives ErrLocked when the screen saver has come.
func (e *ear) locked() error {
	if !e.saver {
		return nil
	}
	info, err := screensaver.QueryInfo(e.conn, xproto.Drawable(e.x.root)).Reply()
	if err == nil && info.State == screensaver.StateOn {
		return ErrLocked
	}
	return err
}

// fetch reads parts of the desktop, and then whether they could be read: the
// screen was not locked meanwhile, and the monitors are where they were.
func (e *ear) fetch(parts region, dst *pixel.Bitmap, origin image.Point) error {
	var err error
	if e.shm != nil {
		err = e.share(parts, dst, origin)
	} else {
		err = e.get(parts, dst, origin)
	}
	if err != nil {
		return err
	}
	list := e.x.askMonitors(e.conn)
	if err := e.locked(); err != nil {
		return err
	}
	monitors, err := list.reply()
	if err != nil {
		return err
	}
	if !slices.Equal(monitors, e.monitors) {
		return ErrChanged
	}
	return nil
}

// What is read at once: several parts, or bands of a large one, so that one is
// copied while the server fills the next, and both stay in the processor's cache.
const (
	ringSize = 4 << 20 // bytes
	bandSize = 1 << 20
)

// piece is a part that has been asked for.
type piece struct {
	at     image.Rectangle
	offset int
	cookie shm.GetImageCookie
}

func (p piece) end() int { return p.offset + 4*p.at.Dx()*p.at.Dy() }

func (e *ear) share(parts region, dst *pixel.Bitmap, origin image.Point) error {
	if len(e.shm.memory) < ringSize {
		if err := e.shm.grow(e.conn, ringSize); err != nil {
			return err
		}
	}
	var asked []piece
	take := func() error {
		p := asked[0]
		asked = asked[1:]
		if _, err := p.cookie.Reply(); err != nil {
			return err
		}
		e.x.pixel.store(dst, p.at.Sub(origin), e.shm.memory[p.offset:p.end()])
		return nil
	}
	free := 0
	for _, band := range bands(parts) {
		p := piece{at: band, offset: free}
		if p.end() > ringSize {
			p.offset = 0
		}
		for len(asked) > 0 && slices.ContainsFunc(asked, func(q piece) bool { return q.offset < p.end() && p.offset < q.end() }) {
			if err := take(); err != nil {
				return err
			}
		}
		p.cookie = shm.GetImage(e.conn, xproto.Drawable(e.x.root), int16(band.Min.X), int16(band.Min.Y), uint16(band.Dx()), uint16(band.Dy()),
			allPlanes, xproto.ImageFormatZPixmap, e.shm.id, uint32(p.offset))
		asked, free = append(asked, p), p.end()
	}
	for len(asked) > 0 {
		if err := take(); err != nil {
			return err
		}
	}
	return nil
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
