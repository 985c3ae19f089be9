package session

import (
	"context"
	"fmt"

	"github.com/beistand/beistand/session/wire"
)

// part ends what the two say to each other. Nothing that needs a right leaves
// any more. By every way that there is, the host tells the record's last
// entries, and who knows of the end first says so; the viewer countersigns
// what it is told. All that takes partTime at most, besides the own disk.
func (r *run) part(ctx context.Context) {
	defer r.endLines()
	r.out.withdraw(true)
	last, bye, signs := r.side.conclude(r), r.farewell(), r.signs()
	if bye == nil && !signs {
		last = nil
	}
	ctx, cancel := context.WithTimeout(ctx, r.conf.part)
	defer cancel()
	answers, done := r.lastByRoom(ctx, last, bye)
	defer func() { close(answers); <-done }()
	if r.next != nil {
		r.next.end()
	}
	if bye != nil {
		last = append(last[:len(last):len(last)], bye)
	}
	if !r.sayLast(ctx, last) { // what it still held of a picture goes nowhere
		r.endLines()
		r.line = nil
	}
	err := r.side.keep()
	if err == nil && signs {
		err = r.witness(ctx, answers)
	}
	if err != nil && r.outcome.err == nil {
		r.outcome.err = fmt.Errorf("%w: %w", ErrNoRecord, err)
	}
}

// lastByRoom says the record's last entries through the desk, the goodbye, if
// there is one, and then the answers, until there are no more; done is closed
// when all is said. Many entries to a slow side leave time for the goodbye.
func (r *run) lastByRoom(ctx context.Context, last []wire.Message, bye wire.Message) (answers chan<- wire.Message, done <-chan struct{}) {
	more, said := make(chan wire.Message, 1), make(chan struct{})
	alone := r.reached == waiting && (r.outcome.cause == evStop || r.outcome.cause == evExpired)
	if r.room.sealer == nil {
		last = nil // it is not told in the clear
	}
	go func() {
		defer close(said)
		works := !alone // else nobody is there to hear it
		half, cancel := context.WithTimeout(ctx, r.conf.part/2)
		defer cancel()
		for _, m := range last {
			works = works && r.say(half, m) == nil // the other side notices also without
		}
		if bye != nil && !alone && (works || r.reached >= live) { // before, a message that is missing is one too many
			works = r.say(ctx, bye) == nil
		}
		for m := range more {
			works = works && r.say(ctx, m) == nil
		}
	}()
	return more, said
}

// sayLast says the last messages over the data channel. False: it has not
// taken all in time.
func (r *run) sayLast(ctx context.Context, last []wire.Message) bool {
	l := r.line
	if l == nil {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, r.conf.part*2/5)
	defer cancel()
	for _, m := range last {
		if _, err := r.send(ctx, m); err != nil {
			return false
		}
	}
	return r.out.empty(ctx) == nil && l.conn.Flush(ctx) == nil
}

// witness takes what comes after the end until the record is whole, and says the
// answers by every way.
func (r *run) witness(ctx context.Context, answers chan<- wire.Message) error {
	byRoom := r.place.There()
	var told wire.Message
	for {
		if a := r.side.signature(); a != nil && a != told {
			told = a
			select {
			case answers <- a:
			default: // one waits already; all of it is said over the data channel
			}
			if r.line != nil {
				_, _ = r.send(ctx, a) // the other side goes without
			}
		}
		if r.side.whole() || !byRoom && r.line == nil {
			break
		}
		select {
		case p := <-r.posts:
			byRoom = byRoom && p.event != evPeerLeft && p.event != evRoomLost && p.event != evDeskEnded && p.event != evDeskExpired
			if m := r.hearLast(p); m != nil {
				if err := r.side.last(m); err != nil {
					return err
				}
			}
		case <-ctx.Done(): // the other side is slow, or silent
			return nil
		}
	}
	r.sayLast(ctx, nil)
	return nil
}

// hearLast opens what comes after the end. What does not open is passed over:
// nothing can come of it any more.
func (r *run) hearLast(p post) wire.Message {
	if p.room != nil {
		m, err := r.openRoom(p.room)
		if err != nil {
			return nil
		}
		return m
	}
	if r.line == nil || p.news == nil || p.news.line != r.line {
		return nil
	}
	var err error
	var m wire.Message
	switch {
	case p.news.over != nil:
		err = p.news.over
	case p.news.data != nil:
		m, err = r.openChannel(p.news.data)
	}
	if err != nil {
		r.line.end()
		r.line = nil
		return nil
	}
	return m
}
