package pace_test

import (
	"slices"
	"testing"
	"time"
)

// All times here are simulated: they are the same on every machine.

func quantile(d []time.Duration, q float64) time.Duration {
	if len(d) == 0 {
		return time.Hour
	}
	d = slices.Sorted(slices.Values(d))
	return d[min(int(q*float64(len(d))), len(d)-1)]
}

// What a person sees, from painting to the last byte at the other end.
func TestScenes(t *testing.T) {
	for _, test := range []struct {
		path     func() *path
		scene    scene
		video    bool
		p50, p95 time.Duration
	}{
		{clean, typing, false, ms, ms},
		{clean, scroll, false, ms, ms},
		{clean, pages, false, 4 * ms, 20 * ms},
		{clean, pages, true, 4 * ms, 20 * ms},
		{wan, typing, false, 21 * ms, 30 * ms},
		{wan, typing, true, 21 * ms, 30 * ms},
		{wan, scroll, false, 25 * ms, 40 * ms},
		{wan, scroll, true, 25 * ms, 40 * ms},
		{wan, drag, false, 35 * ms, 45 * ms},
		{wan, pages, false, 100 * ms, 150 * ms},
		{wan, pages, true, 120 * ms, 150 * ms},
		{thin, typing, false, 22 * ms, 25 * ms},
		{thin, typing, true, 30 * ms, 60 * ms},
		{thin, scroll, false, 50 * ms, 60 * ms},
		{thin, scroll, true, 200 * ms, 260 * ms}, // both want more than there is
		{thin, drag, false, 200 * ms, 250 * ms},
		{thin, pages, false, 560 * ms, 650 * ms},
		{thin, pages, true, 1300 * ms, 1300 * ms},
		{poor, typing, false, 22 * ms, 40 * ms},
		{poor, typing, true, 30 * ms, 100 * ms},
		{poor, scroll, false, 50 * ms, 70 * ms},
		{poor, drag, false, 210 * ms, 260 * ms},
		{poor, pages, false, 560 * ms, 750 * ms},
		{wireless, typing, false, 12 * ms, 20 * ms},
		{wireless, drag, true, 20 * ms, 25 * ms},
		{wireless, pages, false, 40 * ms, 70 * ms},
		{busyClean, typing, false, ms, 15 * ms},
		{busyClean, pages, false, 10 * ms, 60 * ms},
		{busyWan, scroll, false, 25 * ms, 45 * ms},
		{busyWan, pages, true, 120 * ms, 180 * ms},
		{busyThin, scroll, false, 50 * ms, 70 * ms},
		{busyThin, drag, true, 450 * ms, 650 * ms},
		{busyPoor, typing, false, 22 * ms, 45 * ms},
		{busyPoor, pages, false, 570 * ms, 700 * ms},
		{mobile, typing, false, 35 * ms, 800 * ms}, // 7 of 50 s have 0.3 Mbit/s or nothing
	} {
		p := test.path()
		name := p.name + " " + test.scene.name
		if test.video {
			name += " beside video"
		}
		t.Run(name, func(t *testing.T) {
			length := 20 * time.Second
			if p.name == "mobile" {
				length = 50 * time.Second
			}
			r := play(t, p, length, test.video, test.scene)
			painted := int((length-100*ms-1)/test.scene.every) + 1
			if len(r.seen[0]) != painted {
				t.Errorf("%d of %d paints were seen", len(r.seen[0]), painted)
			}
			p50, p95 := quantile(r.seen[0], .5), quantile(r.seen[0], .95)
			t.Logf("p50 %.1f ms, p95 %.1f ms, longest queue %v, %+v", p50.Seconds()*1e3, p95.Seconds()*1e3, p.there.longest, r.sender.Figures())
			if p50 > test.p50 || p95 > test.p95 {
				t.Errorf("p50 %v, p95 %v, want %v and %v", p50, p95, test.p50, test.p95)
			}
			if !test.video {
				return
			}
			if whole := float64(len(r.frames)) / length.Seconds() / 30; whole < 0.8 { // nobody mends them here
				t.Errorf("%d frames of the video came whole", len(r.frames))
			}
			if d := quantile(r.frames, .95); d > 170*ms {
				t.Errorf("the video's frames take %v", d)
			}
		})
	}
}

