//go:build !headless

package widget

import (
	"image"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/image/draw"
)

// Picture shows an image pixel for pixel where there is room for it, and
// otherwise scaled down with its sides' ratio kept. It never enlarges.
type Picture struct {
	widget.BaseWidget
	Best bool // scale well rather than quickly; for pictures that stand still

	raster *canvas.Raster

	mu      sync.Mutex // guards what is below: pictures come from other goroutines
	source  *image.RGBA
	resized *image.RGBA // source at the size last painted; only paint writes to it
	stale   bool        // source has changed since
	bare    bool        // nothing is in source
}

// NewPicture shows nothing yet.
func NewPicture() *Picture {
	p := &Picture{}
	p.raster = canvas.NewRaster(p.paint)
	p.raster.ScaleMode = canvas.ImageScalePixels
	p.ExtendBaseWidget(p)
	return p
}

// Set takes another image to show. It may be called from any goroutine; the
// image is not touched after it returns. The picture is painted at the next
// Refresh, which belongs to the user interface's thread. It says whether the
// size has changed.
func (p *Picture) Set(m image.Image) (resized bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	bounds := m.Bounds()
	size := image.Rectangle{Max: bounds.Size()}
	resized = p.source == nil || p.source.Rect != size
	if resized {
		p.source = image.NewRGBA(size)
	}
	draw.Draw(p.source, size, m, bounds.Min, draw.Src)
	p.stale, p.bare = true, false
	return resized
}

// Clear leaves nothing of the image but its size. Like Set it may be called
// from any goroutine; doing it again costs nothing.
func (p *Picture) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.source != nil && !p.bare {
		clear(p.source.Pix)
		p.stale, p.bare = true, true
	}
}

// PixelSize is the image's own size.
func (p *Picture) PixelSize() image.Point {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.source == nil {
		return image.Point{}
	}
	return p.source.Rect.Size()
}

// paint gives what the raster shows at w by h pixels.
func (p *Picture) paint(w, h int) image.Image {
	p.mu.Lock()
	defer p.mu.Unlock()
	want := image.Rect(0, 0, w, h)
	if p.source == nil || want.Empty() {
		return image.NewRGBA(image.Rect(0, 0, 1, 1))
	}
	if p.resized == nil || p.resized.Rect != want {
		p.resized, p.stale = image.NewRGBA(want), true
	}
	if p.stale {
		p.stale = false
		if p.source.Rect == want {
			copy(p.resized.Pix, p.source.Pix) // the painter reads it outside the lock
		} else {
			how := draw.Scaler(draw.ApproxBiLinear)
			if p.Best {
				how = draw.BiLinear
			}
			how.Scale(p.resized, want, p.source, p.source.Rect, draw.Src, nil)
		}
	}
	return p.resized
}

// CreateRenderer is part of fyne.Widget.
func (p *Picture) CreateRenderer() fyne.WidgetRenderer { return &pictureRenderer{p} }

type pictureRenderer struct{ picture *Picture }

// Layout puts the image's upper left corner on a whole pixel.
func (r *pictureRenderer) Layout(size fyne.Size) {
	p := r.picture
	pixels := p.PixelSize()
	if pixels.X == 0 || pixels.Y == 0 {
		p.raster.Resize(fyne.Size{})
		return
	}
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(p); c != nil && c.Scale() > 0 {
		scale = c.Scale()
	}
	room := fyne.NewSize(size.Width*scale, size.Height*scale)
	ratio := min(1, room.Width/float32(pixels.X), room.Height/float32(pixels.Y))
	w, h := whole(float32(pixels.X)*ratio), whole(float32(pixels.Y)*ratio)
	p.raster.Resize(fyne.NewSize(w/scale, h/scale))
	p.raster.Move(fyne.NewPos(whole((room.Width-w)/2)/scale, whole((room.Height-h)/2)/scale))
}

func whole(v float32) float32 { return float32(max(0, int(v+0.001))) }

func (r *pictureRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(32) }

func (r *pictureRenderer) Refresh() {
	r.Layout(r.picture.Size())
	r.picture.raster.Refresh()
}

func (r *pictureRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.picture.raster}
}

func (r *pictureRenderer) Destroy() {}
