package session

import (
	"context"
	"sync"
	"time"

	"github.com/beistand/beistand/session/peer"
)

// The desk's names for connection servers hold ten minutes. Later connections
// ask again when they are older than freshTime, or when the relay is in use;
// then the way is broken already, and the old ones may do.
const (
	freshTime  = 5 * time.Minute
	againTime  = 1500 * time.Millisecond // for the desk to name them once more
	neverAsked = 0
)

// named are the connection servers as they were named last.
type named struct {
	fresh func(context.Context) ([]ICEServer, error) // nil: there are no others

	mu    sync.Mutex // guards what follows
	ice   []ICEServer
	asked int       // how often
	at    time.Time // when they were named; zero: never
}

// now gives the servers for a connection.
func (w *named) now(ctx context.Context, relayed bool) []peer.Server {
	w.mu.Lock()
	bound := againTime
	if w.asked == neverAsked {
		bound = iceTime
	}
	ask := w.fresh != nil && (relayed || w.at.IsZero() || time.Since(w.at) > freshTime)
	w.asked++
	w.mu.Unlock()
	if ask {
		w.ask(ctx, bound)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	servers := make([]peer.Server, len(w.ice))
	for i, s := range w.ice {
		servers[i] = peer.Server{URLs: s.URLs, Username: s.Username, Credential: s.Credential}
	}
	return servers
}

// ask waits for the desk, but no longer than bound.
func (w *named) ask(ctx context.Context, bound time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, bound)
	defer cancel()
	ice, err := w.fresh(ctx)
	if err != nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ice, w.at = ice, time.Now()
}
