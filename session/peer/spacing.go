package peer

import "time"

// spacing spreads the packets of a frame, so that a keyframe is no burst that
// overflows a router's queue.
type spacing struct {
	rate  int     // bits a second; 0 lets everything go at once
	owed  float64 // bytes more than the rate allows
	since time.Time
}

const (
	burst     = 16 << 10 // bytes that may leave at once
	leastWait = time.Millisecond
)

// sent notes what has left.
func (s *spacing) sent(now time.Time, bytes int) {
	s.settle(now)
	s.owed += float64(bytes)
}

// wait is for how long nothing may leave; 0 it may.
func (s *spacing) wait(now time.Time) time.Duration {
	s.settle(now)
	over := s.owed - burst
	if s.rate == 0 || over <= 0 {
		return 0
	}
	return max(leastWait, time.Duration(over*8/float64(s.rate)*float64(time.Second)))
}

func (s *spacing) settle(now time.Time) {
	s.owed = max(0, s.owed-now.Sub(s.since).Seconds()*float64(s.rate)/8)
	s.since = now
}
