package pace

import "time"

// outgoing is what left lately, of all kinds, in its order.
type outgoing struct {
	ring  [512]departure
	n     int // of all
	usage [kinds]usage
}

type departure struct {
	at    time.Time
	kind  Kind
	bytes int
}

// usage is how many bits a second left at that time.
type usage struct {
	rate float64
	at   time.Time
}

const usageMemory = 300 * time.Millisecond

func (u *usage) now(now time.Time) float64 {
	return u.rate * max(0, 1-now.Sub(u.at).Seconds()/usageMemory.Seconds())
}

func (o *outgoing) add(now time.Time, kind Kind, bytes int) {
	u := &o.usage[kind]
	u.rate, u.at = u.now(now)+float64(bytes)*8/usageMemory.Seconds(), now
	o.ring[o.n%len(o.ring)] = departure{now, kind, bytes}
	o.n++
}

// others is how many bytes of other kinds left between two packets of a kind:
// behind the last that left at from, before the last that left at to.
func (o *outgoing) others(kind Kind, from, to time.Time) (bytes int) {
	between := false
	for i := 1; i <= min(o.n, len(o.ring)); i++ {
		switch d := &o.ring[(o.n-i)%len(o.ring)]; {
		case d.kind == kind && !d.at.After(from), d.at.Before(from):
			return bytes
		case d.kind == kind:
			between = between || !d.at.After(to)
		case between:
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
