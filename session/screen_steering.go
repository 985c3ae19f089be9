package session

import (
	"sync"
	"time"

	"github.com/beistand/beistand/session/pace"
)

// steering is the one estimate of what the way takes, which tiles and the video
// track share.
type steering struct {
	mu sync.Mutex // guards the rest; taken last of all
	c  *pace.Controller
}

func newSteering() *steering { return &steering{c: pace.New()} }

// tiles is the bits a second that tiles may take, and how many bytes of them may
// be under way.
func (c *steering) tiles(now time.Time, motion bool) (rate, underWay int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	rate, _ = c.c.Split(now, motion)
	return rate, c.c.UnderWay()
}

// motion is the bits a second that the track may take.
func (c *steering) motion(now time.Time) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, motion := c.c.Split(now, true)
	return motion
}

// hold is how long to wait before the next frame, with so many bytes waiting:
// what changes meanwhile is better united than queued.
func (c *steering) hold(now time.Time, waiting int) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.c.Hold(now, waiting)
}

// room is how many bytes can leave soon, besides those that wait; 0 says that
// there is something to wait for.
func (c *steering) room(now time.Time, waiting int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.c.Hold(now, waiting) > 0 {
		return 0
	}
	return c.c.Budget(now, waiting)
}

// rerouted says that another connection is used from now on.
func (c *steering) rerouted() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.c.Rerouted()
}

func (c *steering) sent(now time.Time, kind pace.Kind, bytes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.c.Sent(now, kind, bytes)
}

func (c *steering) arrived(now time.Time, kind pace.Kind, all []pace.Arrival) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.c.Feedback(now, kind, all)
}

func (c *steering) acked(now time.Time, bytes, waiting int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.c.Acked(now, bytes, waiting)
}

// estimate is the bytes a second that the way is thought to take.
func (c *steering) estimate() uint32 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return uint32(c.c.Rate() / 8)
}
