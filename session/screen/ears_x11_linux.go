package screen

import "sync"

// ears are all that are told of a display.
type ears struct {
	mu  sync.Mutex // guards all
	all map[*ear]bool
}

func (s *ears) add(e *ear) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == nil {
		s.all = map[*ear]bool{}
	}
	s.all[e] = true
}

func (s *ears) remove(e *ear) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.all, e)
}

// wake tells all that windows may be elsewhere, or that the display is closed.
func (s *ears) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for e := range s.all {
		e.wake(news{places: true})
	}
}
