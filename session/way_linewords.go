package session

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/beistand/beistand/session/peer"
	"github.com/beistand/beistand/session/wire"
)

// describe makes this side's description: the host's offer, the viewer's answer.
func describe(conn *peer.Conn, number uint32, offer wire.Message) (wire.Message, error) {
	if theirs, ok := offer.(*wire.Offer); ok {
		answer, err := conn.Answer(theirs.SDP)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrTampered, err)
		}
		return &wire.Answer{Connection: number, SDP: answer}, nil
	}
	sdp, err := conn.Offer()
	if err != nil {
		return nil, errors.Join(errSetUp, err)
	}
	return &wire.Offer{Connection: number, SDP: sdp}, nil
}

// learn takes one word. A candidate that is of no use does no harm: the others
// remain, and time is limited.
func learn(conn *peer.Conn, m wire.Message) error {
	switch m := m.(type) {
	case *wire.Answer:
		if err := conn.Accept(m.SDP); err != nil {
			return fmt.Errorf("%w: %w", ErrTampered, err)
		}
	case *wire.Candidate:
		if m.Line != "" {
			_ = conn.AddCandidate(peer.Candidate{Line: m.Line, Mid: m.Mid, Index: m.Index, Ufrag: m.Ufrag})
		}
	}
	return nil
}

// saidAgain is when a line's candidates are said again if it has not opened:
// each may be the only one that works, and the room loses some.
const saidAgain = time.Second

// trickle says a line's candidates as they are found, and once more.
func (r *run) trickle(l *line, conn *peer.Conn) {
	var said []*wire.Candidate
	again := time.NewTimer(never)
	defer again.Stop()
	for found := conn.Candidates(); found != nil || len(said) > 0; {
		select {
		case c, more := <-found:
			m := &wire.Candidate{Connection: l.number, Line: c.Line, Mid: c.Mid, Index: c.Index, Ufrag: c.Ufrag}
			if !r.post(post{news: &lineNews{line: l, say: m}}) {
				return
			}
			if !more {
				found = nil
				break
			}
			said = append(said, m)
			again.Reset(saidAgain)
		case <-again.C:
			all := said
			if said = nil; !r.post(post{do: func() { r.repeat(l, all) }}) {
				return
			}
		case <-l.life.Done():
			return
		}
	}
}

// repeat says a line's candidates once more. Before the session is live the
// room loses nothing.
func (r *run) repeat(l *line, said []*wire.Candidate) {
	if l != r.next || l.way.opener != nil || r.state != live && r.state != paused {
		return
	}
	for _, m := range said {
		if err := r.say(r.life, m); err != nil {
			r.fail(err)
			return
		}
	}
}

// watch posts what comes over a connection until it ends.
func (r *run) watch(l *line, conn *peer.Conn) {
	tell := func(n lineNews) bool { n.line = l; return r.post(post{news: &n}) }
	select {
	case <-conn.Opened():
	case <-conn.Done():
		tell(lineNews{over: conn.Err()})
		return
	case <-l.life.Done():
		return
	}
	if !tell(lineNews{opened: true}) {
		return
	}
	var steady sync.WaitGroup
	defer steady.Wait()
	steady.Go(func() {
		for {
			select {
			case s := <-conn.Steady():
				if !tell(lineNews{steady: &s}) {
					return
				}
			case <-conn.Done():
				return
			case <-l.life.Done():
				return
			}
		}
	})
	for {
		m, err := conn.Receive(l.life)
		if err != nil {
			if l.life.Err() == nil {
				tell(lineNews{over: err})
			}
			return
		}
		if len(m) > 0 && !tell(lineNews{data: m}) {
			return
		}
	}
}
