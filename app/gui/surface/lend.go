//go:build !headless

package surface

import (
	"image"
	"slices"
)

// While a display shows a job it reads the frame's memory, and the lock is not
// held. Until it is done nobody writes there: what is new of the picture goes
// into another store, and what Fyne paints meanwhile is made by another frame.

// write has the picture's memory written to in all, which is new then. The rest
// stays as it was.
func (f *frame) write(all []image.Rectangle, one func(to *store, r image.Rectangle)) {
	if f.lent != nil && f.lent == f.back {
		f.swap(all)
	}
	for _, r := range all {
		one(f.back, r)
		f.changed(r)
		if f.spare != nil {
			f.behind.add(r.Intersect(f.back.Rect))
		}
	}
}

// swap takes the spare store for the picture, and copies what it lacks but for
// what will be written.
func (f *frame) swap(written []image.Rectangle) {
	f.back, f.spare = f.spare, f.back
	if f.back == nil {
		f.back = f.alloc(f.spare.Rect)
		f.behind = region{f.back.Rect}
	}
	for _, r := range f.behind.take() {
		if !slices.ContainsFunc(written, r.In) {
			f.back.Copy(f.spare.Bitmap, r)
		}
	}
}

// forget drops the picture.
func (f *frame) forget() {
	f.drop(&f.back)
	f.drop(&f.spare)
}

// beside is a frame that shows the same and writes to memory of its own only.
func (f *frame) beside() *frame {
	b := &frame{alloc: heap, free: func(*store) {}, back: f.back, shape: f.shape, tip: f.tip}
	b.see(f.view)
	return b
}
