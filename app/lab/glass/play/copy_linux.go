package play

import (
	"context"
	"errors"
	"image"
	"time"

	"github.com/beistand/beistand/app/lab/glass/pane"
)

// Copy is the peer "ideal": one shared segment is filled by one X server and
// shown by another, as fast as both can. No program is faster, so its latency
// is the harness's own. every is a pause between copies: a known delay, to
// check the harness with.
func Copy(ctx context.Context, from, to string, every time.Duration) error {
	src, err := pane.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := pane.Open(to)
	if err != nil {
		return err
	}
	defer dst.Close()
	seg, err := pane.NewSegment(src.W * src.H)
	if err != nil {
		return err
	}
	g, err := src.GrabInto(seg)
	if err != nil {
		return errors.Join(err, seg.Release())
	}
	c, err := dst.CanvasOf(seg)
	if err := errors.Join(err, seg.Release()); err != nil {
		return err
	}
	for sleep(ctx, time.Now().Add(every)) {
		if _, err := g.Screen(); err != nil {
			return err
		}
		if err := c.Put([]image.Rectangle{c.Bounds()}); err != nil {
			return err
		}
	}
	return nil
}
