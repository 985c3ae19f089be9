package session

import (
	"image"

	"github.com/beistand/beistand/session/pixel"
)

// Film gives to what is seen from now on, so that a film can be kept of it:
// what is seen already at once and as a whole, then as Show is given it. Once
// one of rights.Film and rights.See is not given any more, to is not called any
// more, also when the right is given again. Nil ends it: when Film returns, the
// to before is not called any more. The error is ErrOver or ErrNoRight. It must
// not be called by Show, or by to.
func (v *Viewer) Film(to func(picture *pixel.Bitmap, changed []image.Rectangle)) error {
	w := v.watching.Load()
	if w == nil {
		return ErrOver
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.filming = to
	if to == nil {
		return nil
	}
	if !w.mayFilmLocked() {
		return ErrNoRight
	}
	if w.seen != nil {
		w.filmLocked([]image.Rectangle{w.seen.Rect})
	}
	return nil
}

// filmLocked gives a film what has changed of what is seen.
func (w *watching) filmLocked(changed []image.Rectangle) {
	if w.filming != nil && w.mayFilmLocked() && w.gate.may(filmed) { // not while nothing may be shown
		w.filming(w.seen, changed)
	}
}

// mayFilmLocked says whether a film may be kept, and ends it when not.
func (w *watching) mayFilmLocked() bool {
	allowed, _, _ := w.gate.now()
	if !allowed.Has(filmed.Rights()...) {
		w.filming = nil
		return false
	}
	return true
}
