package hooks

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate/gatetest"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// receiver is somebody outside who checks what arrives.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex // guards what follows
	secret []byte
	answer int
	got    []api.HookEvent
	bad    []string
}

func receive(t *testing.T) *receiver {
	r := &receiver{answer: http.StatusNoContent}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	mac := hmac.New(sha256.New, r.secret)
	mac.Write([]byte(req.Header.Get("webhook-id") + "." + req.Header.Get("webhook-timestamp") + "." + string(body)))
	var e api.HookEvent
	switch {
	case err != nil || json.Unmarshal(body, &e) != nil:
		r.bad = append(r.bad, "body "+string(body))
	case req.Header.Get("webhook-signature") != "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)):
		r.bad = append(r.bad, "signature "+req.Header.Get("webhook-signature"))
	case e.ID != req.Header.Get("webhook-id"):
		r.bad = append(r.bad, "id "+e.ID)
	}
	r.got = append(r.got, e)
	w.WriteHeader(r.answer)
}

func (r *receiver) say(status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = status
}

func (r *receiver) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.got)
}

// clock is time that a test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

func (c *clock) pass(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.at = c.at.Add(d) }

func newClock() *clock { return &clock{at: time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)} }

// run runs the journal and some desks' hooks on one database until the test ends.
func run(t *testing.T, d *db.DB, c *clock, desks int, allow []netip.Prefix) *Hooks {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	var first *Hooks
	for range desks {
		quiet := log.New(io.Discard, "", 0)
		j, err := journal.New(t.Context(), journal.Config{DB: d, Log: quiet})
		if err != nil {
			t.Fatal(err)
		}
		h := New(Config{DB: d, Journal: j, Now: c.now, Log: quiet, Version: "test", Allow: allow, Wait: 10 * time.Millisecond})
		all.Go(func() { j.Run(ctx) })
		all.Go(func() { h.Run(ctx) })
		if first == nil {
			first = h
		}
	}
	t.Cleanup(func() { cancel(); all.Wait() })
	return first
}

