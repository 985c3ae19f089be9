package room

import (
	"sync"
	"time"
)

// Memory are rooms within this process. A room lives from its first entrance
// to its last exit; one goroutine owns it.
type Memory struct {
	queue int // messages kept for a side that is slow
	now   func() time.Time
	all   sync.WaitGroup // rooms and places

	mu      sync.Mutex // guards what follows
	open    map[string]*meeting
	left    map[string]time.Time // when a session's room became empty
	stopped bool
}

// NewMemory makes rooms that keep so many messages for a slow side.
func NewMemory(queue int, now func() time.Time) *Memory {
	return &Memory{queue: queue, now: now, open: map[string]*meeting{}, left: map[string]time.Time{}}
}

// Enter is part of Rooms.
func (r *Memory) Enter(session, role string, cut func()) (Place, error) {
	r.mu.Lock()
	if r.stopped {
		r.mu.Unlock()
		return nil, ErrStopped
	}
	m := r.open[session]
	if m == nil {
		m = newMeeting()
		r.open[session] = m
		r.all.Go(m.run)
	}
	m.inside++
	r.all.Add(1) // the place; Leave gives it back
	r.mu.Unlock()
	p := &place{role: role, out: make(chan Message, r.queue), cut: cut, of: m}
	p.exit = func() { r.exit(session, m) }
	m.join <- p
	return p, nil
}

func (r *Memory) exit(session string, m *meeting) {
	r.mu.Lock()
	if m.inside--; m.inside == 0 {
		delete(r.open, session)
		r.left[session] = r.now()
		close(m.quit)
	}
	r.mu.Unlock()
	r.all.Done()
}

// End is part of Rooms.
func (r *Memory) End(session, reason string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if m := r.open[session]; m != nil {
		m.end(ending{why: Over, reason: reason})
	}
}

// Presence is part of Rooms.
func (r *Memory) Presence(session string) (occupied bool, left time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.open[session] != nil, r.left[session]
}

// Forget is part of Rooms.
func (r *Memory) Forget(open map[string]bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for session := range r.left {
		if !open[session] {
			delete(r.left, session)
		}
	}
}

// Stop is part of Rooms.
func (r *Memory) Stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopped = true
	for _, m := range r.open {
		m.end(ending{why: Stopped})
	}
}

// Close is part of Rooms.
func (r *Memory) Close() error {
	r.all.Wait()
	return nil
}

// place is part of a meeting, whose goroutine alone sends to out and closes it.
type place struct {
	role string
	out  chan Message
	why  Why // set before out is closed
	cut  func()
	of   *meeting
	exit func()
}

// Messages is part of Place.
func (p *place) Messages() <-chan Message { return p.out }

// Why is part of Place.
func (p *place) Why() Why { return p.why }

// Send is part of Place.
func (p *place) Send(data []byte) error {
	if len(data) > MaxMessage {
		return ErrTooLong
	}
	p.of.said <- said{p, data}
	return nil
}

// Leave is part of Place.
func (p *place) Leave() {
	p.of.leave <- p
	p.exit()
}
