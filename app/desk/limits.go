package desk

import (
	"net/http"
	"strconv"
	"time"

	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
)

// limits bound how often somebody does something.
type limits struct {
	filing    gate.Limiter // tickets, by address
	saying    gate.Limiter // what a ticket's customer writes, by ticket
	recording gate.Limiter // appending to records, by session: each checks the whole
	askers    gate.Limiter // sessions asked for, by member of staff
	askedFrom gate.Limiter // by address
	asked     gate.Limiter // in all
	guesses   guesses
	entering  gate.Limiter // a room, by session and side
	looking   gate.Limiter // for what is similar, by address
	thanks    gate.Limiter // for what has helped, by address
	thanked   gate.Limiter // by address and what it was
}

func (l *limits) set() {
	for _, one := range []struct {
		limit *gate.Limiter
		burst int
		every time.Duration
	}{
		{&l.filing, 20, time.Minute},
		{&l.saying, 60, 10 * time.Second},
		{&l.recording, 100, time.Second},
		{&l.askers, 20, 10 * time.Second},
		{&l.askedFrom, 60, 2 * time.Second}, // an office behind one address
		{&l.asked, 300, 200 * time.Millisecond},
		{&l.guesses.limit, 100, time.Second},
		{&l.entering, 30, time.Second},
		{&l.looking, 60, 300 * time.Millisecond},
		{&l.thanks, 10, 5 * time.Minute},
		{&l.thanked, 1, 24 * time.Hour},
	} {
		one.limit.Burst, one.limit.Every = one.burst, one.every
	}
}

// tidy forgets whoever has all their tries again.
func (l *limits) tidy(now time.Time) {
	for _, one := range []*gate.Limiter{&l.filing, &l.saying, &l.recording, &l.askers, &l.askedFrom, &l.entering, &l.looking, &l.thanks, &l.thanked} {
		one.Tidy(now)
	}
	l.guesses.tidy(now)
}

// admitFiling bounds how many tickets come from one address.
func (s *Server) admitFiling(r *http.Request) error {
	if wait, ok := s.filing.Take(s.address(r), s.cfg.seams.now()); !ok {
		return reply.TooMany("many tickets came from your network in a short time", wait)
	}
	return nil
}

// admitSaying bounds how much a ticket's customer writes.
func (s *Server) admitSaying(ticket int64) error {
	if wait, ok := s.saying.Take(strconv.FormatInt(ticket, 10), s.cfg.seams.now()); !ok {
		return reply.TooMany("much was written on this ticket in a short time", wait)
	}
	return nil
}

// admitLooking bounds how often an address looks for what is similar: somebody who types asks at every word.
func (s *Server) admitLooking(r *http.Request) error {
	if wait, ok := s.looking.Take(s.address(r), s.cfg.seams.now()); !ok {
		return reply.TooMany("there were many questions from your network in a short time", wait)
	}
	return nil
}

// admitThanks bounds how often an address says that something has helped, and
// lets it say so once of the same: it is counted, and ranks.
func (s *Server) admitThanks(r *http.Request, ref string) error {
	at, now := s.address(r), s.cfg.seams.now()
	if wait, ok := s.thanks.Take(at, now); !ok {
		return reply.TooMany("much was said to have helped from your network in a short time", wait)
	}
	if wait, ok := s.thanked.Take(at+" "+ref, now); !ok {
		return reply.TooMany("this was said already", wait)
	}
	return nil
}
