package pace

import "time"

const (
	slow    = 1.08 // growth just below a ceiling
	quicker = 1.8  // by how much its part above 1 grows with each proof
	quiet   = 0.97 // of a link's rate is used, so that queues vanish
	leap    = 1.5  // by how much a queue that drains quickly raises the rate
)

// judge draws from the crossings of a kind what they tell.
func (c *Controller) judge(now time.Time, kind Kind) {
	blur := c.ways[kind].blur()
	d := c.came[kind].drained(blur, kind, &c.left)
	if full, ok := d.full(blur); ok {
		if target := full * quiet; target >= c.rate || c.slower(now, target) {
			c.proven = true
			c.set(target)
			c.ceiling, c.growth, c.raised = now, slow, now
		}
		return
	}
	if c.losses.rate() > enough {
		return
	}
	sure := d.surely(blur)
	if rate := sure * quiet; rate > c.rate && c.proven && now.Sub(c.raised) > c.around() {
		c.set(min(rate, leap*c.rate))
		c.raised = now
	}
	proof := c.came[kind].carried(c.raised, c.together(), blur, kind, &c.left)
	c.sure = max(c.sure, proof, sure)
	growth := max(c.growth, c.hope(now))
	if proof*growth > c.rate {
		c.proven = true
		c.set(proof * growth)
		c.growth, c.raised = min(1+(growth-1)*quicker, 2), now
	}
}

const (
	clearly   = 40 * time.Millisecond // a queue that no machine's doing something else explains
	doubtFor  = 12 * time.Millisecond
	doubtKept = 80 * time.Millisecond
	oneStep   = 50 * time.Millisecond // and a round trip: until a small step shows
)

// slower says whether to believe that the link is slower than the rate. It may
// only look so because a machine did something else for a moment: where the
// queue does not show it clearly, it has to look so twice.
func (c *Controller) slower(now time.Time, target float64) bool {
	if c.proven && c.queue < clearly {
		since := now.Sub(c.doubted)
		if since > doubtKept {
			c.doubted = now
		}
		if since > doubtKept || since < doubtFor {
			return false
		}
	}
	if target > 0.9*c.rate && now.Sub(c.lowered) < c.around()+oneStep {
		return false
	}
	c.doubted, c.lowered = time.Time{}, now
	return true
}

// together is how close packets stand behind each other that prove something
// together: what a video leaves between its frames is within it.
func (c *Controller) together() time.Duration {
	return 4*alone + time.Duration(2*1224*8/c.rate*float64(time.Second))
}

// hope is the growth that a ceiling's age allows: links change, and what paces
// itself by the rate can never prove more than it.
func (c *Controller) hope(now time.Time) float64 {
	switch age := now.Sub(c.ceiling); {
	case age > 8*time.Second:
		return 2
	case age > 2*time.Second:
		return 1.4
	}
	return 1
}

// lone says whether a packet sent then found nothing of ours on its way.
func (c *Controller) lone(sent time.Time) bool {
	for k := range c.came {
		if c.came[k].n > 0 && c.came[k].at(0).left.After(sent) {
			return false
		}
	}
	return c.left.lone(sent)
}
