package pace

import "time"

// Bounds of the estimate, in bits a second, with what carries packets.
const (
	least = 64e3
	most  = 1e9
	// first is how fast the first packets leave: as a train whose arrivals tell
	// the rate at once. Until they do, no more than firstTrain is under way.
	first      = 40e6
	firstTrain = 32 << 10
)

// Controller holds one estimate of what the way carries. It draws it from when
// packets came:
//
//   - Where a packet waited in a queue behind the one before it, the time
//     between the two is what the narrowest link needs for it. The rate of such
//     pairs is the link's, however little was sent: a burst tells a new rate
//     within a round trip, in both directions.
//   - Packets that were spread at the rate and did not queue prove that the way
//     carries as much; the rate then grows beyond it, by little below a known
//     ceiling, up to twofold where none is known. What was not sent proves
//     nothing: silence and small updates change nothing.
//   - Losses count only from a tenth on. What is lost at random on a radio link
//     says nothing about room.
//
// How long packets queued is measured against the shortest way they had, as in
// RFC 6817; the trend of delays and the bounds on loss come from
// draft-ietf-rmcat-gcc-02, the rate of deliveries from
// draft-cardwell-iccrg-bbr-congestion-control-02. It is not safe for concurrent
// use.
type Controller struct {
	rate    float64
	proven  bool          // something was measured
	opened  int           // bytes more than firstTrain that may be under way until then: those that came
	sure    float64       // what the way has carried until then
	ceiling time.Time     // when the link was last seen full
	growth  float64       // by how much the next proof raises the rate
	raised  time.Time     // only what was sent after it proves more
	lowered time.Time     // when the rate last fell a little
	queue   time.Duration // of the last packet that came
	queueAt time.Time     // when that was told
	ways    [kinds]delays
	came    [kinds]recent
	left    outgoing
	losses  losses
	channel channel
}

// New makes a controller that knows nothing of the way.
func New() *Controller { return &Controller{rate: first, growth: 2} }

// Rerouted forgets the way: another one is beneath from now on.
func (c *Controller) Rerouted() {
	*c = Controller{rate: first, growth: 2}
}

// Sent says that a packet of so many bytes, without Carriage, leaves.
func (c *Controller) Sent(now time.Time, kind Kind, bytes int) {
	if kind < kinds {
		c.left.add(now, kind, bytes+Carriage)
	}
}

// Feedback takes what became of packets of one kind.
func (c *Controller) Feedback(now time.Time, kind Kind, arrivals []Arrival) {
	if kind >= kinds {
		return
	}
	came := false
	for _, a := range arrivals {
		c.losses.add(now, a.Lost)
		if a.Lost {
			continue
		}
		came = true
		w := &c.ways[kind]
		lone := c.lone(a.Sent)
		q := w.queued(now, a, lone)
		if !lone && q < 2*sharp {
			c.opened = min(c.opened+a.Bytes, 3*firstTrain)
		}
		c.came[kind].add(crossing{a.Sent, a.Sent.Add(q), a.Bytes + Carriage})
		w.near = min(max(now.Sub(a.Sent), 0), w.near)
		c.queue, c.queueAt = q, now
	}
	if came {
		c.judge(now, kind)
	}
	if f := c.losses.heavy(now, c.around()); f > 0 {
		c.set(c.rate * f)
		c.growth, c.ceiling, c.raised = slow, now, now
	}
}

const (
	slow    = 1.08 // growth just below a ceiling
	quicker = 1.8  // by how much its part above 1 grows with each proof
	quiet   = 0.97 // of a link's rate is used, so that queues vanish
)

// judge draws from the crossings what they tell.
func (c *Controller) judge(now time.Time, kind Kind) {
	blur := c.ways[kind].blur()
	others := func(from, to time.Time) int { return c.left.others(kind, from, to) }
	d := c.came[kind].drained(blur, others)
	if full, ok := d.full(blur); ok {
		c.proven = true
		switch target := full * quiet; {
		case target > c.rate:
			c.set(target)
		case target > 0.9*c.rate && now.Sub(c.lowered) < c.around()+50*time.Millisecond:
			return // one step has to show first
		default:
			c.set(target)
			c.lowered = now
		}
		c.ceiling, c.growth, c.raised = now, slow, now
		return
	}
	if c.losses.rate() > enough {
		return
	}
	if rate := d.surely(blur) * quiet; rate > c.rate && c.proven {
		c.set(rate) // a queue that goes faster than it came
	}
	proof := c.came[kind].carried(c.raised, c.together(), blur, others)
	c.sure = max(c.sure, proof, d.surely(blur))
	growth := max(c.growth, c.hope(now))
	if proof*growth > c.rate {
		c.proven = true
		c.set(proof * growth)
		c.growth, c.raised = min(1+(growth-1)*quicker, 2), now
	}
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

func (c *Controller) set(rate float64) { c.rate = min(max(rate, least), most) }

// around is the shortest round trip there was, with the wait of an answer.
func (c *Controller) around() time.Duration {
	d := unknown
	for i := range c.ways {
		if w := &c.ways[i]; w.known && w.near < d {
			d = w.near
		}
	}
	if d == unknown {
		return 100 * time.Millisecond
	}
	return d
}

// Rate is the estimate: how much the way carries of everything together, in
// bits a second with what carries it.
func (c *Controller) Rate() int { return int(c.rate) }

// standing is how long what is sent now will queue, as far as is known.
func (c *Controller) standing(now time.Time) time.Duration {
	return max(c.queue-now.Sub(c.queueAt), 0)
}
