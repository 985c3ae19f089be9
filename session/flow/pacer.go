package flow

import "time"

// pacer spreads packets over time: what may leave grows with the rate and is
// kept up to a burst, so that a lone update never waits and a late timer costs
// nothing.
type pacer struct {
	rate   float64 // bytes a second
	burst  float64
	credit float64       // bytes; below 0 the next packet waits
	at     time.Duration // when credit was right
}

const (
	lateness  = 8 * time.Millisecond // by which a timer may be late without slowing the way
	fewBytes  = 2 * 1224             // two packets
	manyBytes = 48 << 10             // a burst that the kernel's usual receive buffer takes
)

func (p *pacer) set(t time.Duration, bitsPerSecond int) {
	p.grow(t)
	p.rate = float64(max(bitsPerSecond, 8000)) / 8
	p.burst = min(fewBytes+p.rate*lateness.Seconds(), manyBytes)
}

func (p *pacer) grow(t time.Duration) {
	if t > p.at {
		p.credit = min(p.credit+p.rate*(t-p.at).Seconds(), p.burst)
		p.at = t
	}
}

// wait is how long until a packet may leave.
func (p *pacer) wait(t time.Duration) time.Duration {
	p.grow(t)
	if p.credit > 0 {
		return 0
	}
	return time.Duration((1-p.credit)/p.rate*float64(time.Second)) + 1
}

func (p *pacer) spend(bytes int) { p.credit = max(p.credit-float64(bytes), -2*manyBytes) }
