package collect

import (
	"context"
	"fmt"
	"image"
	"image/png"
)

// screens is one picture of every monitor, or of one window, or of a region.
type screens struct {
	grabber Screens         // nil: there are none
	window  string          // the one window, see FindWindow; "" is every monitor
	region  image.Rectangle // of the desktop; empty is all of it
}

// maxScreens is how many monitors are taken.
const maxScreens = 16

func (screens) Name() string  { return "screens" }
func (screens) Title() string { return titleScreens }

func (c screens) Collect(ctx context.Context, s Sink) error {
	shots, err := c.shots(ctx)
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
		w, err := s.Create(path, FileInfo{Title: titleScreenshot, MediaType: "image/png", Source: visible(shot.Name), Cut: shot.Cut})
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

// shots takes the pictures that are wanted.
func (c screens) shots(ctx context.Context) ([]Screenshot, error) {
	if c.grabber == nil {
		return nil, ErrNoScreen
	}
	if c.window != "" {
		shot, err := c.oneWindow(ctx)
		return []Screenshot{shot}, err
	}
	shots, err := c.grabber.Grab(ctx)
	if err != nil || c.region.Empty() {
		return shots, err
	}
	var parts []Screenshot
	for _, shot := range shots {
		if part, ok := crop(shot, c.region); ok {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 && len(shots) > 0 {
		return nil, fmt.Errorf("the region %v lies on none of the %d monitors", c.region, len(shots))
	}
	return parts, nil
}

// crop gives what of a monitor's picture lies in a region of the desktop.
func crop(shot Screenshot, region image.Rectangle) (Screenshot, bool) {
	b := shot.Image.Bounds()
	part := region.Sub(shot.At).Add(b.Min).Intersect(b)
	if part.Empty() {
		return shot, false
	}
	if whole, ok := shot.Image.(interface {
		SubImage(image.Rectangle) image.Image
	}); ok {
		shot.Image = whole.SubImage(part)
		return shot, true
	}
	shot.Image = cropped{shot.Image, part}
	return shot, true
}

// cropped is a part of a picture that cannot give parts itself.
type cropped struct {
	image.Image
	part image.Rectangle
}

func (c cropped) Bounds() image.Rectangle { return c.part }
