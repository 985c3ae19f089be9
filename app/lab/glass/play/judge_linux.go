package play

import (
	"time"

	"github.com/beistand/beistand/app/lab/glass/film"
	"github.com/beistand/beistand/app/lab/glass/tally"
)

// reel follows the film of a scene.
type reel struct {
	w     *Watcher
	shown int // the frame that was seen last
	since time.Time
}

// look notes the film's frame if it is another one. The longer ago the last
// one was seen, the further is looked for the next.
func (r *reel) look(part *film.Frame, t int64) error {
	far := 10 + 2*int(time.Since(r.since)/r.w.scene.Period())
	n, ok := r.w.probe.Find(part, r.shown, r.shown+far)
	if !ok || n == r.shown && n > 0 {
		return nil
	}
	r.shown, r.since = n, time.Now()
	return r.w.out.Encode(tally.Event{Kind: tally.SawCounter, T: t, N: r.w.First + uint16(n), End: tally.Film})
}

// How many frames the film of a screenshot may be behind or ahead of its markers.
const filmBehind, filmAhead = 90, 10

// lastJudged bounds how long a scene is replayed: a counter beyond it was left
// over from an earlier run.
const lastJudged = 4096

// judge replays the scene and compares the kept screenshots with it.
func (w *Watcher) judge() error {
	scene, err := film.New(w.Scene)
	if err != nil {
		return err
	}
	ref := film.NewFrame(w.Size.X, w.Size.Y)
	i := 0
	for _, s := range w.kept {
		want := int(s.n - w.First)
		if want > lastJudged {
			continue
		}
		for ; i <= want; i++ {
			scene.Step(ref, i)
		}
		if w.probe != nil { // the film may be another way behind than the markers
			part := s.f.Crop(w.probe.Area.Add(s.origin))
			if shown, ok := w.probe.Find(part, want-filmBehind, want+filmAhead); ok {
				scene.Step(ref, shown)
			}
		}
		film.Mark(ref, s.n)
		q := film.Compare(ref, s.f, s.origin, w.moving)
		if err := w.out.Encode(tally.Event{Kind: tally.SawQuality, T: s.t, N: s.n, Q: &q}); err != nil {
			return err
		}
	}
	return nil
}