// A narrow link is found within a second of the first burst, without a queue
// that anybody would feel, and then kept.
func TestFindsNarrowLink(t *testing.T) {
	for _, mk := range []func() *path{thin, poor} {
		p := mk()
		t.Run(p.name, func(t *testing.T) {
			r := play(t, p, 20*time.Second, false, scene{name: "large pages", every: 2 * time.Second, bytes: 400_000, covers: true})
			if p.there.longest > 150*ms || p.there.dropped > 0 {
				t.Errorf("the queue came to %v, %d packets were dropped", p.there.longest, p.there.dropped)
			}
			for _, s := range r.rates {
				if s.at > 1100*ms && (s.rate < 1_600_000 || s.rate > 3_500_000) {
					t.Errorf("%d bits a second at %v", s.rate, s.at)
				}
			}
		})
	}
}

// Random losses are no reason to go slower.
func TestLossIsNotFull(t *testing.T) {
	for _, loss := range []float64{0.01, 0.03} {
		p := newPath("wan", steady(20e6), 20*ms, loss)
		r := play(t, p, 20*time.Second, false, scene{name: "huge", every: 2 * time.Second, bytes: 2_000_000, covers: true})
		for i, d := range r.seen[0] {
			want := 16e6
			if i == 0 {
				want = 15e6 // nothing is known yet
			}
			if rate := 2_000_000 * 8 / (d - 20*ms).Seconds(); rate < want {
				t.Errorf("with %g lost, update %d of 2 MB took %v: %.1f Mbit/s", loss, i, d, rate/1e6)
			}
		}
	}
}

// What comes back is used again: drops, an outage, and the end of both.
func TestRecovers(t *testing.T) {
	for _, video := range []bool{false, true} {
		p := stairs()
		r := play(t, p, 50*time.Second, video, drag)
		for _, s := range r.rates {
			can := p.there.rate(s.at)
			settled := can == p.there.rate(max(0, s.at-3*time.Second)) && s.at > 3*time.Second
			if settled && (float64(s.rate) < 0.5*min(can, 7e6) || can < 10e6 && float64(s.rate) > 2*can) {
				t.Errorf("video %t: %d bits a second at %v, the link has %.0f", video, s.rate, s.at, can)
			}
		}
	}
	p := mobile()
	r := play(t, p, 50*time.Second, false, drag)
	for _, s := range r.rates {
		if at := s.at.Seconds(); (at > 15 && at < 20 || at > 27) && s.rate < 4_000_000 {
			t.Errorf("mobile: %d bits a second at %v, the link has %.0f", s.rate, s.at, p.there.rate(s.at))
		}
	}
}

// What is not sent proves nothing: hours of typing and scrolling leave the
// estimate where it was, and silence too.
func TestLimitedByWhatIsSent(t *testing.T) {
	for _, mk := range []func() *path{clean, wan, thin} {
		p := mk()
		t.Run(p.name, func(t *testing.T) {
			first := pages
			first.every, first.from = time.Hour, 0
			typed := typing
			typed.from, typed.until = 3*time.Second, 9*time.Minute
			again := first
			again.from = 10 * time.Minute
			r := play(t, p, 601*time.Second, false, first, typed, again)
			before := r.rates[30].rate
			for _, s := range r.rates[30:5990] {
				if s.rate != before {
					t.Fatalf("%d bits a second at %v, %d before", s.rate, s.at, before)
				}
			}
			if r.seen[2][0] > r.seen[0][0] {
				t.Errorf("the first page took %v, the one after silence %v", r.seen[0][0], r.seen[2][0])
			}
		})
	}
}
