package session

import (
	"image"
	"testing"
	"time"

	"github.com/beistand/beistand/session/screen/screentest"
)

// BenchmarkChange is from a change on the screen to the viewer showing it, on
// one machine: polling every 1/15 s is most of it.
func BenchmarkChange(b *testing.B) {
	p := newPair(b)
	p.start()
	area := image.Rect(0, 0, 320, 200)
	p.sees(screentest.Pattern(area, 1))
	seed := byte(1)
	for b.Loop() {
		seed++
		want := screentest.Pattern(area, seed)
		p.screen.Paint(want)
		p.sees(want)
	}
}

// BenchmarkStop is from the customer's stop to the end of their program's part.
func BenchmarkStop(b *testing.B) {
	var stopping time.Duration
	for b.Loop() {
		p := newPair(b)
		p.start()
		p.sees(screentest.Pattern(image.Rect(0, 0, 320, 200), 1))
		begin := time.Now()
		p.stopHost()
		<-p.hostDone
		stopping += time.Since(begin)
	}
	b.ReportMetric(float64(stopping.Microseconds())/float64(b.N)/1000, "ms/stop")
}
