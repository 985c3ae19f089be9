package desk

import (
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
)

// TestRelayCredentials are the ways in which credentials do not hold.
func TestRelayCredentials(t *testing.T) {
	allow := func(c *Config) { c.RelayAllow = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} }
	for name, spoil := range map[string]func(*house, api.Session, *api.ICE, string){
		"wrong password": func(_ *house, _ api.Session, i *api.ICE, _ string) { i.Servers[1].Credential = "x" },
		"other session":  func(_ *house, _ api.Session, i *api.ICE, _ string) { i.Servers[1].Username = "9999999999:0:customer" },
		"no user of ours": func(_ *house, _ api.Session, i *api.ICE, _ string) {
			i.Servers[1].Username = "admin"
		},
		"expired": func(h *house, _ api.Session, _ *api.ICE, _ string) { h.clock.pass(relayTTL + time.Second) },
		"session ended": func(h *house, n api.Session, _ *api.ICE, token string) {
			if err := h.client(token).MarkSession(h.t.Context(), n.ID, api.SessionMark{What: api.MarkEnded}); err != nil {
				h.t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t, allow)
			n, ice, token := h.iceOfNew()
			spoil(h, n, &ice, token)
			if _, err := allocate(t, h, ice, "udp"); err == nil {
				t.Error("an allocation was made")
			}
		})
	}
	t.Run("bound", func(t *testing.T) {
		h := open(t, allow)
		_, ice, _ := h.iceOfNew()
		for i := range relayPerSession {
			if _, err := allocate(t, h, ice, "udp"); err != nil {
				t.Fatalf("%d: %v", i, err)
			}
		}
		if _, err := allocate(t, h, ice, "udp"); err == nil {
			t.Error("one more than the bound was made")
		}
		h.clock.pass(relaySilence) // they are a client's whose address has changed since
		for i := range 3 {
			if _, err := allocate(t, h, ice, "udp"); err != nil {
				t.Fatalf("%d after a silence: %v", i, err)
			}
		}
		h.relay.mu.Lock()
		if n := len(h.relay.sockets); n != relayPerSession {
			t.Errorf("the session has %d allocations, at most %d are allowed", n, relayPerSession)
		}
		h.relay.mu.Unlock()
	})
	t.Run("by another session's credentials", func(t *testing.T) {
		h := open(t, allow)
		_, ice, _ := h.iceOfNew()
		other, _, _ := h.iceOfNew()
		user := ice.Servers[1].Username
		ice.Servers[1].Username = user[:strings.Index(user, ":")+1] + other.ID + ":customer" // live, and not what was signed
		if _, err := allocate(t, h, ice, "udp"); err == nil {
			t.Error("an allocation was made")
		}
	})
	t.Run("asked for while it ends", func(t *testing.T) {
		h := open(t, allow)
		n, _, token := h.iceOfNew()
		stale, err := h.store.Session(t.Context(), n.ID) // as it was when the question came in
		if err != nil {
			t.Fatal(err)
		}
		if err := h.client(token).MarkSession(t.Context(), n.ID, api.SessionMark{What: api.MarkEnded}); err != nil {
			t.Fatal(err)
		}
		if err := h.ice(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil), gate.Caller{Session: stale}); err == nil {
			t.Error("an ended session was given credentials")
		}
		h.relay.mu.Lock()
		defer h.relay.mu.Unlock()
		if h.relay.live[n.ID] != nil {
			t.Error("the relay takes an ended session for an open one")
		}
	})
	t.Run("end cuts what is open", func(t *testing.T) {
		h := open(t, allow)
		n, ice, token := h.iceOfNew()
		if _, err := allocate(t, h, ice, "udp"); err != nil {
			t.Fatal(err)
		}
		if got := h.relay.server.AllocationCount(); got != 1 {
			t.Fatal(got)
		}
		if err := h.client(token).MarkSession(t.Context(), n.ID, api.SessionMark{What: api.MarkEnded}); err != nil {
			t.Fatal(err)
		}
		until(t, "the allocation is gone", func() bool { return h.relay.server.AllocationCount() == 0 })
	})
}

