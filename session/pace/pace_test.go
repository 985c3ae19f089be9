package pace_test

import (
	"testing"
	"time"

	"github.com/beistand/beistand/session/pace"
)

// arrivals are packets of a burst over a link, as their receiver tells.
func arrivals(at time.Time, packets, bytes int, sent, through float64) (all []pace.Arrival, end time.Time) {
	gap := func(rate float64) time.Duration {
		return time.Duration(float64(bytes+pace.Carriage) * 8 / rate * 1e9)
	}
	for i := range packets {
		all = append(all, pace.Arrival{
			Sent:    at.Add(time.Duration(i) * gap(sent)),
			Arrived: at.Add(20*ms + time.Duration(i)*gap(min(sent, through))),
			Bytes:   bytes,
		})
	}
	return all, at.Add(40*ms + time.Duration(packets)*gap(min(sent, through)))
}

// known is a controller that has measured a link, and a time when all is quiet.
func known(t testing.TB, rate float64) (*pace.Controller, time.Time) {
	t.Helper()
	c := pace.New()
	all, end := arrivals(zero, 40, 1150, 100e6, rate)
	for _, a := range all {
		c.Sent(a.Sent, pace.Tiles, a.Bytes)
	}
	for _, a := range all {
		c.Feedback(a.Arrived.Add(20*ms), pace.Tiles, []pace.Arrival{a})
	}
	if got := float64(c.Rate()); got < 0.9*rate || got > rate {
		t.Fatalf("a link of %.0f is taken for %.0f", rate, got)
	}
	return c, end.Add(10 * time.Second)
}

func TestBudgetAndHold(t *testing.T) {
	c, now := known(t, 2e6)
	free := c.Budget(now, 0)
	if free < 50_000 || free > 62_500 {
		t.Errorf("budget %d at 2 Mbit/s, want a quarter of a second", free)
	}
	if b := c.Budget(now, 30_000); b != free-30_000 {
		t.Errorf("budget %d with 30 kB queued, %d without", b, free)
	}
	if b := c.Budget(now, 1<<20); b < 1 || b > 1200 {
		t.Errorf("budget %d with far too much queued: 0 would mean no limit", b)
	}
	if h := c.Hold(now, 0); h != 0 {
		t.Errorf("nothing queued, hold %v", h)
	}
	if h := c.Hold(now, 1200); h != 0 {
		t.Errorf("a packet queued, hold %v", h)
	}
	if h := c.Hold(now, 25_000); h < 80*ms || h > 110*ms {
		t.Errorf("25 kB queued at 2 Mbit/s, hold %v", h)
	}
	if u := c.UnderWay(); u < 15_000 || u > 40_000 {
		t.Errorf("%d bytes may be under way", u)
	}
}

// While nothing comes back, damage waits, and its owner is not woken all the time.
func TestHoldWhileSilent(t *testing.T) {
	c, now := known(t, 20e6)
	c.Sent(now, pace.Tiles, 1150)
	if h := c.Hold(now.Add(100*ms), 1000); h != 0 {
		t.Errorf("after 100 ms without an answer hold is %v", h)
	}
	if h := c.Hold(now.Add(time.Second), 1000); h < 20*ms {
		t.Errorf("after a second without an answer hold is %v", h)
	}
	if h := c.Hold(now.Add(time.Second), 0); h != 0 {
		t.Errorf("nothing waits, hold %v: the newest has to be ready when the way is there again", h)
	}
	all, end := arrivals(now.Add(time.Second), 1, 1150, 20e6, 20e6)
	c.Feedback(end, pace.Tiles, all)
	if h := c.Hold(end, 1000); h != 0 {
		t.Errorf("an answer came, hold %v", h)
	}
}

// Small bursts that came quickly give a later page its room, though they never
// filled the way.
func TestBudgetAfterSmallBursts(t *testing.T) {
	c, now := pace.New(), zero
	before := c.Budget(now, 0)
	for range 10 {
		all, end := arrivals(now, 6, 1000, 40e6, 1e9)
		for _, a := range all {
			c.Sent(a.Sent, pace.Tiles, a.Bytes)
		}
		c.Feedback(end, pace.Tiles, all)
		now = now.Add(33 * ms)
	}
	if b := c.Budget(now, 0); b < 3*before || b > 1<<20 {
		t.Errorf("budget %d, %d before", b, before)
	}
	if u := c.UnderWay(); u < 64<<10 {
		t.Errorf("%d bytes may be under way", u)
	}
}

// A receiver that begins anew has a clock that begins anew: that is no queue.
func TestClockBeginsAnew(t *testing.T) {
	c, now := known(t, 2e6)
	rate, budget := c.Rate(), c.Budget(now, 0)
	all, end := arrivals(now, 20, 1150, 1.9e6, 2e6)
	for _, a := range all {
		c.Sent(a.Sent, pace.Tiles, a.Bytes)
		a.Arrived = a.Arrived.Add(-time.Hour)
		c.Feedback(a.Sent.Add(40*ms), pace.Tiles, []pace.Arrival{a})
	}
	if r, b := c.Rate(), c.Budget(end, 0); r < rate || r > 2*rate || b < budget {
		t.Errorf("rate %d and budget %d became %d and %d", rate, budget, r, b)
	}
}

