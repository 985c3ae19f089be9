package session

import (
	"slices"
	"sync"
	"time"

	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/wire"
)

// Figures is how the picture comes across, over the last second in which
// something changed. Times are medians.
type Figures struct {
	Capture, Code, Wire, Decode, Show time.Duration // a frame's way, stage by stage
	RoundTrip                         time.Duration // of the connection
	Lost                              float64       // of the packets, 0 to 1
	Frames                            int           // a second
	Sent                              int           // bytes a second
	Estimate                          int           // bytes a second that the way is thought to take
	Received                          int64         // bytes of the picture since the session began
	Datagrams                         bool          // carry it; else the data channel does
	Motion                            string        // the format in which a part comes that moves now, as "VP9"; "": none does
}

// figuresOf is the message as figures.
func figuresOf(m wire.Figures) Figures {
	d := func(n uint32) time.Duration { return time.Duration(n) * time.Microsecond }
	return Figures{
		Capture: d(m.Capture), Code: d(m.Code), Wire: d(m.Wire), Decode: d(m.Decode), Show: d(m.Show), RoundTrip: d(m.RoundTrip),
		Lost: float64(m.Lost) / 10000, Frames: int(m.Frames), Sent: int(m.Sent), Estimate: int(m.Estimate),
	}
}

// gaugeTime is how often figures are told while something changes.
const gaugeTime = time.Second

// gauges measure the host's frames.
type gauges struct {
	mu      sync.Mutex // guards the rest
	since   time.Time
	frames  int
	bytes   int
	stages  [5][]uint32 // microseconds: capture, code, wire, decode, show
	left    [unshown]leaving
	seconds int64 // with frames, so far
	sums    record.Measured
}

// all is what was measured over the session; nil when nothing was shown.
func (g *gauges) all(path string) *record.Measured {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.seconds == 0 || path == "" {
		return nil
	}
	m := g.sums
	m.Path = path
	for _, n := range []*int64{&m.Capture, &m.Code, &m.Wire, &m.Decode, &m.Show, &m.Trip} {
		*n /= g.seconds
	}
	return &m
}

// leaving is a frame on its way.
type leaving struct {
	number uint32
	at     time.Time
}

// coded notes a frame that is about to leave.
func (g *gauges) coded(number uint32, capture, code time.Duration, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.stages[0] = append(g.stages[0], micros(capture))
	g.stages[1] = append(g.stages[1], micros(code))
	g.left[number%unshown] = leaving{number, now}
	g.frames++
}

// sent notes how long it was.
func (g *gauges) sent(n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.bytes += n
}

// shown notes what the viewer says. The word's way back is not the frame's.
func (g *gauges) shown(m *wire.Shown, roundTrip time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	l := g.left[m.Number%unshown]
	if l.number != m.Number {
		return
	}
	way := time.Since(l.at) - time.Duration(m.Decode)*time.Microsecond - time.Duration(m.Show)*time.Microsecond - roundTrip/2
	g.stages[2] = append(g.stages[2], micros(way))
	g.stages[3] = append(g.stages[3], m.Decode)
	g.stages[4] = append(g.stages[4], m.Show)
}

// due gives the figures when it is time to tell them; nil before. What the way
// is like is the carrier's to say.
func (g *gauges) due(now time.Time, roundTrip time.Duration, lost uint16, estimate uint32) *wire.Figures {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.since.IsZero() {
		g.since = now
	}
	d := now.Sub(g.since)
	if d < gaugeTime || g.frames == 0 {
		return nil
	}
	m := &wire.Figures{Frames: uint16(min(g.frames*1000/int(d.Milliseconds()), 1<<16-1)), Sent: uint32(g.bytes * 1000 / int(d.Milliseconds()))}
	for i, to := range []*uint32{&m.Capture, &m.Code, &m.Wire, &m.Decode, &m.Show} {
		*to = median(g.stages[i])
		g.stages[i] = g.stages[i][:0]
	}
	m.RoundTrip, m.Lost, m.Estimate = micros(roundTrip), lost, estimate
	g.since, g.frames, g.bytes = now, 0, 0
	g.seconds++
	for _, add := range []struct {
		to *int64
		n  uint32
	}{{&g.sums.Capture, m.Capture}, {&g.sums.Code, m.Code}, {&g.sums.Wire, m.Wire}, {&g.sums.Decode, m.Decode}, {&g.sums.Show, m.Show}, {&g.sums.Trip, m.RoundTrip}} {
		*add.to += int64(add.n)
	}
	g.sums.Lost, g.sums.Rate = int64(lost), int64(estimate)
	return m
}

func median(all []uint32) uint32 {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}
