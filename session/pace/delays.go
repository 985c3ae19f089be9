package pace

import (
	"math"
	"time"
)

const unknown = time.Duration(math.MaxInt64)

// delays measures how long packets of one kind queued: how much longer they
// took than the quickest of the last seconds.
type delays struct {
	known     bool
	base      time.Duration // the quickest, with the difference of the clocks
	low, lows time.Duration // the quickest of this span and of the one before
	since     time.Time     // when this span began
	count     int           // of packets in it
	loneLow   time.Duration // the quickest of the last lone packets that all queued
	lone      int           // of them
	jitter    time.Duration // what lone packets queue, which is nobody's queue
	near      time.Duration // the shortest time from sending to being told
}

const (
	span      = 5 * time.Second
	spanLeast = 32 // packets; fewer tell no change
	loneLeast = 8
	sharp     = 4 * time.Millisecond // nothing is measured more sharply: timers, threads, ticks of a radio link
)

// blur is by how much a measured time may be wrong.
func (d *delays) blur() time.Duration { return sharp + 2*d.jitter }

// queued takes an arrival in and says how long it queued. A lone packet finds
// no queue of our own.
func (d *delays) queued(now time.Time, a Arrival, lone bool) time.Duration {
	took := a.Arrived.Sub(a.Sent)
	if !d.known {
		*d = delays{known: true, base: took, low: took, lows: took, since: now, near: unknown}
	}
	if now.Sub(d.since) > span && d.count >= spanLeast {
		d.lows, d.low, d.since, d.count = d.low, took, now, 0
	}
	d.count++
	d.low = min(d.low, took)
	d.base = min(d.low, d.lows)
	q := took - d.base
	if !lone {
		return q
	}
	if q <= d.blur() {
		d.lone = 0
	} else if d.lone++; d.lone == 1 || took < d.loneLow {
		d.loneLow = took
	}
	if d.lone >= loneLeast { // the way itself has become longer
		d.base, d.low, d.lows, d.since, d.count, d.lone = d.loneLow, d.loneLow, d.loneLow, now, 0, 0
		q = took - d.base
	}
	d.jitter += (min(q, 20*time.Millisecond) - d.jitter) / 16
	return q
}