// TestRelayOutlivesCredentials: what was allocated goes on when the credentials'
// time is over, until the session ends; nothing new is made with them.
func TestRelayOutlivesCredentials(t *testing.T) {
	h := open(t, func(c *Config) { c.RelayAllow = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	n, ice, token := h.iceOfNew()
	if err := h.client(token).MarkSession(t.Context(), n.ID, api.SessionMark{What: api.MarkConsented}); err != nil {
		t.Fatal(err)
	}
	relayed, err := allocate(t, h, ice, "udp")
	if err != nil {
		t.Fatal(err)
	}
	h.clock.pass(relayTTL + time.Second)
	peer := listen(t)
	if _, err := relayed.WriteTo([]byte("a new permission"), peer.LocalAddr()); err != nil { // asks for one
		t.Fatal(err)
	}
	hears(t, peer, "a new permission")
	if _, err := allocate(t, h, ice, "udp"); err == nil {
		t.Error("a new allocation was made with old credentials")
	}
	if fresh, err := h.client(token).ICE(t.Context(), n.ID); err != nil {
		t.Error(err)
	} else if _, err := allocate(t, h, fresh, "udp"); err != nil {
		t.Errorf("with new credentials: %v", err)
	}
	if ice.TTLSeconds != 600 {
		t.Errorf("credentials are said to hold %d s", ice.TTLSeconds)
	}
}

// TestCredentialsSurviveRestart: the desk goes and comes back on the same
// folder, and what it gave out before is still good for its session.
func TestCredentialsSurviveRestart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "desk")
	change := func(c *Config) {
		c.Dir = dir
		c.RelayAllow = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	}
	h := open(t, change)
	_, ice, _ := h.iceOfNew()
	gone, over, token := h.iceOfNew()
	if err := h.client(token).MarkSession(t.Context(), gone.ID, api.SessionMark{What: api.MarkEnded}); err != nil {
		t.Fatal(err)
	}
	if err := h.stop(); err != nil {
		t.Fatal(err)
	}
	again := reopen(t, h, change)
	if _, err := allocate(t, again, ice, "udp"); err != nil {
		t.Errorf("after a restart: %v", err)
	}
	if _, err := allocate(t, again, over, "udp"); err == nil {
		t.Error("the credentials of a session that is over hold again")
	}
	info, err := os.Stat(filepath.Join(dir, secretFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the secret: %v %v", info.Mode(), err)
	}
	a, err := deskSecret(dir, "relay")
	if err != nil {
		t.Fatal(err)
	}
	if b, err := deskSecret(dir, "another"); err != nil || string(a) == string(b) {
		t.Errorf("two purposes have one key: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, secretFile), []byte("short\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := deskSecret(dir, "relay"); err == nil {
		t.Error("a damaged secret is taken")
	}
}

// TestOutsideRelay gives credentials that a coturn with the same secret takes.
func TestOutsideRelay(t *testing.T) {
	h := open(t, func(c *Config) {
		c.RelayListen = ""
		c.TURNURLs, c.TURNSecret = []string{"turn:relay.example.com:3478?transport=udp", "turns:relay.example.com:443"}, "shared"
	})
	n, ice, _ := h.iceOfNew()
	if len(ice.Servers) != 1 || len(ice.Servers[0].URLs) != 2 || ice.TTLSeconds != 600 {
		t.Fatalf("%+v", ice)
	}
	s := ice.Servers[0]
	if s.Credential != turnPassword([]byte("shared"), s.Username) || !strings.HasSuffix(s.Username, ":"+n.ID+":customer") {
		t.Errorf("%+v", s)
	}
	for name, c := range map[string]Config{
		"no secret":  {TURNURLs: []string{"turn:a.example"}},
		"no address": {TURNSecret: "x"},
		"stun":       {TURNURLs: []string{"stun:a.example"}, TURNSecret: "x"},
		"http":       {TURNURLs: []string{"https://a.example"}, TURNSecret: "x"},
		"rate":       {RelayRate: -1},
	} {
		c.Dir = t.TempDir()
		if s, err := New(c); err == nil {
			t.Errorf("%s: taken", name)
			_ = s.Close()
		}
	}
}
