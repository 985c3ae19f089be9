package session

import (
	"testing"
	"time"

	"github.com/beistand/beistand/session/wire"
)

// What is told of a second is that second's, and what the record keeps is the
// mean of all seconds in which something was shown.
func TestGauges(t *testing.T) {
	g := &gauges{}
	now := time.Now()
	if g.due(now, 0, 0, 0) != nil || g.all(PathDirect) != nil {
		t.Fatal("there are figures before anything was shown")
	}
	second := func(n int, code time.Duration) *wire.Figures {
		for i := range n {
			number := uint32(i + 1)
			g.coded(number, time.Millisecond, code, time.Now())
			g.sent(1000)
			g.shown(&wire.Shown{Number: number, Decode: 3000, Show: 4000}, 0)
		}
		now = now.Add(time.Second)
		return g.due(now, 20*time.Millisecond, 50, 1<<20)
	}
	f := second(10, 2*time.Millisecond)
	if f == nil || f.Frames != 10 || f.Sent != 10000 || f.Capture != 1000 || f.Code != 2000 || f.Decode != 3000 || f.Show != 4000 || f.RoundTrip != 20000 || f.Lost != 50 {
		t.Fatalf("a second's figures are %+v", f)
	}
	if f := second(0, 0); f != nil {
		t.Errorf("a second without pictures has the figures %+v", f)
	}
	second(4, 6*time.Millisecond)
	m := g.all(PathRelayed)
	if m == nil || m.Path != PathRelayed || m.Code != 4000 || m.Capture != 1000 || m.Lost != 50 || m.Rate != 1<<20 {
		t.Errorf("the record's figures are %+v", m)
	}
}
