package desk

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store"
)

const (
	maxWaiting   = 16 // events kept for a slow listener; one more and it is dropped
	maxListeners = 16 // of one audience on one ticket: a customer's programs keep no staff away
)

// listeners are the open event streams, by ticket. Publishing never waits.
type listeners struct {
	mu  sync.Mutex // guards all
	all map[int64]map[chan api.Event]audience
}

// audience is who listens.
type audience int

const (
	forCustomer audience = 1 << iota // what a ticket's token may know
	forStaff
	forAll = forCustomer | forStaff
)

// join gives a channel that is closed when its reader is too slow; nil when the ticket has enough listeners.
func (l *listeners) join(ticket int64, who audience) chan api.Event {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all == nil {
		l.all = map[int64]map[chan api.Event]audience{}
	}
	same := 0
	for _, other := range l.all[ticket] {
		if other == who {
			same++
		}
	}
	if same >= maxListeners {
		return nil
	}
	if l.all[ticket] == nil {
		l.all[ticket] = map[chan api.Event]audience{}
	}
	ch := make(chan api.Event, maxWaiting)
	l.all[ticket][ch] = who
	return ch
}

// count is how many there are.
func (l *listeners) count() (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, of := range l.all {
		n += len(of)
	}
	return n
}

func (l *listeners) leave(ticket int64, ch chan api.Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.drop(ticket, ch)
}

// drop forgets ch and closes it, once. l.mu is held.
func (l *listeners) drop(ticket int64, ch chan api.Event) {
	if l.all[ticket][ch] == 0 {
		return
	}
	delete(l.all[ticket], ch)
	if len(l.all[ticket]) == 0 {
		delete(l.all, ticket)
	}
	close(ch)
}

// any says whether somebody listens to the ticket.
func (l *listeners) any(ticket int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.all[ticket]) > 0
}

// end drops everybody who listens to the ticket, or with 0 to any: they come
// again and learn the state.
func (l *listeners) end(ticket int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for n, all := range l.all {
		for ch := range all {
			if ticket == 0 || n == ticket {
				l.drop(n, ch)
			}
		}
	}
}

// publish passes e to those of this audience who listen to the ticket.
func (l *listeners) publish(ticket int64, to audience, e api.Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for ch, who := range l.all[ticket] {
		if who&to == 0 {
			continue
		}
		select {
		case ch <- e:
		default:
			l.drop(ticket, ch)
		}
	}
}

// events sends a ticket's changes as server-sent events: hello with the open
// sessions, each once more as an event of its own, and then what changes.
func (s *Server) events(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	who := forCustomer
	if c.Ticket == 0 {
		who = forStaff
	}
	ch := s.listeners.join(c.Number, who) // before the state is read, so that no change falls in between
	if ch == nil {
		return reply.TooMany("the ticket has many listeners already", time.Minute)
	}
	defer s.listeners.leave(c.Number, ch)
	var open []store.Session
	var err error
	aside(func() {
		if c.Ticket == 0 {
			_, err = s.store.Ticket(r.Context(), c.Number)
		}
		if err == nil {
			open, err = s.store.OpenSessions(r.Context(), c.Number)
		}
	})
	if err != nil {
		return err
	}
	control := http.NewResponseController(w)
	if err := control.SetReadDeadline(time.Time{}); err != nil {
		return err
	}
	send := func(text string) error {
		if err := control.SetWriteDeadline(time.Now().Add(10 * time.Second)); err != nil {
			return err
		}
		if _, err := fmt.Fprint(w, text); err != nil {
			return err
		}
		return control.Flush()
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // nginx would keep events back
	first := []api.Event{{Kind: api.EventHello}}
	for i := range open {
		first[0].Session = &open[i].Session
		first[0].Sessions = append(first[0].Sessions, open[i].Session)
		first = append(first, api.Event{Kind: api.EventSession, Session: &open[i].Session})
	}
	for _, e := range first {
		if send(eventText(e)) != nil {
			return nil // the listener has gone, here and below
		}
	}
	beat := time.NewTicker(s.cfg.seams.heartbeat)
	defer beat.Stop()
	for {
		text := ":\n\n"
		select {
		case <-r.Context().Done():
			return nil
		case <-s.stopping:
			return nil
		case e, ok := <-ch:
			if !ok {
				return nil // too slow: it connects again and learns the state
			}
			text = eventText(e)
		case <-beat.C:
		}
		if send(text) != nil {
			return nil
		}
	}
}

func eventText(e api.Event) string {
	b, err := json.Marshal(e)
	if err != nil { // an Event has nothing that cannot be encoded
		panic(err)
	}
	return "event: " + e.Kind + "\ndata: " + string(b) + "\n\n"
}

// aside calls fn on a stack of its own, which is given back when fn returns:
// the database goes deep, and a connection that waits for hours would keep
// what that needed. A panic is the caller's.
func aside(fn func()) {
	var wrong any
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { wrong = recover() }()
		fn()
	}()
	<-done
	if wrong != nil {
		panic(wrong)
	}
}
