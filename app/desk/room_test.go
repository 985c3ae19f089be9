package desk

import (
	"log"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/reply"
)

// pair is a session with both sides in its room.
func (h *house) pair() (made api.CreatedTicket, n api.Session, supporter, customer *websocket.Conn) {
	h.t.Helper()
	made = h.ticket()
	n = h.session(made.Ticket.Number)
	supporter, customer = h.enter(n.ID, h.staff()), h.enter(n.ID, made.Token)
	wantEvent(h.t, supporter, api.RoomPeerJoined, "")
	wantEvent(h.t, customer, api.RoomPeerJoined, "")
	return made, n, supporter, customer
}

func (h *house) enter(id, token string) *websocket.Conn {
	h.t.Helper()
	c, err := h.client(token).Room(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { c.CloseNow() })
	return c
}

func wantClose(t *testing.T, c *websocket.Conn, code websocket.StatusCode) {
	t.Helper()
	for {
		if _, _, err := c.Read(t.Context()); err != nil {
			if got := websocket.CloseStatus(err); got != code {
				t.Fatalf("closed with %d: %v, want %d", got, err, code)
			}
			return
		}
	}
}

func TestRoomNewerReplaces(t *testing.T) {
	h := open(t)
	made, n, sup, cus := h.pair()
	second := h.enter(n.ID, made.Token)
	wantClose(t, cus, websocket.StatusPolicyViolation)
	wantEvent(t, sup, api.RoomPeerLeft, "")
	wantEvent(t, sup, api.RoomPeerJoined, "")
	wantEvent(t, second, api.RoomPeerJoined, "")
	if err := sup.Write(t.Context(), websocket.MessageBinary, []byte("x")); err != nil {
		t.Fatal(err)
	}
	if _, data, err := second.Read(t.Context()); err != nil || string(data) != "x" {
		t.Fatalf("%q %v", data, err)
	}
}

func TestRoomLeft(t *testing.T) {
	h := open(t)
	_, _, sup, cus := h.pair()
	if err := cus.Close(websocket.StatusNormalClosure, ""); err != nil {
		t.Fatal(err)
	}
	wantEvent(t, sup, api.RoomPeerLeft, "")
}

func TestRoomRefusesMessages(t *testing.T) {
	t.Run("too large", func(t *testing.T) {
		h := open(t)
		_, _, sup, cus := h.pair()
		if err := cus.Write(t.Context(), websocket.MessageBinary, make([]byte, api.MaxRoomMessage+1)); err != nil {
			t.Fatal(err)
		}
		wantClose(t, cus, websocket.StatusMessageTooBig)
		wantEvent(t, sup, api.RoomPeerLeft, "")
	})
	t.Run("the desk's kind", func(t *testing.T) {
		h := open(t)
		_, _, sup, cus := h.pair()
		if err := cus.Write(t.Context(), websocket.MessageText, []byte(`{"event":"ended"}`)); err != nil {
			t.Fatal(err)
		}
		wantEvent(t, sup, api.RoomPeerLeft, "")
	})
}

