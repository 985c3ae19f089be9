package session

import (
	"context"
	"errors"
	"image"
	"sync"
	"time"

	"github.com/beistand/beistand/session/codec"
	"github.com/beistand/beistand/session/pace"
	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/picture"
	"github.com/beistand/beistand/session/pixel"
)

// motion sends what moves as a video track: one film of the rectangle that
// holds all regions. It takes the newest picture whenever it has done the last.
type motion struct {
	run     *run
	kind    codec.Kind
	allowed func() bool // under the gate's mu
	control *steering
	whole   bool // of the whole screen: there are no tiles
	news    chan struct{}
	lost    bool   // the last frame did not leave; serve's alone
	began   func() // called once, when the first has; nil calls nothing

	mu    sync.Mutex // guards the rest
	where image.Rectangle
	next  *pixel.Bitmap // nil: it is being encoded
	spare *pixel.Bitmap
	at    uint32
	fresh bool // next has not been taken
}

// show takes what is now in the regions, if something has changed there.
func (m *motion) show(p *pixel.Bitmap, damage []image.Rectangle, regions []picture.Region, at uint32) {
	where := p.Rect
	if !m.whole {
		if where = around(regions); where.Empty() {
			m.mu.Lock()
			m.where, m.fresh = where, false
			m.mu.Unlock()
			return
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.where == where && !touches(damage, where) {
		return
	}
	m.where = where
	if m.next == nil {
		m.next, m.spare = m.spare, nil
	}
	if m.next == nil || m.next.Rect != where {
		m.next = pixel.New(where)
	}
	m.next.Copy(p, where)
	m.at, m.fresh = at, true
	tell(m.news)
}

// around is the rectangle that holds all regions.
func around(regions []picture.Region) (all image.Rectangle) {
	for _, r := range regions {
		all = all.Union(r.Rect)
	}
	return all
}

func touches(rects []image.Rectangle, r image.Rectangle) bool {
	for _, one := range rects {
		if one.Overlaps(r) {
			return true
		}
	}
	return false
}

func (m *motion) take() (p *pixel.Bitmap, at uint32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.fresh {
		return nil, 0
	}
	p, at, m.fresh = m.next, m.at, false
	m.next = nil
	return p, at
}

func (m *motion) done(p *pixel.Bitmap) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.spare = p
}

// serve encodes until ctx ends.
func (m *motion) serve(ctx context.Context) error {
	f := &film{motion: m}
	defer f.close()
	for {
		select {
		case <-m.news:
		case <-ctx.Done():
			return ctx.Err()
		}
		if p, at := m.take(); p != nil {
			err := f.frame(p, at)
			m.done(p)
			if err != nil {
				return err
			}
		}
	}
}

// film is the encoder that is in use.
type film struct {
	motion  *motion
	encoder codec.Encoder
	size    image.Point
	over    *line // what the last frame went over
	began   time.Time
	rated   int
}

// filmRate is the frame rate that the encoder counts on, a second.
const filmRate = 30

// pixelRate is the bits a second that a pixel of a film is worth at most: with
// more it looks the same, some 40 dB (docs/decisions.md, Video).
const pixelRate = 7

func (f *film) frame(p *pixel.Bitmap, at uint32) error {
	m := f.motion
	l := m.run.using.Load()
	if l == nil {
		return nil
	}
	rate := min(m.control.motion(time.Now()), pixelRate*p.Rect.Dx()*p.Rect.Dy())
	if f.encoder == nil || f.size != p.Rect.Size() {
		f.close()
		e, err := codec.NewEncoder(m.kind, p.Rect.Size(), codec.EncoderOptions{Rate: rate, FPS: filmRate, Threads: 1})
		if err != nil {
			return err
		}
		f.encoder, f.size, f.began, f.rated = e, p.Rect.Size(), time.Now(), rate
	}
	if d := rate - f.rated; d > f.rated/8 || -d > f.rated/8 {
		f.encoder.SetRate(rate)
		f.rated = rate
	}
	key := l != f.over || m.lost
	select {
	case <-l.conn.KeyWanted():
		key = true
	default:
	}
	f.over = l
	packet, err := f.encoder.Encode(p, p.Rect, time.Since(f.began), key)
	if err != nil {
		return err
	}
	if err := m.give(l, packet.Data, at, rate); err != nil {
		return err
	}
	if m.began != nil {
		m.began()
		m.began = nil
	}
	return nil
}

// give sends an encoded frame, while it is allowed.
func (m *motion) give(l *line, frame []byte, at uint32, rate int) error {
	g := m.run.conf.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.open(see) || !m.allowed() {
		g.torn = g.torn || g.hold != 0
		return errWithheld
	}
	if len(frame) == 0 {
		return nil
	}
	l.conn.PaceVideo(2 * rate)
	m.lost = errors.Is(l.conn.WriteVideo(frame, at), peer.ErrFull) // a line that has ended is another's to tell
	m.control.sent(time.Now(), pace.Motion, len(frame))
	m.run.bytes.Add(int64(len(frame)))
	return nil
}

func (f *film) close() {
	if f.encoder != nil {
		f.encoder.Close()
		f.encoder = nil
	}
}

// moving says whether something is motion at the moment.
func (m *motion) moving() bool {
	if m == nil {
		return false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return !m.where.Empty()
}
