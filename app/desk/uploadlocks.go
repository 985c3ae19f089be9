package desk

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// uploadLocks give each upload to one request at a time. A newer request stops
// the older: after a break in the network the older one's connection may look
// alive for minutes, and the client waits behind itself.
type uploadLocks struct {
	mu      sync.Mutex // guards what follows
	held    map[string]*hold
	stopped bool
}

type hold struct {
	stop func()        // makes the holder finish soon; called under mu, so never after release
	done chan struct{} // closed by release
}

// lockPatience is how long a stopped request may take to put on disk what it has.
const lockPatience = 10 * time.Second

// take waits for the upload, or says no.
func (l *uploadLocks) take(ctx context.Context, id string, stop func()) (release func(), ok bool) {
	patience := time.NewTimer(lockPatience)
	defer patience.Stop()
	for {
		l.mu.Lock()
		old := l.held[id]
		if old == nil {
			if l.held == nil {
				l.held = map[string]*hold{}
			}
			h := &hold{stop: stop, done: make(chan struct{})}
			l.held[id] = h
			if l.stopped {
				stop()
			}
			l.mu.Unlock()
			return func() {
				l.mu.Lock()
				delete(l.held, id)
				l.mu.Unlock()
				close(h.done)
			}, true
		}
		old.stop()
		l.mu.Unlock()
		select {
		case <-old.done:
		case <-patience.C:
			return nil, false
		case <-ctx.Done():
			return nil, false
		}
	}
}

// stop makes every holder, also those to come, finish soon.
func (l *uploadLocks) stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stopped = true
	for _, h := range l.held {
		h.stop()
	}
}

var errStopped = errors.New("stopped by a newer request or by the desk's end")

// body is an upload's body, which may take long as long as it moves.
type body struct {
	r       *http.Request
	control *http.ResponseController
	stopped atomic.Bool
}

func newBody(w http.ResponseWriter, r *http.Request) *body {
	return &body{r: r, control: http.NewResponseController(w)}
}

func (b *body) Read(p []byte) (int, error) {
	if err := b.control.SetReadDeadline(time.Now().Add(pieceTimeout)); err != nil {
		return 0, err
	}
	if b.stopped.Load() { // after the deadline: stop sets them in the other order
		return 0, errStopped
	}
	return b.r.Body.Read(p)
}

// stop breaks a Read off that is waiting, and refuses later ones.
func (b *body) stop() {
	b.stopped.Store(true)
	_ = b.control.SetReadDeadline(time.Unix(1, 0)) // the connection may be gone, which is as good
}

// done gives the answer its time, however long the body took.
func (b *body) done() {
	_ = b.control.SetWriteDeadline(time.Now().Add(writeTimeout))
}
