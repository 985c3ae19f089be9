// Package film writes what a viewer saw into a WebM file.
package film

import (
	"errors"
	"image"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/beistand/beistand/session/codec"
	"github.com/beistand/beistand/session/pixel"
)

// format is by measurement the one that keeps text sharp in the smallest
// file; browsers and ffmpeg play it in WebM.
const format = codec.VP9

// Can says whether this build can record.
func Can() bool { return slices.Contains(codec.Encoders(), format) }

// ErrClosed is what Add says after Close.
var ErrClosed = errors.New("the recording is closed")

// Options say how a film is made. The zero value serves.
type Options struct {
	FPS int           // frames a second at most; 0: 12
	Key time.Duration // from one place that can be jumped to to the next, while something moves; 0: 5 s
}

// Writer makes a film. Its memory does not grow with the film's length. Add
// and Close may be called by any goroutine.
//
// There is a frame only when something changed, at most Options.FPS a second,
// and fewer when encoding would take more than half of a processor.
type Writer struct {
	o    Options
	wake chan struct{} // told when there is something to encode; holds one
	quit chan struct{} // closed by Close
	done chan struct{} // closed when everything is written

	mu      sync.Mutex      // guards all below
	seen    *pixel.Bitmap   // what the viewer shows; nil before the first Add
	pointer pointer         // over what is seen
	changed image.Rectangle // in seen, since the last frame
	at      time.Time       // of the last Add
	told    time.Time       // when it was called
	err     error           // the first that went wrong
	failed  chan struct{}   // closed with it
	closed  bool

	cutter *cutter // run's, after NewWriter
}

// NewWriter begins a film of a size into out, in the form for live streams:
// what is there can be played at any time, also when the rest could not be
// written. When out is an io.WriterAt (a file, from its beginning on), its
// length and the places that can be jumped to are filled in by Close.
// codec.ErrKind when this build cannot record, codec.ErrSize when there are
// no films of that size.
func NewWriter(out io.Writer, size image.Point, o Options) (*Writer, error) {
	if o.FPS <= 0 {
		o.FPS = 12
	}
	if o.Key <= 0 {
		o.Key = 5 * time.Second
	}
	c, err := newCutter(out, size, o, time.Now())
	if err != nil {
		return nil, err
	}
	w := &Writer{o: o, wake: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}), failed: make(chan struct{}), cutter: c}
	go w.run()
	return w, nil
}

// Add is what the viewer sees from at on: p, of which changed may differ from
// the last time; nil is everything. It copies that and never waits for encoding
// or writing. A picture of another size than the film's is shown in its middle,
// scaled down where it is larger. The error is the first that writing met, such
// as a full disk; the film until then can be played, after Close best.
func (w *Writer) Add(p *pixel.Bitmap, changed []image.Rectangle, at time.Time) error {
	if changed == nil {
		changed = []image.Rectangle{p.Rect}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.err != nil:
		return w.err
	case w.closed:
		return ErrClosed
	}
	if w.seen == nil || w.seen.Rect != p.Rect {
		w.seen = pixel.New(p.Rect)
		w.changed = image.Rectangle{}
		changed = []image.Rectangle{p.Rect}
	}
	for _, r := range changed {
		w.seen.Copy(p, r)
		w.changed = w.changed.Union(r.Intersect(p.Rect))
	}
	w.news(at)
	return nil
}

// news notes when something was seen, and has it encoded; mu is held.
func (w *Writer) news(at time.Time) {
	w.at, w.told = at, time.Now()
	if w.changed.Empty() {
		return
	}
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// Failed is closed with the first error that writing meets. Close says which.
func (w *Writer) Failed() <-chan struct{} { return w.failed }

// Close writes what is still owed, shown until now, and ends the film. It does
// not close the writer below. Its error is the first that writing met.
func (w *Writer) Close() error {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.quit)
	}
	w.mu.Unlock()
	<-w.done
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}
