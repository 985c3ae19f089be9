package session

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// Names of servers are asked for before the first connection and before they
// are stale; a connection waits for new ones only when the old may not hold.
func TestServers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked, away := 0, false
		n := &named{ice: []ICEServer{{Username: "told at first"}}}
		n.fresh = func(ctx context.Context) ([]ICEServer, error) {
			asked++
			if away {
				<-ctx.Done()
				return nil, errors.New("the desk is away")
			}
			return []ICEServer{{Username: "fresh"}}, nil
		}
		check := func(when string, count int, waits time.Duration) {
			t.Helper()
			begin := time.Now()
			servers := n.now(t.Context())
			if servers[0].Username != "fresh" || asked != count || time.Since(begin) != waits {
				t.Errorf("%s: %v after %v, asked %d times, want %d", when, servers, time.Since(begin), asked, count)
			}
		}
		ago := func(d time.Duration) { // what was, was that much earlier
			n.mu.Lock()
			defer n.mu.Unlock()
			n.at, n.asked = n.at.Add(-d), n.asked.Add(-d)
		}
		check("first", 1, 0)
		check("at once again", 1, 0)
		if n.due(time.Now()) {
			t.Error("it is time to ask right after an answer")
		}
		ago(freshTime + time.Second)
		if !n.due(time.Now()) {
			t.Error("it is not time to ask before they are stale")
		}
		away = true
		n.ask(t.Context(), iceTime)
		if n.due(time.Now()) {
			t.Error("a desk that is away is asked at once again")
		}
		check("old, and not stale", 2, 0)
		ago(staleTime)
		check("stale, and the desk is away", 3, againTime)
		away = false
		check("stale", 4, 0)
	})
}

// Without a desk to ask, there are those that were told.
func TestServersTold(t *testing.T) {
	n := &named{ice: []ICEServer{{Username: "told"}}}
	if servers := n.now(t.Context()); len(servers) != 1 || servers[0].Username != "told" || n.due(time.Now()) {
		t.Errorf("the servers are %v", servers)
	}
}