func TestUnknownWay(t *testing.T) {
	c := pace.New()
	if b := c.Budget(zero, 0); b < 16<<10 || b > 64<<10 {
		t.Errorf("budget %d before anything is known", b)
	}
	if u := c.UnderWay(); u > 40_000 {
		t.Errorf("%d bytes may be under way before anything is known: at 2 Mbit/s they queue", u)
	}
	if _, m := c.Split(zero, true); m > 1_000_000 {
		t.Errorf("motion is given %d before anything is known", m)
	}
	k, now := known(t, 2e6)
	k.Rerouted()
	if k.Rate() != c.Rate() || k.UnderWay() != c.UnderWay() || k.Budget(now, 0) != c.Budget(now, 0) {
		t.Error("another path, and the old one's measure is kept")
	}
}

func TestSplit(t *testing.T) {
	c, now := known(t, 10e6)
	if tiles, motion := c.Split(now, false); tiles != c.Rate() || motion != 0 {
		t.Errorf("without motion %d and %d", tiles, motion)
	}
	_, alone := c.Split(now, true)
	for range 30 {
		now = now.Add(33 * ms)
		for range 15 {
			c.Sent(now, pace.Motion, 1100)
		}
		for range 10 {
			c.Sent(now, pace.Tiles, 1100)
		}
	}
	tiles, beside := c.Split(now, true)
	if beside >= alone || beside < c.Rate()/4 {
		t.Errorf("motion is given %d alone and %d beside tiles", alone, beside)
	}
	if want := c.Rate() - 15*1174*8*30; tiles < want-1_000_000 || tiles > want+1_000_000 {
		t.Errorf("tiles are given %d of %d, motion takes all but %d", tiles, c.Rate(), want)
	}
	for range 30 { // far too much
		now = now.Add(33 * ms)
		for range 60 {
			c.Sent(now, pace.Motion, 1100)
		}
	}
	if tiles, _ := c.Split(now, true); tiles < c.Rate()/4 {
		t.Errorf("tiles are left %d of %d", tiles, c.Rate())
	}
}

// A data channel tells its rate only while much waits in it.
func TestAcked(t *testing.T) {
	c, now := pace.New(), zero
	first := c.Rate()
	for range 200 { // a little, now and then
		now = now.Add(40 * ms)
		c.Acked(now, 60, 60)
	}
	if c.Rate() != first {
		t.Errorf("a little that waits for its answer made %d", c.Rate())
	}
	for range 100 { // much
		now = now.Add(10 * ms)
		c.Acked(now, 2500, 60_000)
	}
	if r := c.Rate(); r < 1_900_000 || r > 2_100_000 {
		t.Errorf("2500 bytes in 10 ms make %d", r)
	}
	for range 100 {
		now = now.Add(10 * ms)
		c.Acked(now, 25_000, 60_000)
	}
	if r := c.Rate(); r < 19_000_000 || r > 21_000_000 {
		t.Errorf("25 kB in 10 ms make %d", r)
	}
}

// Whatever a hostile receiver tells, the rate stays within its bounds.
func FuzzFeedback(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, int64(1<<62))
	f.Add([]byte{255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 1, 1, 1, 1}, int64(-1<<62))
	f.Fuzz(func(t *testing.T, steps []byte, far int64) {
		c, now := pace.New(), zero
		for len(steps) >= 4 {
			s := steps[:4]
			steps = steps[4:]
			now = now.Add(time.Duration(s[0]) * ms)
			a := pace.Arrival{
				Sent:    now.Add(-time.Duration(s[1]) * ms),
				Arrived: now.Add(time.Duration(int8(s[2])) * ms),
				Bytes:   int(s[3]) * 8,
				Lost:    s[0]%7 == 0,
			}
			if s[1]%16 == 0 {
				a.Arrived = a.Arrived.Add(time.Duration(far))
			}
			kind := pace.Kind(s[2] % 3)
			c.Sent(now, kind, a.Bytes)
			c.Feedback(now, kind, []pace.Arrival{a, a})
			c.Acked(now, int(s[3])<<8, int(s[1])<<8)
			tiles, motion := c.Split(now, true)
			if r := c.Rate(); r < 64_000 || r > 1_000_000_000 || tiles <= 0 || motion <= 0 || tiles > r || motion > r {
				t.Fatalf("rate %d, tiles %d, motion %d", r, tiles, motion)
			}
			if b, h, u := c.Budget(now, 9), c.Hold(now, 1000), c.UnderWay(); b <= 0 || h < 0 || u <= 0 || u > 1<<30 {
				t.Fatalf("budget %d, hold %v, under way %d", b, h, u)
			}
		}
	})
}

// What a page's feedback costs, beside a video.
func BenchmarkFeedback(b *testing.B) {
	c, now := pace.New(), zero
	b.ReportAllocs()
	for b.Loop() {
		all, end := arrivals(now, 32, 1150, 100e6, 90e6)
		for i, a := range all {
			c.Sent(a.Sent, pace.Kind(i%2), a.Bytes)
		}
		for i := range all {
			c.Feedback(end, pace.Kind(i%2), all[i:i+1])
		}
		now = end
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/32, "ns/packet")
}
