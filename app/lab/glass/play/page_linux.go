package play

import (
	"image"
	"time"

	"github.com/beistand/beistand/app/lab/glass/film"
	"github.com/beistand/beistand/app/lab/glass/pane"
	"github.com/beistand/beistand/app/lab/glass/tally"
)

// pageState follows one page of the switch scene until it is as painted, and
// once more shortly before the next page.
type pageState struct {
	n                        uint16
	since, next              time.Time
	legible, sharp, lossless bool
	settled                  bool
}

const (
	quickTime   = 150 * time.Millisecond  // for so long a page is looked at often
	quickLook   = 8 * time.Millisecond    // that is, each
	slowLook    = 30 * time.Millisecond   // and later each
	settledTime = 1600 * time.Millisecond // after it showed, the page is judged
)

func (w *Watcher) watchPage(s *pageState, full *pane.Grabber, n uint16, origin image.Point) error {
	i := int(n - w.First)
	if i >= len(w.pages) {
		return nil // not (yet) a page of this run
	}
	t := time.Now()
	if n != s.n {
		*s = pageState{n: n, since: t, next: t}
	}
	settle := !s.settled && t.Sub(s.since) > settledTime
	if !settle && (s.lossless || t.Before(s.next)) {
		return nil
	}
	f, err := full.Screen()
	if err != nil {
		return err
	}
	at := Now()
	if err := w.rate(s, f, at, i, origin); err != nil {
		return err
	}
	pause := slowLook
	if t.Sub(s.since) < quickTime {
		pause = quickLook
	}
	s.next = time.Now().Add(pause)
	if settle {
		s.settled = true
		w.kept = append(w.kept, shot{at, n, f.Crop(f.Bounds()), origin})
	}
	return nil
}

// rate notes what the page has become for the first time.
func (w *Watcher) rate(s *pageState, f *film.Frame, at int64, i int, origin image.Point) error {
	page := w.pages[i]
	note := func(kind string, is *bool, test func() bool) error {
		if *is || !test() {
			return nil
		}
		*is = true
		return w.out.Encode(tally.Event{Kind: kind, T: at, N: s.n})
	}
	if err := note(tally.SawLossless, &s.lossless, func() bool { return film.Same(page, f, origin) }); err != nil {
		return err
	}
	if err := note(tally.SawSharp, &s.sharp, func() bool { return s.lossless || film.QuickPSNR(page, f, origin) >= tally.SharpPSNR }); err != nil {
		return err
	}
	return note(tally.SawLegible, &s.legible, func() bool { return s.sharp || film.QuickSSIM(page, f, origin) >= film.Legible })
}
