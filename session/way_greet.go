package session

import (
	"errors"
	"fmt"

	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/wire"
)

// heed takes what a line's goroutine has to say. What comes of lines that are
// over is passed over.
func (r *run) heed(n *lineNews) {
	l := n.line
	if l != r.line && l != r.next || r.state == ended {
		return
	}
	var err error
	switch {
	case n.over != nil:
		r.lose(l, n.over)
	case n.conn != nil:
		l.conn = n.conn
		err = r.say(r.life, n.say)
	case n.say != nil:
		err = r.say(r.life, n.say)
	case n.opened:
		err = r.greet(l)
	case n.data != nil && l == r.line:
		err = r.takeData(n.data)
	case n.data != nil:
		err = r.greeted(l, n.data)
	case l == r.line && *n.steady:
		r.heals()
	case l == r.line:
		r.breaks()
	}
	if err != nil {
		r.fail(err)
	}
}

// lose is the end of a line.
func (r *run) lose(l *line, err error) {
	l.end()
	switch {
	case errors.Is(err, ErrTampered), errors.Is(err, peer.ErrFingerprint), errors.Is(err, peer.ErrChannel):
		r.fault = err
		r.happen(evTampered)
	case r.state == connecting:
		r.happen(evLost)
	case l == r.line:
		r.line = nil
		r.using.Store(nil)
		r.breaks()
	default:
		r.next = nil
	}
}

// greet begins the way over a line that has opened: nothing of the one before
// is taken or given any more.
func (r *run) greet(l *line) (err error) {
	if l.way, err = newWay(r.key, l.number); err != nil {
		return err
	}
	if l.conn.Datagrams() {
		if l.beside, err = newBeside(r.key, l.number); err != nil {
			return err
		}
		r.besides = true
	} else if r.besides {
		return fmt.Errorf("connection %d is without datagrams, one before was not: %w", l.number, ErrTampered)
	}
	r.using.Store(nil)
	if r.line != nil {
		r.line.end()
		r.line = nil
	}
	l.greeting <- r.taken.count
	return nil
}

// greeted is the other side's first message on a line: the two go on.
func (r *run) greeted(l *line, data []byte) error {
	if l.way.opener == nil {
		return ErrTampered
	}
	m, err := open(l.way.opener, data)
	if err != nil {
		return err
	}
	theirs, ok := m.(*wire.Resume)
	if !ok {
		return ErrTampered
	}
	if err := r.out.rewind(theirs.Received); err != nil {
		return err
	}
	r.line, r.next, r.trouble.open, r.able = l, nil, false, theirs.Able
	r.using.Store(l)
	r.side.rerouted()
	close(l.goOn)
	if r.conf.took != nil {
		r.conf.took(l.number)
	}
	before := r.path
	r.path = PathDirect
	if l.conn.Relayed() {
		r.path = PathRelayed
	}
	if r.state == connecting {
		r.happen(evOpened)
		return nil
	}
	told := r.trouble.told != ""
	r.heals()
	r.hurry()
	if !told && before != r.path {
		r.tellLive()
	}
	return nil
}
