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
	doubted time.Time     // when the link first looked slower
	queue   time.Duration // of the last packet that came
	queueAt time.Time     // when that was told
	unheard time.Time     // when the first packet left that nothing was heard after; zero: none
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
	if c.unheard.IsZero() {
		c.unheard = now
	}
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
		c.unheard = time.Time{}
		c.judge(now, kind)
	}
	if f := c.losses.heavy(now, c.around()); f > 0 {
		c.set(c.rate * f)
		c.growth, c.ceiling, c.raised = slow, now, now
	}
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

// silent says whether nothing comes back any more: the way may be gone.
func (c *Controller) silent(now time.Time) bool {
	return !c.unheard.IsZero() && now.Sub(c.unheard) > c.around()+lookAhead
}

// standing is how long what is sent now will queue, as far as is known.
func (c *Controller) standing(now time.Time) time.Duration {
	return max(c.queue-now.Sub(c.queueAt), 0)
}
