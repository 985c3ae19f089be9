//go:build !headless

package app

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"sync"
	"time"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/film"
	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/rights"
)

// filmed are the rights without which no film is kept.
var filmed = rights.Of(rights.Film, rights.See)

// Film is part of page.Filming.
func (s *supporting) Film(path string, over func(page.FilmEnd)) error {
	r, err := newReel(path)
	if err != nil {
		return err
	}
	return s.keep(r, over)
}

// keep begins the film.
func (s *supporting) keep(r *reel, over func(page.FilmEnd)) error {
	s.mu.Lock()
	if s.reel != nil {
		s.mu.Unlock()
		r.drop()
		return session.ErrBusy
	}
	s.reel = r
	r.shape, r.spot = s.shape, s.spot
	s.mu.Unlock()
	if err := s.filmed(r.add); err != nil {
		s.unwind(r)
		r.drop()
		return err
	}
	s.work.Go(func() {
		r.wait(s.ctx)
		if err := s.filmed(nil); err != nil {
			s.log.WithError(err).Warn("end a film")
		}
		s.unwind(r)
		over(r.close())
	})
	return nil
}

// EndFilm is part of page.Filming.
func (s *supporting) EndFilm() { s.endFilm(false) }

// endFilm ends the film, if there is one.
func (s *supporting) endFilm(right bool) {
	s.mu.Lock()
	r := s.reel
	s.mu.Unlock()
	if r != nil {
		r.end(right)
	}
}

// unwind forgets a film.
func (s *supporting) unwind(r *reel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reel == r {
		s.reel = nil
	}
}

// cursor gives the window and the film the customer's pointer.
func (s *supporting) cursor(shape *pixel.Shape, at image.Point) {
	s.mu.Lock()
	s.shape, s.spot = shape, at
	r := s.reel
	s.mu.Unlock()
	if r != nil {
		r.point(shape, at)
	}
	s.window.Cursor(shape, at)
}

// reel is one film on its way into its file.
type reel struct {
	file  *os.File
	out   io.Writer     // file
	begun chan struct{} // closed with the first picture
	stop  chan struct{} // closed by end

	mu     sync.Mutex   // guards the rest
	writer *film.Writer // nil before the first picture
	shape  *pixel.Shape // the pointer before it
	spot   image.Point
	err    error // why there is no writer
	ended  bool
	right  bool // it ended with the right
}

// newReel makes the film's file, for its owner alone.
func newReel(path string) (*reel, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("keep a film: %w", err)
	}
	_ = f.Chmod(0o600) // the window may have made it for all to read; not every disk can tell
	return &reel{file: f, out: f, begun: make(chan struct{}), stop: make(chan struct{})}, nil
}

// add takes what is seen; the session calls it, one at a time.
func (r *reel) add(p *pixel.Bitmap, changed []image.Rectangle) {
	now := time.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended || r.err != nil {
		return
	}
	if r.writer == nil {
		r.writer, r.err = film.NewWriter(r.out, p.Rect.Size(), film.Options{})
		close(r.begun)
		if r.err != nil {
			return
		}
		r.writer.Point(r.shape, r.spot, now)
	}
	_ = r.writer.Add(p, changed, now) // wait hears of it, and close says it
}

// point takes the pointer.
func (r *reel) point(shape *pixel.Shape, spot image.Point) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.shape, r.spot = shape, spot
	if r.writer != nil && !r.ended {
		r.writer.Point(shape, spot, time.Now())
	}
}

// end ends the film: nothing is added any more.
func (r *reel) end(right bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.ended {
		r.ended, r.right = true, right
		close(r.stop)
	}
}

// wait returns when the film is over.
func (r *reel) wait(ctx context.Context) {
	select {
	case <-r.begun:
	case <-r.stop:
		return
	case <-ctx.Done():
		return
	}
	r.mu.Lock()
	w := r.writer
	r.mu.Unlock()
	if w == nil { // it could not begin
		return
	}
	select {
	case <-w.Failed():
	case <-r.stop:
	case <-ctx.Done():
	}
}

// close makes the file whole.
func (r *reel) close() page.FilmEnd {
	r.end(false)
	r.mu.Lock()
	w, e := r.writer, page.FilmEnd{Path: r.file.Name(), Right: r.right, Why: r.err}
	r.mu.Unlock()
	if w == nil {
		e.Path = ""
		r.drop()
		return e
	}
	e.Why = errors.Join(w.Close(), r.file.Close()) // the last pictures may take a while
	return e
}

// drop removes a file without a film.
func (r *reel) drop() {
	_ = r.file.Close()
	_ = os.Remove(r.file.Name())
}