// TestRoomSlow proves that a side that reads nothing is cut off and holds nobody up.
func TestRoomSlow(t *testing.T) {
	h := open(t, func(c *Config) { c.seams.slowRoom = 4 })
	_, _, sup, _ := h.pair() // the customer reads no more
	left := make(chan struct{})
	go func() {
		defer close(left)
		for {
			typ, _, err := sup.Read(t.Context())
			if err != nil || typ == websocket.MessageText {
				return
			}
		}
	}()
	big := make([]byte, api.MaxRoomMessage)
	for sent := 0; ; sent++ {
		select {
		case <-left:
			return
		default:
		}
		if sent > 4000 {
			t.Fatal("a side that reads nothing was sent 250 MB")
		}
		if err := sup.Write(t.Context(), websocket.MessageBinary, big); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSessionEnds are the ends that nobody says.
func TestSessionEnds(t *testing.T) {
	ended := func(t *testing.T, h *house, id, by, reason string) {
		t.Helper()
		if err := h.sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		n, err := h.store.Session(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if by == "" && n.Ended == nil {
			return
		}
		if n.Ended == nil || n.EndedBy != by || n.Reason != reason {
			t.Fatalf("%+v, want %s %s", n.Session, by, reason)
		}
	}
	t.Run("silence is no", func(t *testing.T) {
		h := open(t)
		_, n, sup, _ := h.pair()
		h.clock.pass(api.SessionCodeTTL - time.Second)
		ended(t, h, n.ID, "", "")
		h.clock.pass(time.Second)
		ended(t, h, n.ID, api.ByDesk, api.ReasonExpired)
		wantEvent(t, sup, api.RoomEnded, api.ReasonExpired)
		wantClose(t, sup, websocket.StatusNormalClosure)
	})
	t.Run("consent comes too late before the sweep", func(t *testing.T) {
		h := open(t)
		made, n, _, _ := h.pair()
		h.clock.pass(api.SessionCodeTTL)
		err := h.client(made.Token).MarkSession(t.Context(), n.ID, api.SessionMark{What: api.MarkConsented})
		if err == nil {
			t.Fatal("consented after the code's time")
		}
	})
	t.Run("both left", func(t *testing.T) {
		h := open(t)
		made, n, sup, cus := h.pair()
		if err := h.client(made.Token).MarkSession(t.Context(), n.ID, api.SessionMark{What: api.MarkConsented}); err != nil {
			t.Fatal(err)
		}
		cus.CloseNow()
		wantEvent(t, sup, api.RoomPeerLeft, "")
		h.clock.pass(time.Hour)
		ended(t, h, n.ID, "", "") // one is still there
		sup.CloseNow()
		until(t, "the room is empty", func() bool { occupied, _ := h.rooms.Presence(n.ID); return !occupied })
		h.clock.pass(roomGrace - time.Second)
		ended(t, h, n.ID, "", "")
		h.clock.pass(time.Second)
		ended(t, h, n.ID, api.ByNetwork, api.ReasonLost)
	})
	t.Run("nobody came back after a restart", func(t *testing.T) {
		h := open(t)
		made := h.ticket()
		n := h.session(made.Ticket.Number)
		if err := h.client(made.Token).MarkSession(t.Context(), n.ID, api.SessionMark{What: api.MarkConsented}); err != nil {
			t.Fatal(err)
		}
		ended(t, h, n.ID, "", "")
		h.clock.pass(roomGrace)
		ended(t, h, n.ID, api.ByNetwork, api.ReasonLost)
	})
	t.Run("a newer one was asked for", func(t *testing.T) {
		h := open(t)
		made, n, sup, _ := h.pair()
		h.session(made.Ticket.Number)
		wantEvent(t, sup, api.RoomEnded, api.ReasonReplaced)
		ended(t, h, n.ID, api.ByDesk, api.ReasonReplaced)
	})
}

// TestMark is the session's state machine.
func TestMark(t *testing.T) {
	start := time.Now().UTC().Truncate(time.Second)
	type state int
	const (
		asked state = iota
		late        // asked, and the code's time is over
		consented
		started
		over
	)
	const ok, same = 0, -1 // changed, and unchanged without a refusal
	for _, c := range []struct {
		name string
		mark api.SessionMark
		role string
		want [5]int
		by   string
	}{
		{"consent", api.SessionMark{What: api.MarkConsented}, api.ByCustomer, [5]int{ok, 410, same, same, 410}, ""},
		{"consent by the wrong side", api.SessionMark{What: api.MarkConsented}, api.BySupporter, [5]int{403, 403, 403, 403, 403}, ""},
		{"refuse", api.SessionMark{What: api.MarkRefused}, api.ByCustomer, [5]int{ok, ok, ok, ok, same}, api.ByCustomer},
		{"refuse by the wrong side", api.SessionMark{What: api.MarkRefused}, api.BySupporter, [5]int{403, 403, 403, 403, 403}, ""},
		{"start", api.SessionMark{What: api.MarkStarted}, api.BySupporter, [5]int{409, 409, ok, same, 410}, ""},
		{"wrong code", api.SessionMark{What: api.MarkWrongCode}, api.BySupporter, [5]int{ok, ok, ok, ok, same}, api.BySupporter},
		{"end", api.SessionMark{What: api.MarkEnded}, api.ByCustomer, [5]int{ok, ok, ok, ok, same}, api.ByCustomer},
		{"end by the network", api.SessionMark{What: api.MarkEnded, By: api.ByNetwork}, api.ByCustomer, [5]int{ok, ok, ok, ok, same}, api.ByNetwork},
		{"end in the other's name", api.SessionMark{What: api.MarkEnded, By: api.BySupporter}, api.ByCustomer, [5]int{ok, ok, ok, ok, same}, api.ByCustomer},
		{"nonsense", api.SessionMark{What: "x"}, api.ByCustomer, [5]int{422, 422, 422, 422, 422}, ""},
	} {
		for st, want := range c.want {
			n := api.Session{Asked: start, Expires: start.Add(api.SessionCodeTTL)}
			now := start.Add(time.Minute)
			switch state(st) {
			case late:
				now = n.Expires
			case consented:
				n.Consented = &start
			case started:
				n.Consented, n.Started = &start, &start
			case over:
				n.Ended, n.EndedBy = &start, "someone"
			}
			changed, err := mark(&n, c.mark, c.role, now)
			got := same
			if changed {
				got = ok
			}
			if r, is := err.(*reply.Refusal); is {
				got = r.Status
			}
			if got != want {
				t.Errorf("%s in state %d: %d, want %d", c.name, st, got, want)
			}
			if want == ok && c.by != "" && n.EndedBy != c.by {
				t.Errorf("%s in state %d: ended by %q", c.name, st, n.EndedBy)
			}
		}
	}
}

// A room's end is nothing to write down: not that it came, and not that there
// was nobody left to answer.
func TestRoomEndsInSilence(t *testing.T) {
	var out guarded
	h := open(t, func(c *Config) { c.Log = log.New(&out, "", 0) })
	made, n, sup, cus := h.pair()
	if err := h.client(made.Token).MarkSession(t.Context(), n.ID, api.SessionMark{What: api.MarkEnded, By: api.ByCustomer}); err != nil {
		t.Fatal(err)
	}
	wantClose(t, sup, websocket.StatusNormalClosure)
	wantClose(t, cus, websocket.StatusNormalClosure)
	_, _, sup, cus = h.pair()
	_ = sup.CloseNow()
	_ = cus.CloseNow()
	if err := h.stop(); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "http:") {
		t.Errorf("logged: %s", out.String())
	}
}

// TestRoomProtocols proves that a room, and nothing else, takes a token as a
// browser can name one.
func TestRoomProtocols(t *testing.T) {
	h := open(t)
	made := h.ticket()
	n := h.session(made.Ticket.Number)
	dial := func(path string, protocols ...string) (*websocket.Conn, int) {
		c, resp, err := websocket.Dial(t.Context(), h.URL()+path, &websocket.DialOptions{Subprotocols: protocols})
		if err == nil {
			t.Cleanup(func() { c.CloseNow() })
		}
		return c, resp.StatusCode
	}
	c, status := dial(api.RoomPath(n.ID), api.RoomProtocol, api.RoomToken+h.staff())
	if status != 101 || c.Subprotocol() != api.RoomProtocol {
		t.Fatalf("enter: %d", status)
	}
	h.enter(n.ID, made.Token)
	wantEvent(t, c, api.RoomPeerJoined, "")
	for name, protocols := range map[string][]string{
		"another's":     {api.RoomProtocol, api.RoomToken + h.ticket().Token},
		"none":          {api.RoomProtocol},
		"an empty one":  {api.RoomProtocol, api.RoomToken + "-"},
		"without words": {h.staff()},
	} {
		if _, status := dial(api.RoomPath(n.ID), protocols...); status != 401 && status != 403 {
			t.Errorf("%s: %d", name, status)
		}
	}
	if _, status := dial(api.PathTickets, api.RoomProtocol, api.RoomToken+h.staff()); status != 401 {
		t.Errorf("another endpoint: %d", status)
	}
}