// hook makes one for url.
func hook(t *testing.T, h *Hooks, url string, actions ...string) kept {
	t.Helper()
	k := kept{Hook: api.Hook{Name: "a tracker", URL: url, Actions: actions, Enabled: true, By: "robin", Created: h.cfg.Now()}, secret: newSecret()}
	if err := h.tx(t.Context(), func(tx *db.Tx) error {
		var err error
		k, err = insert(t.Context(), tx, k)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return k
}

func happen(t *testing.T, h *Hooks, actions ...string) {
	t.Helper()
	if err := h.tx(t.Context(), func(tx *db.Tx) error {
		for _, a := range actions {
			if err := journal.Write(t.Context(), tx, journal.Entry{
				At: h.cfg.Now(), Actor: api.Actor{Kind: api.ActorStaff, Name: "sam"}, Ticket: 7, Action: a, Subject: "ticket/7", Detail: json.RawMessage(`{"version":2}`),
			}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for end := time.After(20 * time.Second); !is(); {
		select {
		case <-tick.C:
		case <-end:
			t.Fatalf("did not happen: %s", what)
		}
	}
}

func TestTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c, out := newClock(), receive(t)
		h := run(t, d, c, 2, loopback) // two desks send what is due, and each event goes out once
		k := hook(t, h, out.URL, "ticket.*", "bug.told")
		out.secret = k.secret
		happen(t, h, "ticket.filed", "entry.added", "bug.told", "staff.changed", "ticket.closed")
		done := func() bool {
			list, err := sent(t.Context(), d, k.ID)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, one := range list {
				if one.Done != nil {
					n++
				}
			}
			return n == 3
		}
		until(t, "three deliveries", done)
		out.mu.Lock()
		defer out.mu.Unlock()
		if len(out.got) != 3 || len(out.bad) > 0 {
			t.Fatalf("%+v, bad %v", out.got, out.bad)
		}
		for _, e := range out.got {
			if e.Ticket != 7 || e.Actor != api.ActorStaff || !e.At.Equal(c.now()) || e.Action == "entry.added" || e.Action == "staff.changed" {
				t.Errorf("%+v", e)
			}
		}
	})
}

// TestAgain: what does not arrive is tried again after a while, then less and
// less, and a webhook that never works is switched off by name.
func TestAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c, out := newClock(), receive(t)
		out.say(http.StatusServiceUnavailable)
		h := run(t, d, c, 1, loopback)
		k := hook(t, h, out.URL, "*")
		out.secret = k.secret
		state := func() (api.Delivery, api.Hook) {
			list, err := sent(t.Context(), d, k.ID)
			if err != nil || len(list) == 0 {
				return api.Delivery{}, api.Hook{}
			}
			now, err := one(t.Context(), d, k.ID)
			if err != nil {
				t.Fatal(err)
			}
			return list[len(list)-1], now.Hook
		}
		happen(t, h, "ticket.filed")
		for i, wait := range waits {
			until(t, "another try", func() bool { s, _ := state(); return s.Tries == i+1 })
			s, now := state()
			if s.Next == nil || s.Next.Sub(c.now()) != wait || s.Status != 503 || now.Failing == nil || !strings.Contains(now.Why, "Service Unavailable") {
				t.Fatalf("%+v %+v", s, now)
			}
			c.pass(wait)
		}
		until(t, "giving up", func() bool { s, _ := state(); return s.Tries == len(waits)+1 })
		if s, now := state(); s.Next != nil || !strings.HasSuffix(s.Error, "given up") || !now.Enabled {
			t.Errorf("%+v %+v", s, now)
		}
		c.pass(patience)
		happen(t, h, "ticket.changed")
		until(t, "switching off", func() bool { _, now := state(); return !now.Enabled })
		if _, now := state(); !strings.HasPrefix(now.Why, "switched off") {
			t.Errorf("%+v", now)
		}
	})
}

// TestSlow: somebody who never answers is waited for, and nobody else is.
func TestSlow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		asked := make(chan struct{}, 100)
		slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			asked <- struct{}{}
			<-r.Context().Done()
		}))
		t.Cleanup(slow.Close)
		out := receive(t)
		h := run(t, d, newClock(), 1, loopback)
		hook(t, h, slow.URL, "*")
		out.secret = hook(t, h, out.URL, "*").secret
		for range 10 {
			happen(t, h, "ticket.filed", "ticket.changed")
		}
		<-asked
		until(t, "all that happened at the other one", func() bool { return out.count() == 20 })
		if n := len(asked); n != 0 {
			t.Errorf("the slow one was asked %d times more while it had not answered", n)
		}
	})
}

// TestDropped: who deletes a webhook names the version that they saw.
func TestDropped(t *testing.T) {
	d := dbtest.Open(t, dbtest.File(t))
	house := gatetest.New(t, d)
	h := run(t, d, newClock(), 1, loopback)
	house.Serve(h.Routes())
	k := hook(t, h, "https://hooks.example.com/x", "*")
	var now api.Hook
	k.Name = "changed"
	house.Must(200, "robin", "PUT", api.HookPath(k.ID), k.Hook, &now)
	if e := house.Must(409, "robin", "DELETE", api.HookPath(k.ID)+"?version=1", nil, nil); !strings.Contains(string(e.Current), "changed") {
		t.Errorf("a conflict shows %s", e.Current)
	}
	house.Must(400, "robin", "DELETE", api.HookPath(k.ID), nil, nil)
	house.Must(403, "dana", "DELETE", api.HookPath(k.ID)+"?version=2", nil, nil)
	house.Must(204, "robin", "DELETE", api.HookPath(k.ID)+"?version=2", nil, nil)
	house.Must(404, "robin", "DELETE", api.HookPath(k.ID)+"?version=2", nil, nil)
}
