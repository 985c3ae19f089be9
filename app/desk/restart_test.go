package desk

import (
	"bufio"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/people/peopletest"
)

// relaying is a desk with a relay in a process of its own.
func relaying(t *testing.T, dir, listen, relay string) (addr, relayAt string, kill func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir, childListen+"="+listen, childRelay+"="+relay)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	dead := false
	kill = func() {
		if !dead {
			dead = true
			_ = cmd.Process.Kill() // SIGKILL: nothing is said goodbye to
			_ = cmd.Wait()
		}
	}
	t.Cleanup(kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Fields(line)
	return at[0], at[1], kill
}

// TestSessionOutlivesDesk kills the desk under a live session: both sides come
// back into their room, the relay's credentials hold, and nobody has ended it.
func TestSessionOutlivesDesk(t *testing.T) {
	dir := t.TempDir()
	dbtest.Fill(t, dir)
	people, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer people.Close()
	now := time.Now()
	if err := peopletest.Hire(t.Context(), people.DB(), api.NewStaff{User: "sam", Name: "Sam Support", Roles: []api.Role{api.RoleStaff}, Password: password}); err != nil {
		t.Fatal(err)
	}
	token, err := people.People().AddStaffToken(t.Context(), "sam", now, now.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	addr, relay, kill := relaying(t, dir, "127.0.0.1:0", "127.0.0.1:0")
	base := "http://" + addr
	made, err := dial(t, base, "").CreateTicket(t.Context(), newTicket())
	if err != nil {
		t.Fatal(err)
	}
	supporter, customer := dial(t, base, token), dial(t, base, made.Token)
	n, err := supporter.AskSession(t.Context(), made.Ticket.Number, api.NewSession{Rights: []string{"see", "control"}})
	if err != nil {
		t.Fatal(err)
	}
	ice, err := customer.ICE(t.Context(), n.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{api.MarkConsented, api.MarkStarted} {
		if err := customer.MarkSession(t.Context(), n.ID, api.SessionMark{What: what}); err != nil {
			t.Fatal(err)
		}
	}
	meet := func(what string) (one, two *websocket.Conn) {
		t.Helper()
		enter := func(c *client.Client) *websocket.Conn {
			conn, err := c.Room(t.Context(), n.ID)
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			t.Cleanup(func() { conn.CloseNow() })
			return conn
		}
		one, two = enter(supporter), enter(customer)
		wantEvent(t, one, api.RoomPeerJoined, "")
		wantEvent(t, two, api.RoomPeerJoined, "")
		if err := one.Write(t.Context(), websocket.MessageBinary, []byte(what)); err != nil {
			t.Fatal(err)
		}
		if _, data, err := two.Read(t.Context()); err != nil || string(data) != what {
			t.Fatalf("%s: %q %v", what, data, err)
		}
		return one, two
	}
	one, two := meet("before")
	kill()
	for _, conn := range []*websocket.Conn{one, two} {
		if _, _, err := conn.Read(t.Context()); err == nil || websocket.CloseStatus(err) != -1 {
			t.Errorf("a killed desk said goodbye: %v", err)
		}
	}
	relaying(t, dir, addr, relay)
	meet("after")
	open, err := people.OpenSessions(t.Context(), made.Ticket.Number)
	if err != nil || len(open) != 1 || open[0].ID != n.ID || open[0].Started == nil {
		t.Errorf("open after the restart: %+v %v", open, err)
	}
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := allocateOn(t, conn, relay, ice); err != nil {
		t.Errorf("with credentials from before: %v", err)
	}
	if err := told(t, n).Verify(); err != nil {
		t.Error(err)
	}
	again, err := supporter.AskSession(t.Context(), made.Ticket.Number, api.NewSession{Role: api.RoleExpert})
	if err != nil || string(again.DeskKey) != string(n.DeskKey) {
		t.Errorf("the desk has another key after the restart: %v", err)
	}
}

// TestRestartGrace: a session that nobody is in after a restart has the whole
// grace to be found again, counted from the start, however old it is.
func TestRestartGrace(t *testing.T) {
	h := open(t)
	made, n, _, _ := h.pair()
	if err := h.client(made.Token).MarkSession(t.Context(), n.ID, api.SessionMark{What: api.MarkConsented}); err != nil {
		t.Fatal(err)
	}
	if err := h.stop(); err != nil {
		t.Fatal(err)
	}
	h.clock.pass(time.Hour) // the machine was being repaired
	again := reopen(t, h, func(c *Config) { c.Dir = h.cfg.Dir })
	ended := func() bool {
		t.Helper()
		if err := again.sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		n, err := again.store.Session(t.Context(), n.ID)
		if err != nil {
			t.Fatal(err)
		}
		return n.Ended != nil
	}
	again.clock.pass(roomGrace - time.Second)
	if ended() {
		t.Error("it ended although its time to be found again was not over")
	}
	again.clock.pass(time.Second)
	if !ended() {
		t.Error("it stays open for ever")
	}
}

// TestExpiredIsClosed: a code whose time is over lets nobody in, also before the sweep has seen it.
func TestExpiredIsClosed(t *testing.T) {
	h := open(t)
	made := h.ticket()
	n := h.session(made.Ticket.Number)
	h.clock.pass(api.SessionCodeTTL)
	c := h.client(made.Token)
	if _, err := c.Room(t.Context(), n.ID); client.KindOf(err) != api.KindGone {
		t.Errorf("room: %v", err)
	}
	if _, err := c.ICE(t.Context(), n.ID); client.KindOf(err) != api.KindGone {
		t.Errorf("ICE: %v", err)
	}
}
