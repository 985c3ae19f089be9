//go:build !headless

package surface

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// barWidth is how thick a bar beside the picture is, in Fyne's units.
const barWidth = 12

// bar says which part of a picture is seen, and is dragged to see another.
type bar struct {
	widget.BaseWidget
	of       *Surface
	down     bool // it stands, at the right
	track    *canvas.Rectangle
	thumb    *canvas.Rectangle
	over     bool
	leftover float32 // of a drag, less than a pixel of the picture
}

var (
	_ fyne.Draggable    = (*bar)(nil)
	_ fyne.Tappable     = (*bar)(nil)
	_ desktop.Hoverable = (*bar)(nil)
)

func newBar(of *Surface, down bool) *bar {
	b := &bar{of: of, down: down, track: canvas.NewRectangle(nil), thumb: canvas.NewRectangle(nil)}
	b.Hidden = true
	b.ExtendBaseWidget(b)
	return b
}

func (b *bar) show(on bool, at fyne.Position, size fyne.Size) {
	if on {
		b.Move(at)
		b.Resize(size)
		b.Show()
		b.Refresh()
	} else if b.Visible() {
		b.Hide()
	}
}

// share is where the part that is seen begins and ends, from 0 to 1.
func (b *bar) share() (from, to float32) {
	b.of.mu.Lock()
	v := b.of.frame.view
	b.of.mu.Unlock()
	at, seen, all := v.offset.X, v.place.Dx(), v.scaled.X
	if b.down {
		at, seen, all = v.offset.Y, v.place.Dy(), v.scaled.Y
	}
	if all == 0 {
		return 0, 1
	}
	return float32(at) / float32(all), float32(at+seen) / float32(all)
}

func (b *bar) scroll(by float32) {
	b.of.mu.Lock()
	all := b.of.frame.view.scaled
	b.of.mu.Unlock()
	length, size := b.Size().Width, all.X
	if b.down {
		length, size = b.Size().Height, all.Y
	}
	if length <= 0 {
		return
	}
	by = by*float32(size)/length + b.leftover
	n := int(by)
	b.leftover = by - float32(n)
	if b.down {
		b.of.scroll(image.Pt(0, n))
	} else {
		b.of.scroll(image.Pt(n, 0))
	}
}

// Dragged is part of fyne.Draggable.
func (b *bar) Dragged(e *fyne.DragEvent) {
	if b.down {
		b.scroll(e.Dragged.DY)
	} else {
		b.scroll(e.Dragged.DX)
	}
}

// DragEnd is part of fyne.Draggable.
func (b *bar) DragEnd() { b.leftover = 0 }

// Tapped is part of fyne.Tappable: a page on, towards the place.
func (b *bar) Tapped(e *fyne.PointEvent) {
	from, to := b.share()
	at, length := e.Position.X, b.Size().Width
	if b.down {
		at, length = e.Position.Y, b.Size().Height
	}
	page := (to - from) * length
	switch {
	case at < from*length:
		b.scroll(-page)
	case at >= to*length:
		b.scroll(page)
	}
	b.leftover = 0
}

// MouseIn is part of desktop.Hoverable.
func (b *bar) MouseIn(*desktop.MouseEvent) { b.over = true; b.Refresh() }

// MouseMoved is part of desktop.Hoverable.
func (b *bar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is part of desktop.Hoverable.
func (b *bar) MouseOut() { b.over = false; b.Refresh() }

// CreateRenderer is part of fyne.Widget.
func (b *bar) CreateRenderer() fyne.WidgetRenderer { return &barRenderer{b} }

type barRenderer struct{ bar *bar }

func (r *barRenderer) Layout(size fyne.Size) {
	b := r.bar
	const gap, least = 2, 24
	b.track.Resize(size)
	from, to := b.share()
	length, thick := size.Width, size.Height-2*gap
	if b.down {
		length, thick = size.Height, size.Width-2*gap
	}
	lo, long := from*length, max(least, (to-from)*length)
	lo = max(0, min(lo, length-long))
	if b.down {
		b.thumb.Move(fyne.NewPos(gap, lo))
		b.thumb.Resize(fyne.NewSize(thick, long))
	} else {
		b.thumb.Move(fyne.NewPos(lo, gap))
		b.thumb.Resize(fyne.NewSize(long, thick))
	}
}

func (r *barRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *barRenderer) Refresh() {
	b := r.bar
	b.track.FillColor = theme.Color(theme.ColorNameScrollBarBackground)
	b.thumb.FillColor = theme.Color(theme.ColorNameScrollBar)
	if b.over {
		b.thumb.FillColor = theme.Color(theme.ColorNamePrimary)
	}
	b.thumb.CornerRadius = 4
	r.Layout(b.Size())
	b.track.Refresh()
	b.thumb.Refresh()
}

func (r *barRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.bar.track, r.bar.thumb}
}

func (r *barRenderer) Destroy() {}
