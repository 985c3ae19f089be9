package collect

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
)

// screens is one picture of every monitor, or of one window, or of a region.
type screens struct {
	grabber Screens         // nil: there are none
	window  string          // a part of the one window's title; "" is every monitor
	region  image.Rectangle // of the desktop; empty is all of it
}

// WindowScreens is what a host's Screens can be besides: one that takes
// pictures of single windows.
type WindowScreens interface {
	// Windows lists the windows that can be seen, the one in front first.
	Windows(ctx context.Context) ([]ScreenWindow, error)
	// GrabWindow takes one picture of a window, without what covers it if
	// the system can do that.
	GrabWindow(ctx context.Context, id string) (Screenshot, error)
}

// ScreenWindow is a window on the desktop.
type ScreenWindow struct {
	ID      string // the system's own
	Title   string
	Program string // "" if the system does not say
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
		w, err := s.Create(path, FileInfo{Title: titleScreenshot, MediaType: "image/png", Source: visible(shot.Name)})
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

// oneWindow takes the window whose title is the one wanted, or has it in it;
// of several the one in front.
func (c screens) oneWindow(ctx context.Context) (Screenshot, error) {
	host, ok := c.grabber.(WindowScreens)
	if !ok {
		return Screenshot{}, absent("single windows cannot be pictured on this system")
	}
	all, err := host.Windows(ctx)
	if err != nil {
		return Screenshot{}, err
	}
	want := strings.ToLower(c.window)
	matches := func(exact bool) func(ScreenWindow) bool {
		return func(w ScreenWindow) bool {
			title := strings.ToLower(w.Title)
			return title == want || !exact && (strings.Contains(title, want) || strings.EqualFold(w.Program, want))
		}
	}
	i := slices.IndexFunc(all, matches(true))
	if i < 0 {
		i = slices.IndexFunc(all, matches(false))
	}
	if i < 0 {
		return Screenshot{}, absent(fmt.Sprintf("there is no window %q", c.window))
	}
	shot, err := host.GrabWindow(ctx, all[i].ID)
	shot.Name = cmp.Or(shot.Name, all[i].Title, "window")
	return shot, err
}
