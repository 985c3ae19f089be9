//go:build !headless

package app

import (
	"context"
	"errors"
	"image"

	"golang.org/x/image/draw"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session/screen"
)

// Small pictures of what can be shown.
const (
	sightWide, sightHigh = 320, 200 // pixels at most
	sightsMost           = 40       // windows
)

// Sights is part of page.Hosting.
func (h *hosting) Sights(ctx context.Context) ([]page.Sight, error) {
	source, err := screen.Open()
	if err != nil {
		return nil, err
	}
	defer source.Close()
	monitors, err := source.Monitors()
	if err != nil {
		return nil, err
	}
	var all []page.Sight
	for _, m := range monitors {
		p := image.NewRGBA(image.Rectangle{Max: m.Bounds.Size()})
		if err := source.Grab(m, p); err != nil {
			return nil, err
		}
		all = append(all, page.Sight{Monitor: m.Name, Name: m.Name, Size: m.Bounds.Size(), Picture: small(p)})
	}
	windows, can := source.(screen.WindowSource)
	if !can {
		return all, nil
	}
	list, err := windows.Windows()
	if err != nil {
		return nil, err
	}
	for _, w := range list[:min(len(list), sightsMost)] {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		v := page.Sight{Window: w.ID, Name: w.Title, Program: w.Program, Size: w.Bounds.Size()}
		switch p, err := windows.GrabWindow(w.ID); {
		case errors.Is(err, screen.ErrNoWindow):
			continue
		case err != nil:
			return nil, err
		default:
			v.Picture = small(p.Image)
		}
		all = append(all, v)
	}
	return all, nil
}

// small scales a picture down with its sides' ratio kept.
func small(p *image.RGBA) image.Image {
	size := p.Rect.Size()
	if size.X < 1 || size.Y < 1 {
		return nil
	}
	part := min(1, sightWide/float64(size.X), sightHigh/float64(size.Y))
	to := image.NewRGBA(image.Rect(0, 0, max(1, int(float64(size.X)*part)), max(1, int(float64(size.Y)*part))))
	draw.ApproxBiLinear.Scale(to, to.Rect, p, p.Rect, draw.Src, nil)
	return to
}
