package session

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/beistand/beistand/session/wire"
)

const (
	piecesRoom = 64 << 10             // of the picture may wait for the data channel: more would be old before it left
	piecesBeat = 5 * time.Millisecond // between two looks at how much waits
)

// byPieces carries frames over the data channel: to browsers, and where two
// programs have not agreed on datagrams.
type byPieces struct {
	run     *run
	allowed func() bool   // under all locks
	free    chan struct{} // holds one
	busy    chan struct{} // something waits to leave; holds one
	frame   []byte        // put's alone

	control *steering
	gone    atomic.Int64 // bytes that were put and are not known to have left
}

func newByPieces(r *run, allowed func() bool, c *steering) *byPieces {
	return &byPieces{run: r, allowed: allowed, control: c, free: make(chan struct{}, 1), busy: make(chan struct{}, 1)}
}

func (p *byPieces) put(ctx context.Context, f wire.Frame) (int, error) {
	p.frame = wire.AppendFrame(p.frame[:0], f)
	sent := 0
	for offset := 0; offset < len(p.frame); offset += wire.MaxChunk {
		piece := p.frame[offset:min(offset+wire.MaxChunk, len(p.frame))]
		n, err := p.say(ctx, &wire.Picture{Number: f.Number, Total: uint32(len(p.frame)), Offset: uint32(offset), Data: piece})
		if err != nil {
			return sent, err
		}
		sent += n
		p.gone.Add(int64(n))
		tell(p.busy)
	}
	return sent, nil
}

func (p *byPieces) say(ctx context.Context, m wire.Message) (int, error) {
	return p.run.out.put(ctx, parcel{message: m, need: see, also: p.allowed})
}

// waiting is how many bytes the connection has not got rid of.
func (p *byPieces) waiting() int {
	waiting := p.run.out.waiting()
	if l := p.run.using.Load(); l != nil {
		waiting += l.conn.Waiting()
	}
	return waiting
}

func (p *byPieces) room(now time.Time) int {
	waiting := p.waiting()
	if waiting >= piecesRoom {
		return 0
	}
	return p.control.room(now, waiting)
}

func (p *byPieces) freed() <-chan struct{} { return p.free }

// serve measures how quickly the connection gets rid of what it is given.
func (p *byPieces) serve(ctx context.Context) error {
	for {
		select {
		case <-p.busy:
		case <-ctx.Done():
			return ctx.Err()
		}
		for waits := true; waits; {
			select {
			case <-time.After(piecesBeat):
			case <-ctx.Done():
				return ctx.Err()
			}
			waits = p.measure(time.Now())
		}
	}
}

// measure says whether something still waits.
func (p *byPieces) measure(now time.Time) bool {
	waiting := p.waiting()
	if left := int(p.gone.Load()) - waiting; left > 0 {
		p.control.acked(now, left, waiting)
		p.gone.Add(-int64(left))
	}
	if waiting < piecesRoom {
		tell(p.free)
	}
	return waiting > 0
}

func (p *byPieces) cursor(ctx context.Context, m *wire.Cursor) error {
	_, err := p.say(ctx, m)
	return err
}

func (p *byPieces) rerouted() { p.control.rerouted() }

func (p *byPieces) figures() (roundTrip time.Duration, lost uint16, estimate uint32) {
	return 0, 0, p.control.estimate()
}
