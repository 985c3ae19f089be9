package play

import (
	"context"
	"encoding/json"
	"image"
	"io"
	"time"

	"github.com/beistand/beistand/app/lab/glass/film"
	"github.com/beistand/beistand/app/lab/glass/pane"
	"github.com/beistand/beistand/app/lab/glass/tally"
)

// Watcher notes when each frame of a scene is seen on a display, and how well.
type Watcher struct {
	Display string
	Scene   string
	Size    image.Point // of the source's picture
	Length  time.Duration
	First   uint16    // the scene's first counter
	Log     io.Writer // tally.Event as JSON lines

	out    *json.Encoder
	scene  film.Scene
	moving image.Rectangle
	probe  *film.Probe   // nil: there is no film in it
	pages  []*film.Frame // switch: what each page should look like
	kept   []shot
}

// lookEvery is how often the markers are looked at.
const lookEvery = 4 * time.Millisecond

// shotEvery is how often a screenshot is kept to be judged.
const shotEvery = 500 * time.Millisecond

// maxShots bounds the memory: one is 8 MB, or 33 of a screen with 4K.
const maxShots = 40

// shot is a screenshot kept to be judged after the run, off the clock.
type shot struct {
	t      int64
	n      uint16
	f      *film.Frame
	origin image.Point
}

// Watch looks until its time is over.
func (w *Watcher) Watch(ctx context.Context) error {
	w.out = json.NewEncoder(w.Log)
	if err := w.begin(); err != nil {
		return err
	}
	d, err := pane.Open(w.Display)
	if err != nil {
		return err
	}
	defer d.Close()
	full, err := d.NewGrabber(d.W * d.H)
	if err != nil {
		return err
	}
	if err := w.look(ctx, d, full); err != nil {
		return err
	}
	return w.judge()
}

// begin gets ready what must not cost time later.
func (w *Watcher) begin() (err error) {
	if w.scene, err = film.New(w.Scene); err != nil {
		return err
	}
	w.moving = film.Moving(w.scene, w.Size.X, w.Size.Y)
	if w.scene.Period() > 0 {
		w.probe = film.NewProbe(w.scene, w.Size.X, w.Size.Y, int(w.Length/w.scene.Period())+2)
	}
	if w.Scene == "switch" {
		for i := range int(w.Length/w.scene.Period()) + 2 {
			f := film.NewFrame(w.Size.X, w.Size.Y)
			w.scene.Step(f, i)
			film.Mark(f, w.First+uint16(i))
			w.pages = append(w.pages, f)
		}
	}
	return nil
}

func (w *Watcher) look(ctx context.Context, d *pane.Display, full *pane.Grabber) error {
	end := time.Now().Add(w.Length)
	v, err := w.aim(ctx, d, full, end)
	if err != nil {
		return err
	}
	var last [2]uint16
	reel := reel{w: w, since: time.Now()}
	var page pageState
	polls := 0
	began := time.Now()
	readable := began // when a marker was last read
	nextShot := began.Add(shotEvery)
	for next := began; next.Before(end); polls++ {
		if !sleep(ctx, next) {
			return ctx.Err()
		}
		if next = next.Add(lookEvery); next.Before(time.Now()) {
			next = time.Now()
		}
		parts, err := v.small.All(v.parts...)
		if err != nil {
			return err
		}
		t := Now()
		if len(parts) > len(last) {
			if err := reel.look(&parts[len(last)], t); err != nil {
				return err
			}
		}
		for i := range last {
			n, ok := film.Counter(&parts[i])
			if ok {
				readable = time.Now()
			}
			if !ok || n == last[i] {
				continue
			}
			last[i] = n
			if err := w.out.Encode(tally.Event{Kind: tally.SawCounter, T: t, N: n, End: [...]string{tally.Top, tally.Bottom}[i]}); err != nil {
				return err
			}
		}
		if time.Since(readable) > time.Second { // the picture was moved or scaled
			if found, err := w.aim(ctx, d, full, time.Now()); err == nil {
				v = found
			}
			readable = time.Now()
		}
		switch {
		case !v.judge:
		case w.pages != nil:
			err = w.watchPage(&page, full, last[0], v.origin)
		case time.Now().After(nextShot):
			nextShot = nextShot.Add(shotEvery)
			err = w.keep(full, v)
		}
		if err != nil {
			return err
		}
	}
	return w.out.Encode(tally.Event{Kind: tally.SawPolls, PollHz: float64(polls) / time.Since(began).Seconds()})
}

// keep takes a screenshot if both of its strips show the same frame.
func (w *Watcher) keep(full *pane.Grabber, v *view) error {
	f, err := full.Screen()
	if err != nil {
		return err
	}
	a, okA := film.Counter(f.Crop(v.Top))
	b, okB := film.Counter(f.Crop(v.Bottom))
	if okA && okB && a == b && len(w.kept) < maxShots {
		w.kept = append(w.kept, shot{Now(), a, f.Crop(f.Bounds()), v.origin})
	}
	return nil
}
