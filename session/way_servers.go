package session

import (
	"context"
	"sync"
	"time"

	"github.com/beistand/beistand/session/peer"
)

// The desk's names for connection servers hold ten minutes. They are asked for
// when the first connection is made and every freshTime from then on, so that
// a connection that breaks need not wait for the desk; only names that may hold
// no more are waited for then.
const (
	freshTime = 5 * time.Minute
	staleTime = 9 * time.Minute
	againTime = 1500 * time.Millisecond // for the desk to name them once more when a connection has broken
	askGap    = 20 * time.Second        // between questions that the desk has not answered
)

// named are the connection servers as they were named last.
type named struct {
	fresh func(context.Context) ([]ICEServer, error) // nil: there are no others

	mu    sync.Mutex // guards what follows
	ice   []ICEServer
	at    time.Time // when they were named; zero: never
	asked time.Time // when they were asked for; zero: never
}

// now gives the servers for a connection.
func (n *named) now(ctx context.Context) []peer.Server {
	n.mu.Lock()
	old, first := n.at.IsZero() || time.Since(n.at) > staleTime, n.asked.IsZero()
	n.mu.Unlock()
	switch {
	case first:
		n.ask(ctx, iceTime)
	case old:
		n.ask(ctx, againTime)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	servers := make([]peer.Server, len(n.ice))
	for i, s := range n.ice {
		servers[i] = peer.Server{URLs: s.URLs, Username: s.Username, Credential: s.Credential}
	}
	return servers
}

// due says whether it is time to ask again.
func (n *named) due(now time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.fresh != nil && now.Sub(n.at) > freshTime && now.Sub(n.asked) > askGap
}

// ask waits for the desk, but no longer than bound. Without an answer the old ones stay.
func (n *named) ask(ctx context.Context, bound time.Duration) {
	if n.fresh == nil {
		return
	}
	n.mu.Lock()
	n.asked = time.Now()
	n.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, bound)
	defer cancel()
	ice, err := n.fresh(ctx)
	if err != nil {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ice, n.at = ice, time.Now()
}
