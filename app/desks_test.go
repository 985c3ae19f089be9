//go:build !headless

package app

import (
	"bufio"
	"context"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/rendezvous"
	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/screen/screentest"
)

// typed is a command of the program, which the test's own program is, too.
func typed(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	path, err := exec.LookPath("beistand")
	if err != nil {
		t.Fatal(err)
	}
	metadata, err := os.ReadFile("../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Env = append(os.Environ(), "TEST_METADATA="+string(metadata), "HOME="+t.TempDir(), "LANG=C.UTF-8", "DISPLAY=")
	cmd.Stderr = os.Stderr
	return cmd
}

// serve runs a desk as a process of its own, and says where it is.
func serve(t *testing.T, dir string, database ...string) (url string) {
	t.Helper()
	cmd := typed(t, "desk", "serve", "--listen", "127.0.0.1:0", "--relay-allow", "127.0.0.0/8", "--data", dir, "--log-level", "warning")
	cmd.Env = append(cmd.Env, database...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("stop the desk: %v", err)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on ")
	if err != nil || !ok {
		t.Fatalf("the desk said %q: %v", line, err)
	}
	return address
}

func speaker(t *testing.T, url, token string) *client.Client {
	t.Helper()
	c, err := client.New(url, client.Options{Token: token})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdle)
	return c
}

// Two desks are two processes on one PostgreSQL. The customer's program knows
// one of them, the supporter's the other, and they share a screen by the relays
// of both. What the supporter ends at theirs is over for the customer at once.
func TestTwoDesks(t *testing.T) {
	database := "BEISTAND_DATABASE=" + dbtest.URL(t)
	dirs := [2]string{filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "two")}
	add := typed(t, "desk", "staff", "add", "sam", "--data", dirs[0])
	add.Env, add.Stdin = append(add.Env, database), strings.NewReader("correct horse battery\n")
	if out, err := add.Output(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	one, two := serve(t, dirs[0], database), serve(t, dirs[1], database)

	made, err := speaker(t, one, "").CreateTicket(t.Context(), api.NewTicket{
		ID: client.NewTicketID(), Title: "Rechnungen drucken nicht", Description: "Seit heute früh.", Product: "Example 4.2",
		Priority: api.High, Name: "Ümit Jansen", Contact: "uj@example.com", Language: "de",
	})
	if err != nil {
		t.Fatal(err)
	}
	customer := speaker(t, one, made.Token)
	signed, err := speaker(t, two, "").SignIn(t.Context(), "sam", "correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	supporter := speaker(t, two, signed.Token)

	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	t.Cleanup(func() { cancel(); running.Wait() })
	asked := make(chan api.Session, 8)
	running.Go(func() {
		_ = customer.Events(ctx, made.Ticket.Number, func(e api.Event) {
			if e.Kind == api.EventSession {
				asked <- *e.Session
			}
		})
	})
	if _, err := supporter.AskSession(t.Context(), made.Ticket.Number, api.NewSession{}); err != nil {
		t.Fatal(err)
	}
	s := soon(t, asked)

	memory := screentest.New(screen.Monitor{Name: "MEMORY-1", Bounds: image.Rect(0, 0, 640, 400), Primary: true})
	room, servers, invited := meets(t, customer, s)
	host, err := session.NewHost(session.HostConfig{
		Invitation: invited, Room: room, Rejoin: rejoins(customer, s), ICE: servers, Relay: true, Screen: memory,
		Consent: func(ctx context.Context, q session.Question) (session.Grant, error) {
			return session.Grant{Rights: q.Rights}, customer.MarkSession(ctx, s.ID, api.SessionMark{What: api.MarkConsented})
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	room, servers, invited = meets(t, supporter, s)
	seen := make(chan image.Point, 1)
	viewer, err := session.NewViewer(session.ViewerConfig{
		Invitation: invited, Code: host.Code(), Room: room, Rejoin: rejoins(supporter, s), ICE: servers, Relay: true,
		Show: func(p *pixel.Bitmap, _ []image.Rectangle) {
			select {
			case seen <- p.Rect.Size():
			default:
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	hosted, viewed := make(chan error, 1), make(chan error, 1)
	running.Go(func() { _, err := host.Run(ctx); hosted <- err })
	running.Go(func() { _, err := viewer.Run(ctx); viewed <- err })
	if size := soon(t, seen); size != image.Pt(640, 400) {
		t.Errorf("the supporter saw %v", size)
	}
	if err := supporter.MarkSession(t.Context(), s.ID, api.SessionMark{What: api.MarkStarted}); err != nil {
		t.Error(err)
	}
	if err := supporter.MarkSession(t.Context(), s.ID, api.SessionMark{What: api.MarkEnded, Reason: "done"}); err != nil {
		t.Fatal(err)
	}
	soon(t, hosted) // their relays are cut, and their rooms are gone
	soon(t, viewed)
	got, err := customer.Ticket(t.Context(), made.Ticket.Number)
	if err != nil || len(got.Sessions) != 1 || got.Sessions[0].Started == nil || got.Sessions[0].Reason != "done" {
		t.Errorf("%+v: %v", got.Sessions, err)
	}
}

// meets is one side's way into the session, by the desk that it knows.
func meets(t *testing.T, desk *client.Client, s api.Session) (session.Room, []session.ICEServer, session.Invitation) {
	t.Helper()
	ice, err := desk.ICE(t.Context(), s.ID)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := desk.Room(t.Context(), s.ID)
	if err != nil {
		t.Fatal(err)
	}
	room, err := rendezvous.Join(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = room.Close() })
	invited, err := invitation(s)
	if err != nil {
		t.Fatal(err)
	}
	return room, iceServers(ice), invited
}

func rejoins(desk *client.Client, s api.Session) func(context.Context) (session.Room, error) {
	return again(desk, func(ctx context.Context) (*websocket.Conn, error) { return desk.Room(ctx, s.ID) })
}

func soon[T any](t *testing.T, from <-chan T) (got T) {
	t.Helper()
	select {
	case got = <-from:
	case <-time.After(30 * time.Second):
		t.Fatal("nothing came")
	}
	return got
}
