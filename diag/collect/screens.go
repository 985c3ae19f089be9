package collect

import (
	"context"
	"fmt"
	"image/png"
)

// screens is one picture of every monitor.
type screens struct {
	grabber Screens // nil: there are none
}

// maxScreens is how many monitors are taken.
const maxScreens = 16

func (screens) Name() string  { return "screens" }
func (screens) Title() string { return titleScreens }

func (c screens) Collect(ctx context.Context, s Sink) error {
	if c.grabber == nil {
		return ErrNoScreen
	}
	shots, err := c.grabber.Grab(ctx)
	if err != nil {
		return err
	}
	if len(shots) == 0 {
		return ErrNoScreen
	}
	// Quick: a person waits, and the rest of the bundle is packed meanwhile.
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	for i, shot := range shots[:min(len(shots), maxScreens)] {
		if err := ctx.Err(); err != nil {
			return err
		}
		path := fmt.Sprintf("screens/%d-%s.png", i+1, SafeName(shot.Name))
		w, err := s.Create(path, FileInfo{Title: titleScreenshot, MediaType: "image/png", Source: shot.Name})
		if err != nil {
			return err
		}
		if err := encoder.Encode(w, shot.Image); err != nil {
			w.Close()
			return fmt.Errorf("write the picture of %q: %w", shot.Name, err)
		}
		if err := w.Close(); err != nil {
			return err
		}
	}
	return nil
}
