package desk

import (
	"crypto/sha256"
	"sync"
	"time"

	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
)

// knownFor is how long a token that was right is let through without a look at
// its address; maxKnown bounds how many are remembered.
const (
	knownFor = 10 * time.Minute
	maxKnown = 50_000
)

// guesses keeps whoever sends tokens that do not hold away from the database,
// and from everybody else's time. Who shares their address and has a token
// that was right a moment ago is not kept waiting.
type guesses struct {
	limit gate.Limiter // wrong ones, by address

	mu    sync.Mutex // guards known
	known map[[sha256.Size]byte]time.Time
}

// admit says whether token may be looked up.
func (g *guesses) admit(from, token string, now time.Time) error {
	wait, ok := g.limit.Left(from, now)
	if ok {
		return nil
	}
	g.mu.Lock()
	at, known := g.known[sha256.Sum256([]byte(token))]
	g.mu.Unlock()
	if known && now.Sub(at) < knownFor {
		return nil
	}
	return reply.TooMany("many requests without a valid token came from your network in a short time", wait)
}

// wrong counts a token that does not hold.
func (g *guesses) wrong(from, token string, now time.Time) {
	g.limit.Take(from, now)
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.known, sha256.Sum256([]byte(token)))
}

// right remembers a token that does.
func (g *guesses) right(token string, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.known == nil {
		g.known = map[[sha256.Size]byte]time.Time{}
	}
	if len(g.known) < maxKnown {
		g.known[sha256.Sum256([]byte(token))] = now
	}
}

// tidy forgets what is of no use any more.
func (g *guesses) tidy(now time.Time) {
	g.limit.Tidy(now)
	g.mu.Lock()
	defer g.mu.Unlock()
	for token, at := range g.known {
		if now.Sub(at) >= knownFor {
			delete(g.known, token)
		}
	}
}
