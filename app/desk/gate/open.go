package gate

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"
)

// Open are the requests and rooms that stand open, so that those of somebody
// who may no longer be here can be cut. The zero value is ready.
type Open struct {
	mu    sync.Mutex // guards what follows, and no cut happens after leave
	lines map[*line]bool
	cuts  []func(Caller) bool // the last ones
	first int                 // the number of cuts[0]
}

type line struct {
	of   Caller
	cut  func()
	over *time.Timer // cuts when the caller's token or key is over; nil: that is not known
}

// keptCuts is how many cuts are remembered, for those who are being let in meanwhile.
const keptCuts = 1000

// Mark is taken before somebody is looked at, and given to Enter after: what
// was cut in between does not enter.
type Mark int

// Mark is the moment before the next cut.
func (o *Open) Mark() Mark {
	o.mu.Lock()
	defer o.mu.Unlock()
	return Mark(o.first + len(o.cuts))
}

// Enter remembers what c has open until leave is called. cut is called at most
// once: at once if c was cut since the mark, else when c is cut, or when what c
// asked with is over. It must not wait.
func (o *Open) Enter(since Mark, c Caller, cut func()) (leave func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.lines == nil {
		o.lines = map[*line]bool{}
	}
	l := &line{of: c, cut: cut}
	o.lines[l] = true
	missed := int(since) < o.first
	for i := max(int(since)-o.first, 0); i < len(o.cuts) && !missed; i++ {
		missed = o.cuts[i](c)
	}
	if missed {
		o.drop(l)
	} else if c.Left > 0 {
		l.over = time.AfterFunc(c.Left, func() { o.expire(l) })
	}
	return func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.forget(l)
	}
}

// Cut cuts what those have open whom is says, and says how much that was.
func (o *Open) Cut(is func(Caller) bool) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.cuts = append(o.cuts, is)
	if n := len(o.cuts) - keptCuts; n > 0 {
		o.cuts, o.first = append([]func(Caller) bool(nil), o.cuts[n:]...), o.first+n
	}
	n := 0
	for l := range o.lines {
		if is(l.of) {
			o.drop(l)
			n++
		}
	}
	return n
}

// Len says how much stands open.
func (o *Open) Len() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.lines)
}

// expire cuts a line whose time is over, unless it was left or cut before.
func (o *Open) expire(l *line) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.lines[l] {
		o.drop(l)
	}
}

func (o *Open) drop(l *line) {
	o.forget(l)
	l.cut()
}

func (o *Open) forget(l *line) {
	delete(o.lines, l)
	if l.over != nil {
		l.over.Stop()
	}
}

// errCut ends what is read or written by somebody who may no longer be here.
var errCut = errors.New("cut: whoever asked may no longer be here")

// Guard makes a request end when c is cut: its context ends, and nothing of it
// is read or written any more.
func (o *Open) Guard(since Mark, c Caller, w http.ResponseWriter, r *http.Request) (http.ResponseWriter, *http.Request, func()) {
	ctx, cancel := context.WithCancelCause(r.Context())
	g := &guarded{ResponseWriter: w, control: http.NewResponseController(w)}
	leave := o.Enter(since, c, func() { g.cut(); cancel(errCut) })
	r = r.WithContext(ctx)
	if r.Body != nil {
		r.Body = body{r.Body, g}
	}
	return g, r, func() { leave(); cancel(nil) }
}

// guarded is an answer that can be cut.
type guarded struct {
	http.ResponseWriter
	control *http.ResponseController

	mu   sync.Mutex // guards over, and that no deadline is moved on after it
	over bool
}

// Unwrap is for http.ResponseController.
func (g *guarded) Unwrap() http.ResponseWriter { return g.ResponseWriter }

func (g *guarded) Write(p []byte) (int, error) {
	if g.isOver() {
		return 0, errCut
	}
	return g.ResponseWriter.Write(p)
}

// SetReadDeadline is for http.ResponseController.
func (g *guarded) SetReadDeadline(t time.Time) error { return g.deadline(g.control.SetReadDeadline, t) }

// SetWriteDeadline is for http.ResponseController.
func (g *guarded) SetWriteDeadline(t time.Time) error {
	return g.deadline(g.control.SetWriteDeadline, t)
}

func (g *guarded) deadline(set func(time.Time) error, t time.Time) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.over {
		return errCut
	}
	return set(t)
}

func (g *guarded) isOver() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.over
}

func (g *guarded) cut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.over = true
	past := time.Unix(1, 0)
	_ = g.control.SetReadDeadline(past) // not every answer goes over a network
	_ = g.control.SetWriteDeadline(past)
}

// body is a request's, which is read no more after a cut.
type body struct {
	io.ReadCloser
	g *guarded
}

func (b body) Read(p []byte) (int, error) {
	if b.g.isOver() {
		return 0, errCut
	}
	return b.ReadCloser.Read(p)
}
