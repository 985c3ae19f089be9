package pace

import "time"

// channel measures a data channel, which paces itself: only while much waits
// does what is acknowledged tell the rate.
type channel struct {
	begun   bool
	at      time.Time
	waiting int
	bytes   int
	took    time.Duration
}

const (
	channelFull = 16 << 10 // bytes waiting
	channelSpan = 50 * time.Millisecond
)

// Acked takes the data channel's measure: how many bytes were acknowledged
// since the last call, and how many wait in its buffer.
func (c *Controller) Acked(now time.Time, bytes, waiting int) {
	m := &c.channel
	was, took := m.waiting, now.Sub(m.at)
	begun := m.begun
	m.begun, m.at, m.waiting = true, now, waiting
	if !begun || was < channelFull || waiting < channelFull {
		m.bytes, m.took = 0, 0
		return
	}
	m.bytes, m.took = m.bytes+bytes, m.took+took
	if m.took < channelSpan {
		return
	}
	rate := float64(m.bytes) * 8 / m.took.Seconds()
	m.bytes, m.took = 0, 0
	if !c.proven {
		c.proven = true
		c.set(rate)
		return
	}
	c.set((c.rate + rate) / 2)
}
