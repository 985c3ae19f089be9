package film

import (
	"image"
	"time"
)

// run encodes until Close.
func (w *Writer) run() {
	defer close(w.done)
	for {
		select {
		case <-w.quit:
			w.end()
			return
		case <-w.wake:
		}
		if !w.pending() {
			continue // the frame before took this along
		}
		began := time.Now()
		w.cut()
		took := time.Since(began)
		select {
		case <-time.After(max(time.Second/time.Duration(w.o.FPS)-took, took)):
		case <-w.quit:
		}
	}
}

// pending says whether something changed since the last frame.
func (w *Writer) pending() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.changed.Empty()
}

// cut encodes what is seen now. After an error nothing is encoded any more.
func (w *Writer) cut() {
	at, ok := w.take()
	if !ok {
		return
	}
	if err := w.cutter.frame(at); err != nil {
		w.fail(err)
	}
}

// take gives the cutter what changed; at is when it was seen. Not ok is that
// nothing was seen yet, or that it has failed.
func (w *Writer) take() (at time.Time, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.seen == nil || w.err != nil {
		return at, false
	}
	w.cutter.take(w.seen, w.changed, w.pointer)
	at = w.at
	if w.changed.Empty() { // the same once more: it is seen now
		at = at.Add(time.Since(w.told))
	}
	w.changed = image.Rectangle{}
	return at, true
}

// end writes the last picture and, so that it stands as long as it was seen,
// the same once more.
func (w *Writer) end() {
	if w.pending() {
		w.cut()
	}
	w.cut()
	if err := w.cutter.close(); err != nil {
		w.fail(err)
	}
}

// fail keeps the first error.
func (w *Writer) fail(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err == nil {
		w.err = err
		close(w.failed)
	}
}
