package desk

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// cutWithin is how long somebody may have something open who may no longer be here.
const cutWithin = 2 * time.Second

// TestRevoked opens everything that stays open at one desk, revokes at another
// one with the same database, and measures until it is cut.
func TestRevoked(t *testing.T) {
	source := dbtest.URL(t)
	files := t.TempDir()
	shared := func(c *Config) { c.Database, c.Dir = source, files }
	here := open(t, shared)
	there := reopen(t, here, shared)
	if err := here.hire("robin", "Robin", api.RoleAdministrator); err != nil {
		t.Fatal(err)
	}
	signIn := func(t *testing.T, name string) *client.Client {
		t.Helper()
		c := here.client("")
		if _, err := c.SignIn(t.Context(), name, password); err != nil {
			t.Fatal(err)
		}
		return c
	}
	boss := signIn(t, "robin")
	version := func() int64 {
		m, err := boss.StaffMember(t.Context(), "sam")
		if err != nil {
			t.Fatal(err)
		}
		return m.Version
	}
	yes, no := true, false
	change := func(c api.StaffChange) error {
		c.Version = version()
		_, err := boss.ChangeStaff(t.Context(), "sam", c)
		return err
	}
	for name, c := range map[string]struct {
		key    bool
		revoke func(c *client.Client, key string) error
		after  func() error
	}{
		"sign out":                       {revoke: func(c *client.Client, _ string) error { return c.SignOut(t.Context()) }},
		"signed out by an administrator": {revoke: func(*client.Client, string) error { return boss.SignOutStaff(t.Context(), "sam") }},
		"other roles": {revoke: func(*client.Client, string) error {
			return change(api.StaffChange{Roles: &[]api.Role{api.RoleEditor}})
		}},
		"disabled": {
			revoke: func(*client.Client, string) error { return change(api.StaffChange{Disabled: &yes}) },
			after:  func() error { return change(api.StaffChange{Disabled: &no}) },
		},
		"key revoked": {key: true, revoke: func(_ *client.Client, key string) error { return boss.RevokeKey(t.Context(), key) }},
	} {
		t.Run(name, func(t *testing.T) {
			made := here.ticket()
			sam := signIn(t, "sam")
			token, id := sam.Token(), ""
			if c.key {
				k, err := boss.AddKey(t.Context(), api.NewKey{
					Name: "a program", Scopes: []api.Scope{api.ScopeRead, api.ScopeUpload}, Expires: here.clock.now().Add(time.Hour),
				})
				if err != nil {
					t.Fatal(err)
				}
				token, id = k.Secret, k.Key.ID
			}
			if c.after != nil {
				defer func() {
					if err := c.after(); err != nil {
						t.Error(err)
					}
				}()
			}
			ended := make(chan string, 8)
			open := 0
			for what, begin := range map[string]func(*testing.T, *house, api.CreatedTicket, string) func(){
				"events": listens, "download": downloads, "upload": uploads, "room": enters,
			} {
				if c.key && what == "room" { // which no key enters
					continue
				}
				wait := begin(t, there, made, token)
				open++
				go func() { wait(); ended <- what }()
			}
			began := time.Now()
			if err := c.revoke(sam, id); err != nil {
				t.Fatal(err)
			}
			late := time.After(cutWithin)
			for got := range open {
				select {
				case what := <-ended:
					t.Logf("%s cut after %v", what, time.Since(began).Round(time.Millisecond))
				case <-late:
					t.Fatalf("%d of %d are open after %v", open-got, open, cutWithin)
				}
			}
		})
	}
}

func request(t *testing.T, h *house, method, path, token string, body io.Reader, header ...string) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), method, h.URL()+path, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	return resp
}

// listens has a ticket's events open. What it gives waits for their end, as do the others.
func listens(t *testing.T, h *house, made api.CreatedTicket, token string) func() {
	resp := request(t, h, "GET", api.EventsPath(made.Ticket.Number), token, nil)
	lines := bufio.NewReader(resp.Body)
	if line, err := lines.ReadString('\n'); err != nil || line != "event: hello\n" {
		t.Fatalf("%q %v", line, err)
	}
	return func() {
		defer resp.Body.Close()
		_, _ = io.Copy(io.Discard, lines) // until it ends, however it does
	}
}

// downloads has a bundle half fetched, and is slow.
func downloads(t *testing.T, h *house, made api.CreatedTicket, token string) func() {
	content := noise(24 << 20) // more than fits between the two
	u := h.create(made, content)
	if status, _, body := h.patch(u, made.Token, 0, content); status != http.StatusNoContent {
		t.Fatalf("%d %s", status, body)
	}
	id := u[len(api.PathUploads)+1:]
	resp := request(t, h, "GET", api.BundlePath(made.Ticket.Number, id), token, nil)
	if resp.StatusCode != http.StatusOK {
		t.Fatal(resp.Status)
	}
	slow := time.NewTicker(10 * time.Millisecond)
	return func() {
		defer slow.Stop()
		defer resp.Body.Close()
		had := int64(0)
		for range 100 { // in which it has to be cut: what is on the way already comes all the same
			<-slow.C
			n, _ := io.CopyN(io.Discard, resp.Body, 1<<10)
			had += n
		}
		n, _ := io.Copy(io.Discard, resp.Body)
		if had += n; had == int64(len(content)) {
			t.Error("the whole bundle came")
		}
	}
}

// uploads has an upload half sent, and stands still.
func uploads(t *testing.T, h *house, made api.CreatedTicket, token string) func() {
	content := noise(1 << 20)
	path := h.create(made, append(content, 1))
	before := h.Server.open.Len()
	// By hand: a transport does not look at the answer while it waits for more to send.
	conn, err := net.Dial("tcp", h.Addr())
	if err != nil {
		t.Fatal(err)
	}
	_, err = fmt.Fprintf(conn, "PATCH %s HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer %s\r\nTus-Resumable: %s\r\nUpload-Offset: 0\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
		path, token, tusVersion, patchType, len(content)+1, content)
	if err != nil {
		t.Fatal(err)
	}
	until(t, "the upload is taken", func() bool { return h.Server.open.Len() > before })
	return func() {
		defer conn.Close()
		if said, _ := io.ReadAll(conn); len(said) > 0 { // until it ends
			t.Errorf("the upload was answered: %s", said)
		}
	}
}

// enters is in the room of a session that sam has asked for.
func enters(t *testing.T, h *house, made api.CreatedTicket, token string) func() {
	n, err := h.client(token).AskSession(t.Context(), made.Ticket.Number, api.NewSession{})
	if err != nil {
		t.Fatal(err)
	}
	conn, resp, err := websocket.Dial(t.Context(), "ws"+h.URL()[len("http"):]+api.RoomPath(n.ID), &websocket.DialOptions{
		HTTPHeader: http.Header{"Authorization": {"Bearer " + token}}, Subprotocols: []string{api.RoomProtocol},
	})
	if err != nil {
		t.Fatal(err, fmt.Sprint(resp))
	}
	return func() {
		for {
			if _, _, err := conn.Read(context.WithoutCancel(t.Context())); err != nil {
				_ = conn.CloseNow()
				return
			}
		}
	}
}
