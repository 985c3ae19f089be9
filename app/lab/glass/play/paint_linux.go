package play

import (
	"context"
	"io"
	"time"

	"github.com/beistand/beistand/app/lab/glass/film"
	"github.com/beistand/beistand/app/lab/glass/pane"
	"github.com/beistand/beistand/app/lab/glass/tally"
)

// Painter plays a scene on a display.
type Painter struct {
	Display string
	Scene   string
	Length  time.Duration
	First   uint16    // the first frame's counter
	Log     io.Writer // a line for each frame; see tally.Painted
}

// Paint plays the scene until its time is over or ctx ends.
func (p Painter) Paint(ctx context.Context) error {
	scene, err := film.New(p.Scene)
	if err != nil {
		return err
	}
	d, err := pane.Open(p.Display)
	if err != nil {
		return err
	}
	defer d.Close()
	c, err := d.NewCanvas()
	if err != nil {
		return err
	}
	next := time.Now()
	end := next.Add(p.Length)
	raised := next
	for i := 0; next.Before(end); i++ {
		rects := scene.Step(c.Frame, i)
		n := p.First + uint16(i)
		rects = append(rects, film.Mark(c.Frame, n)...)
		if !sleep(ctx, next) {
			return nil
		}
		if time.Since(raised) > time.Second && scene.Period() > 0 {
			c.Raise()
			raised = time.Now()
		}
		before := Now()
		if err := c.Put(rects); err != nil {
			return err
		}
		if err := tally.WritePainted(p.Log, n, tally.Painted{Sent: before, Shown: Now()}); err != nil {
			return err
		}
		if scene.Period() == 0 {
			next = end
			break
		}
		// A late frame delays the rest of the film: frames never bunch up.
		next = next.Add(scene.Period())
		if t := time.Now(); next.Before(t) {
			next = t
		}
	}
	sleep(ctx, next)
	return nil
}

// sleep waits until then; it is false when ctx has ended before.
func sleep(ctx context.Context, then time.Time) bool {
	select {
	case <-time.After(time.Until(then)):
		return true
	case <-ctx.Done():
		return false
	}
}
