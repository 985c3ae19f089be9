package pace

import "time"

// outgoing is what left of one kind lately.
type outgoing struct {
	ring [256]departure
	n    int // of all
	rate float64
	at   time.Time // of rate
}

type departure struct {
	at    time.Time
	bytes int
}

const usageMemory = 300 * time.Millisecond

func (o *outgoing) add(now time.Time, bytes int) {
	o.rate = o.use(now) + float64(bytes)*8/usageMemory.Seconds()
	o.at = now
	o.ring[o.n%len(o.ring)] = departure{now, bytes}
	o.n++
}

// use is how many bits a second left lately.
func (o *outgoing) use(now time.Time) float64 {
	return o.rate * max(0, 1-now.Sub(o.at).Seconds()/usageMemory.Seconds())
}

// between is how many bytes left after from, until to.
func (o *outgoing) between(from, to time.Time) (bytes int) {
	for i := 1; i <= min(o.n, len(o.ring)); i++ {
		d := &o.ring[(o.n-i)%len(o.ring)]
		if !d.at.After(from) {
			break
		}
		if !d.at.After(to) {
			bytes += d.bytes
		}
	}
	return bytes
}

const alone = 10 * time.Millisecond

// lone says whether nothing left shortly before.
func (o *outgoing) lone(at time.Time) bool {
	for i := 1; i <= min(o.n, len(o.ring)); i++ {
		if d := &o.ring[(o.n-i)%len(o.ring)]; d.at.Before(at) {
			return at.Sub(d.at) >= alone
		}
	}
	return true
}
