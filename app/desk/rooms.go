package desk

import (
	"sync"
	"time"
)

// rooms are the sessions' meeting places that somebody is in. A room lives
// from its first entrance to its last exit; one goroutine owns it.
type rooms struct {
	queue int // frames kept for a slow side
	all   sync.WaitGroup

	mu      sync.Mutex // guards what follows
	open    map[string]*room
	left    map[string]time.Time // when a session's room became empty
	stopped bool
}

func (r *rooms) init(queue int) {
	r.queue, r.open, r.left = queue, map[string]*room{}, map[string]time.Time{}
}

// enter opens the session's room, or gives the one that is open; nil when the desk stops.
func (r *rooms) enter(id string) *room {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped {
		return nil
	}
	m := r.open[id]
	if m == nil {
		m = newRoom()
		r.open[id] = m
		r.all.Go(m.run)
	}
	m.inside++
	r.all.Add(1) // the connection; exit gives it back
	return m
}

// exit is called once for every enter.
func (r *rooms) exit(id string, m *room, now time.Time) {
	r.mu.Lock()
	if m.inside--; m.inside == 0 {
		delete(r.open, id)
		r.left[id] = now
		close(m.quit)
	}
	r.mu.Unlock()
	r.all.Done()
}

// end tells whoever is in the session's room that it is over, and lets them out.
func (r *rooms) end(id, reason string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if m := r.open[id]; m != nil {
		m.end(ending{reason: reason})
	}
}

// presence says whether somebody is in the room, and if not, since when; zero is never.
func (r *rooms) presence(id string) (occupied bool, left time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.open[id] != nil, r.left[id]
}

// forget drops what is remembered of sessions that are not open.
func (r *rooms) forget(open map[string]bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for id := range r.left {
		if !open[id] {
			delete(r.left, id)
		}
	}
}

// stop lets everybody out and nobody in; the sessions stay open.
func (r *rooms) stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopped = true
	for _, m := range r.open {
		m.end(ending{stops: true})
	}
}

// wait waits for every room and connection.
func (r *rooms) wait() { r.all.Wait() }
