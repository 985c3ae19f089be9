package pace_test

import (
	"math/rand/v2"
	"time"
)

const ms = time.Millisecond

// link is one direction of a path: a narrowest place with a queue, the way
// behind it, and what gets lost.
type link struct {
	rate    func(at time.Duration) float64 // bits a second; 0: nothing passes
	queue   time.Duration                  // longest, else packets are dropped
	delay   time.Duration
	jitter  time.Duration // order is kept
	reorder float64       // how many packets take 5 ms longer and are overtaken
	loss    float64
	random  *rand.Rand

	stalls *stalls // of the machine at its end; nil: none

	free, last     time.Duration
	longest        time.Duration // that a packet queued
	bytes, dropped int
}

const step = time.Millisecond // of a rate that changes

// carry is when a packet comes, if it does.
func (l *link) carry(now time.Duration, bytes int) (at time.Duration, ok bool) {
	if l.random.Float64() < l.loss {
		return 0, false
	}
	l.free = max(l.free, now)
	if l.free-now > l.queue {
		l.dropped++
		return 0, false
	}
	l.bytes += bytes
	l.longest = max(l.longest, l.free-now)
	for bits := float64(bytes) * 8; bits > 0; {
		end := l.free.Truncate(step) + step
		rate := l.rate(l.free)
		if can := rate * (end - l.free).Seconds(); can < bits {
			bits -= can
			l.free = end
			continue
		}
		l.free += time.Duration(bits / rate * 1e9)
		bits = 0
	}
	at = l.free + l.delay
	if l.jitter > 0 {
		at += time.Duration(l.random.Int64N(int64(l.jitter)))
	}
	if l.random.Float64() < l.reorder {
		return at + 5*ms, true
	}
	at = max(at, l.last)
	if l.stalls != nil {
		at = l.stalls.after(at)
	}
	l.last = at
	return at, true
}

// stalls are times when a machine does other things.
type stalls struct {
	random   *rand.Rand
	from, to time.Duration // the current or next one
}

// after is when it goes on; times only rise, nearly.
func (s *stalls) after(at time.Duration) time.Duration {
	for at >= s.to {
		s.from = s.to + time.Duration(s.random.ExpFloat64()*float64(60*ms))
		s.to = s.from + time.Duration(min(s.random.ExpFloat64(), 4)*float64(8*ms))
	}
	if at > s.from {
		return s.to
	}
	return at
}

// busy is a path between machines that do much besides.
func busy(p *path) *path {
	p.name = "busy " + p.name
	p.there.stalls = &stalls{random: rand.New(rand.NewPCG(3, 1))}
	p.back.stalls = &stalls{random: rand.New(rand.NewPCG(3, 2))}
	return p
}

func busyClean() *path { return busy(clean()) }
func busyWan() *path   { return busy(wan()) }
func busyThin() *path  { return busy(thin()) }
func busyPoor() *path  { return busy(poor()) }

// path is both directions.
type path struct {
	name        string
	there, back link
}

func steady(bits float64) func(time.Duration) float64 {
	return func(time.Duration) float64 { return bits }
}

func newPath(name string, rate func(time.Duration) float64, delay time.Duration, loss float64) *path {
	one := func(seed uint64) link {
		return link{rate: rate, queue: 200 * ms, delay: delay, loss: loss, random: rand.New(rand.NewPCG(42, seed))}
	}
	return &path{name, one(1), one(2)}
}

// The links of the bench, and others as people have them.
func clean() *path { return newPath("clean", steady(1e9), 50*time.Microsecond, 0) }
func wan() *path   { return newPath("wan", steady(20e6), 20*ms, 0.01) }
func thin() *path  { return newPath("thin", steady(2e6), 20*ms, 0) }
func poor() *path  { return newPath("poor", steady(2e6), 20*ms, 0.01) }

// mobile is a radio link: jitter, some reordering, a rate that walks, with holes.
func mobile() *path {
	r := rand.New(rand.NewPCG(9, 9))
	var rates []float64
	for rate := 8e6; len(rates) < 1200; {
		rate = min(max(rate*(0.85+0.32*r.Float64()), 1e6), 30e6)
		rates = append(rates, rate)
	}
	p := newPath("mobile", func(at time.Duration) float64 {
		switch s := at.Seconds(); {
		case s > 10 && s < 13:
			return 0
		case s > 20 && s < 24:
			return 0.3e6
		}
		return rates[min(int(at/(100*ms)), len(rates)-1)]
	}, 25*ms, 0.002)
	for _, l := range []*link{&p.there, &p.back} {
		l.jitter, l.reorder, l.queue = 8*ms, 0.001, 500*ms
	}
	return p
}

// stairs falls to 0.3 Mbit/s and comes back.
func stairs() *path {
	return newPath("stairs", func(at time.Duration) float64 {
		switch s := at.Seconds(); {
		case s < 10:
			return 20e6
		case s < 20:
			return 2e6
		case s < 30:
			return 0.3e6
		case s < 40:
			return 2e6
		}
		return 20e6
	}, 20*ms, 0.005)
}

// wireless keeps the order and gathers packets into rows.
func wireless() *path {
	p := newPath("wireless", steady(60e6), 3*ms, 0.001)
	p.there.jitter, p.back.jitter = 12*ms, 12*ms
	return p
}
