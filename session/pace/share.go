package pace

import "time"

// Shares of the rate.
const (
	motionShare = 0.45 // of motion while tiles are sent
	motionAlone = 0.8  // while none are: some room for the next
	motionMost  = 8e6  // more makes no picture better
	motionFirst = 1e6  // before anything was measured: video has no patience with a queue
	tilesLeast  = 0.3  // whatever motion takes
	lookAhead   = 250 * time.Millisecond
	whileSilent = 50 * time.Millisecond
	readyBefore = 8 * time.Millisecond
	queueLimit  = 60 * time.Millisecond // that our own packets may make at the narrowest link
)

// Split is how the rate is shared: what the tiles are paced at, and what the
// encoder of motion is given. Tiles get what motion does not really use.
func (c *Controller) Split(now time.Time, motion bool) (tiles, motionRate int) {
	rate := c.pacing(now)
	if !motion {
		return int(rate), 0
	}
	share := motionAlone
	if c.left.usage[Tiles].now(now) > 0.1*c.rate {
		share = motionShare
	}
	limit := motionMost
	if !c.proven {
		limit = motionFirst
	}
	return int(max(rate-c.left.usage[Motion].now(now), tilesLeast*rate)), int(min(share*c.rate, limit))
}

// pacing is the rate, less while a queue has to vanish.
func (c *Controller) pacing(now time.Time) float64 {
	switch q := c.standing(now); {
	case q > 100*time.Millisecond:
		return 0.6 * c.rate
	case q > 50*time.Millisecond:
		return 0.8 * c.rate
	case q > 25*time.Millisecond:
		return 0.92 * c.rate
	}
	return c.rate
}

// UnderWay is how many bytes may be sent without an answer: what the way holds,
// and a little queue.
func (c *Controller) UnderWay() int {
	holds := (c.around() + queueLimit).Seconds() / 8
	if !c.proven {
		return max(firstTrain+c.opened, int(c.sure*holds))
	}
	return max(int(c.rate*holds), 5*1224)
}

// Budget is how many bytes of an update can be with the other side's network
// within about 250 ms, at least one packet's: queued are those that wait already.
func (c *Controller) Budget(now time.Time, queued int) int {
	tiles, _ := c.Split(now, c.left.usage[Motion].now(now) > 0)
	room := float64(tiles) / 8 * (lookAhead - min(c.standing(now), lookAhead)).Seconds()
	if !c.proven {
		room = min(room, max(1.5*firstTrain, c.sure/8*lookAhead.Seconds()))
	}
	return max(int(room)-queued, 1200)
}

// Hold is how long to wait before the next update is made, while queued bytes
// wait to leave: damage that is united meanwhile is newer when it arrives than
// damage that is queued. 0: make it now.
func (c *Controller) Hold(now time.Time, queued int) time.Duration {
	if queued > 0 && c.silent(now) {
		return whileSilent
	}
	tiles, _ := c.Split(now, c.left.usage[Motion].now(now) > 0)
	return max(time.Duration(float64(queued)*8/float64(tiles)*float64(time.Second))-readyBefore, 0)
}
