package session

import (
	"bytes"
	"context"
	"image"
	"sync"
	"time"

	"github.com/beistand/beistand/session/codec"
	"github.com/beistand/beistand/session/flow"
	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
	"github.com/beistand/beistand/session/wire"
)

// screened takes what the data channel brings of the customer's screen.
func (v *viewing) screened(r *run, m wire.Message) error {
	if !v.copy.Chain().Holds(record.See) {
		return &NoRightError{rights.See}
	}
	switch m := m.(type) {
	case *wire.Screen:
		v.pieces.Drop()
		v.flows.begin(m)
		if err := v.watching.begin(m); err != nil {
			return err
		}
		for _, early := range v.flows.takeEarly() {
			if err := v.beside(r, early); err != nil {
				return err
			}
		}
	case *wire.Picture:
		return v.piece(r, m)
	case *wire.Shape:
		return v.pointer.shaped(m)
	case *wire.Cursor:
		v.pointer.moved(m)
	case *wire.Figures:
		f := figuresOf(*m)
		v.figures.Store(&f)
	}
	return nil
}

// piece takes one, and the whole frame with the last.
func (v *viewing) piece(r *run, m *wire.Picture) error {
	r.bytes.Add(int64(len(m.Data)))
	frame, err := v.pieces.Add(m.Number, m.Total, m.Offset, m.Data)
	if err != nil || frame == nil {
		return err
	}
	epoch, _ := v.watching.by(wire.ByPieces)
	if epoch == 0 {
		return ErrTampered
	}
	return v.watching.came(epoch, bytes.Clone(frame)) // the pieces' until the next
}

// beside takes a datagram; the line's goroutine calls it.
func (v *viewing) beside(r *run, m wire.Message) error {
	switch m := m.(type) {
	case *wire.Flow:
		epoch, err := flow.EpochOf(m.Packet)
		if err != nil {
			return err
		}
		r.bytes.Add(int64(len(m.Packet)))
		switch by, newest := v.watching.by(wire.ByDatagrams); {
		case epoch > newest: // the word that it begins comes another way
			v.flows.early(m)
		case epoch == by:
			return v.flows.take(r, m.Packet, func(frame []byte) error { return v.watching.came(epoch, frame) })
		}
		return nil // from before a pause
	case *wire.Cursor:
		v.pointer.moved(m)
		return nil
	}
	return ErrTampered
}

// rerouted is the host's: here answers follow what comes.
func (*viewing) rerouted() {}

// flows puts the frames together that come as datagrams, and says what has come.
type flows struct {
	timer *time.Timer // when something is to be said

	mu       sync.Mutex // guards the rest
	receiver *flow.Receiver
	before   []*wire.Flow
}

// maxEarly is how many packets may come before the word that they belong to.
const maxEarly = 64

func (f *flows) begin(m *wire.Screen) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.receiver = nil
	if m.Carrier == wire.ByDatagrams {
		f.receiver = flow.NewReceiver()
	}
}

func (f *flows) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.receiver, f.before = nil, nil
}

func (f *flows) early(m *wire.Flow) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.before) < maxEarly {
		f.before = append(f.before, m)
	}
}

func (f *flows) takeEarly() []*wire.Flow {
	f.mu.Lock()
	defer f.mu.Unlock()
	early := f.before
	f.before = nil
	return early
}

func (f *flows) take(r *run, packet []byte, frame func([]byte) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.receiver == nil {
		return nil
	}
	frames, err := f.receiver.Packet(time.Now(), packet)
	if err != nil {
		return err
	}
	for _, b := range frames {
		if err := frame(b); err != nil {
			return err
		}
	}
	f.timer.Reset(f.answer(r))
	return nil
}

// run says what has come until ctx ends.
func (f *flows) run(ctx context.Context, r *run) {
	defer f.timer.Stop()
	for {
		select {
		case <-f.timer.C:
			f.mu.Lock()
			f.timer.Reset(f.answer(r))
			f.mu.Unlock()
		case <-ctx.Done():
			return
		}
	}
}

// answer says what is due, and when the next is; mu is held.
func (f *flows) answer(r *run) time.Duration {
	l := r.using.Load()
	for f.receiver != nil && l != nil && l.beside != nil {
		packet, wait := f.receiver.Feedback(time.Now())
		if packet == nil {
			return wait
		}
		r.beside(l, &wire.Flowed{Packet: packet})
	}
	return never
}

// track decodes a line's video until the line ends.
func (v *viewing) track(r *run, l *line, conn *peer.Conn) {
	select {
	case <-l.goOn:
	case <-l.life.Done():
		return
	}
	kind := codec.Kind(conn.VideoCodec())
	if kind == "" {
		return
	}
	decoder, err := codec.NewDecoder(kind)
	if err != nil {
		return // it has not been said that this side can
	}
	defer decoder.Close()
	v.watching.kind.Store(&kind)
	film := &reel{decoder: decoder, kind: kind}
	for {
		f, err := conn.Video(l.life)
		if err != nil {
			return
		}
		r.bytes.Add(int64(len(f.Data)))
		p, err := film.decode(f.Data)
		if err != nil {
			conn.AskKey()
			continue
		}
		film.spare = v.watching.film(r, p, f.At)
	}
}

// reel decodes the pictures of one track.
type reel struct {
	decoder codec.Decoder
	kind    codec.Kind
	size    image.Point   // of the pictures since the last keyframe
	spare   *pixel.Bitmap // to decode into; nil: there is none
}

func (f *reel) decode(data []byte) (*pixel.Bitmap, error) {
	size, key, err := codec.FrameSize(f.kind, data)
	if err != nil {
		return nil, err
	}
	if key {
		f.size = size
	}
	p := f.spare
	if p == nil || p.Rect.Size() != f.size {
		p = pixel.New(image.Rectangle{Max: f.size})
	}
	f.spare = p
	return p, f.decoder.Decode(data, p)
}
