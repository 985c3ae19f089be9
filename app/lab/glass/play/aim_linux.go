package play

import (
	"context"
	"image"
	"math"
	"time"

	"github.com/beistand/beistand/app/lab/glass/film"
	"github.com/beistand/beistand/app/lab/glass/pane"
	"github.com/beistand/beistand/app/lab/glass/tally"
)

// view is what a watcher needs to look at the viewer's picture.
type view struct {
	film.Place
	origin image.Point
	judge  bool              // the picture is whole and not scaled
	parts  []image.Rectangle // what is looked at: the strips, and a part of the film
	small  *pane.Grabber
}

// aim finds the picture and gets ready to look at its parts.
func (w *Watcher) aim(ctx context.Context, d *pane.Display, full *pane.Grabber, end time.Time) (*view, error) {
	p, err := Find(ctx, full, w.Size.X, end)
	if err != nil {
		return nil, err
	}
	if err := w.out.Encode(tally.Event{Kind: tally.SawPlace, Scale: p.Scale, X: p.X, Y: p.Y}); err != nil {
		return nil, err
	}
	v := &view{Place: p, origin: image.Pt(int(math.Round(p.X)), int(math.Round(p.Y)))}
	v.judge = p.Scale == 1 && image.Rectangle{Max: w.Size}.Add(v.origin).In(image.Rect(0, 0, d.W, d.H))
	v.parts = []image.Rectangle{p.Top, p.Bottom}
	if w.probe != nil && v.judge {
		v.parts = append(v.parts, w.probe.Area.Add(v.origin))
	}
	pixels := 0
	for _, r := range v.parts {
		pixels += r.Dx() * r.Dy()
	}
	v.small, err = d.NewGrabber(pixels)
	return v, err
}

// Find looks for the markers of a picture of that width until they show or
// the time is over; then the error is film.ErrNoMarkers.
func Find(ctx context.Context, full *pane.Grabber, width int, end time.Time) (film.Place, error) {
	for {
		f, err := full.Screen()
		if err != nil {
			return film.Place{}, err
		}
		p, err := film.Locate(f, width)
		if err == nil || time.Now().After(end) {
			return p, err
		}
		if !sleep(ctx, time.Now().Add(50*time.Millisecond)) {
			return film.Place{}, ctx.Err()
		}
	}
}
