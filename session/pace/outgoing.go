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

// others counts what left of other kinds before the last packet of a kind that
// left at a time, backwards.
type others struct {
	o       *outgoing
	kind    Kind
	to      time.Time
	i       int // departures looked at, from the newest
	between bool
	bytes   int
}

func (o *outgoing) others(kind Kind, to time.Time) others { return others{o: o, kind: kind, to: to} }

// since is how many bytes left behind the last packet of the kind that left at
// from; from only falls.
func (x *others) since(from time.Time) int {
	for ; x.i < min(x.o.n, len(x.o.ring)); x.i++ {
		switch d := &x.o.ring[(x.o.n-1-x.i)%len(x.o.ring)]; {
		case d.kind == x.kind && !d.at.After(from), d.at.Before(from):
			return x.bytes
		case d.kind == x.kind:
			x.between = x.between || !d.at.After(x.to)
		case x.between:
			x.bytes += d.bytes
		}
	}
	return x.bytes
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
