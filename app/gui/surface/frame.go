//go:build !headless

package surface

import (
	"image"

	"github.com/beistand/beistand/session/pixel"
)

// frame makes what is shown: the picture at its scale with the pointer on it.
// Places are the scaled picture's pixels unless another thing is said. It is
// not safe for concurrent use.
type frame struct {
	view  view
	alloc func(image.Rectangle) *store // memory for pixels that are shown
	free  func(*store)                 // takes it back, once nothing shows it any more
	back  *store                       // the picture; nil before the first
	lent  *store                       // the picture that a display reads now, with all else of a job; nil: none
	spare *store                       // for the picture while back is lent; nil before the first time
	front *store                       // the part that is shown, scaled; nil when the view is exact
	patch *store                       // what lies around the pointer, with it

	scaler *scaler
	shape  *Shape      // nil: no pointer is drawn
	tip    image.Point // its hot spot, in the picture's pixels
	marked image.Rectangle

	stale  region // of the picture: not yet in front, or not yet with the display
	owed   region // not yet shown
	behind region // of the picture: not yet in spare

	display bool // the display scales by itself
}

// store is a picture's memory, which a display may share.
type store struct {
	*pixel.Bitmap
	shared any // a display's own; nil when it shares nothing
}

// heap is memory that no display knows.
func heap(r image.Rectangle) *store { return &store{Bitmap: pixel.New(r)} }

// put is a rectangle to show and the pixels for it, or nil: the display has
// them, and draws the pointer if it is marked.
type put struct {
	from   *store
	rect   image.Rectangle
	marked bool
}

// job is what is to be shown since the last time.
type job struct {
	view   view
	back   *store
	fresh  []image.Rectangle // of back: new to a display that scales
	puts   []put
	shape  *Shape      // of the pointer
	corner image.Point // its upper left, where there is a shape
}

// see changes the view; everything is shown anew.
func (f *frame) see(v view) {
	if f.view == v {
		return
	}
	if f.view.picture != v.picture || f.view.scaled != v.scaled {
		f.scaler = nil
	}
	f.view = v
	f.all()
}

// all has everything made and shown anew.
func (f *frame) all() {
	f.stale, f.owed, f.marked = nil, nil, image.Rectangle{}
	f.drop(&f.front)
	if f.back != nil {
		f.stale.add(f.back.Rect)
	}
	f.owed.add(f.view.shown())
}

func (f *frame) drop(s **store) {
	if *s != nil {
		f.free(*s)
	}
	*s = nil
}

// changed says that r of the picture is new.
func (f *frame) changed(r image.Rectangle) { f.stale.add(r.Intersect(f.back.Rect)) }

// use has the display scale, or nobody but the frame.
func (f *frame) use(display bool) {
	if f.display != display {
		f.display = display
		f.all()
	}
}

// settle brings what has changed into what is shown. What a display that
// scales does not have yet it gives.
func (f *frame) settle() (fresh []image.Rectangle) {
	here := !f.view.exact() && !f.display
	if here {
		if f.scaler == nil {
			f.scaler = newScaler(f.view.picture, f.view.scaled)
		}
		if f.front == nil {
			f.front = f.alloc(f.view.shown())
		}
	}
	for _, r := range f.stale.take() {
		if f.display && !f.view.exact() {
			fresh = append(fresh, r)
		}
		r = f.view.from(r)
		if here {
			f.scaler.scale(f.front.Bitmap, f.back.Bitmap, r)
		}
		f.owed.add(r)
	}
	return fresh
}

// take gives what is to be shown since the last time.
func (f *frame) take() job {
	j := job{view: f.view, back: f.back}
	if f.back == nil || f.view.place.Empty() {
		return j
	}
	j.fresh = f.settle()
	base := f.front
	if f.view.exact() {
		base = f.back
	}
	box := f.box()
	if box != f.marked {
		f.owed.add(f.marked)
		f.owed.add(box)
	}
	f.marked = box
	touched := false
	for _, r := range f.owed.take() {
		if r = r.Intersect(f.view.shown()); r.Empty() {
			continue
		}
		touched = touched || r.Overlaps(box)
		for _, p := range without(r, box) {
			j.puts = append(j.puts, put{from: base, rect: p})
		}
	}
	if touched {
		j.shape, j.corner = f.shape, f.corner()
		p := put{rect: box, marked: true}
		if base != nil {
			f.mark(base, box)
			p.from = f.patch
		}
		j.puts = append(j.puts, p)
	}
	return j
}

// corner is the upper left of the pointer, where there is one.
func (f *frame) corner() image.Point { return f.view.at(f.tip).Sub(f.shape.Hot) }

// box is where the pointer is drawn.
func (f *frame) box() image.Rectangle {
	if f.shape == nil {
		return image.Rectangle{}
	}
	at := f.corner()
	return image.Rectangle{Min: at, Max: at.Add(f.shape.Size)}.Intersect(f.view.shown())
}

// mark makes patch.
func (f *frame) mark(base *store, box image.Rectangle) {
	size := image.Rectangle{Max: f.shape.Size}
	if f.patch == nil || f.patch.Rect.Dx() < size.Dx() || f.patch.Rect.Dy() < size.Dy() {
		f.drop(&f.patch)
		f.patch = f.alloc(size)
	}
	f.patch.Rect = f.patch.Rect.Add(box.Min.Sub(f.patch.Rect.Min))
	f.patch.Copy(base.Bitmap, box)
	lay(f.shape, f.patch.Sub(box), f.corner())
}
