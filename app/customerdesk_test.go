//go:build !headless

package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/people/peopletest"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/diag/bundle"
)

// evidence is a bundle with two files.
func evidence(t *testing.T, folder string) *bundle.Reader {
	t.Helper()
	path := filepath.Join(folder, "collected.zip")
	w, err := bundle.Create(path, bundle.Manifest{Tool: "beistand test", Created: time.Now(), Host: "here", OS: "linux", Arch: "amd64"})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"logs/app.log": "it broke\n", "logs/private.log": "my diary\n"} {
		e, err := w.Add(bundle.File{Path: name, Title: "Log file", Collector: "log", MediaType: "text/plain"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(e, text); err != nil {
			t.Fatal(err)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := bundle.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// TestSendingWaitsForTheDesk sends to a desk that is not there, is told so,
// and sends the same again once it is: one ticket, without what was unticked.
func TestSendingWaitsForTheDesk(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close()

	folder := t.TempDir()
	cleaning := &caseCleaning{folder: folder}
	if _, err := cleaning.table(t.Context()); err != nil || cleaning.save() != nil {
		t.Fatal(err)
	}
	d := &customerDesk{address: "http://" + address, version: "test", folder: folder, cleaning: cleaning, keys: &deskKeys{path: filepath.Join(folder, "desks.json")}}
	report := page.Report{
		Ticket:   api.NewTicket{ID: client.NewTicketID(), Title: "It broke", Description: "At once.", Priority: api.High, Language: "en"},
		Evidence: evidence(t, folder),
		Keep:     func(f bundle.File) bool { return f.Path != "logs/private.log" },
	}
	_, err = d.Send(t.Context(), report, func(page.Sent) {})
	if p := problem.Of(err); p.Exit != problem.ExitUnreachable {
		t.Fatalf("no desk: %v is told as %q", err, p.Text(nil))
	}

	dir := t.TempDir()
	dbtest.Fill(t, dir)
	db, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := peopletest.Hire(t.Context(), db.DB(), api.NewStaff{User: "anna", Name: "Anna", Roles: []api.Role{api.RoleStaff}, Password: "correct-horse"}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	server, err := desk.New(desk.Config{Dir: dir, Listen: address})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})

	var steps []page.SendStep
	created, err := d.Send(t.Context(), report, func(s page.Sent) { steps = append(steps, s.Step) })
	if err != nil {
		t.Fatal(err)
	}
	if len(steps) < 3 || steps[len(steps)-1] != page.Uploading {
		t.Errorf("steps told: %v", steps)
	}
	// Whoever asks later what a pseudonym stands for finds the names, and the
	// desk is told.
	names := filepath.Join(folder, fmt.Sprintf("names-%d.json", created.Ticket.Number))
	if _, err := diag.LoadNames(names); err != nil {
		t.Error(err)
	}
	if ticket, err := filedAs(names); err != nil || ticket == nil || ticket.Number != created.Ticket.Number || ticket.Token == "" {
		t.Errorf("the names' ticket is %+v, %v", ticket, err)
	}
	again, err := d.Send(t.Context(), report, func(page.Sent) {})
	if err == nil && again.Ticket.Number != created.Ticket.Number {
		t.Errorf("sending twice made tickets %d and %d", created.Ticket.Number, again.Ticket.Number)
	}

	staff, err := dial(d.address, "test", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := staff.SignIn(t.Context(), "anna", "correct-horse"); err != nil {
		t.Fatal(err)
	}
	tickets, err := staff.Tickets(t.Context(), api.TicketQuery{})
	if err != nil || len(tickets) != 1 {
		t.Fatalf("%d tickets, %v", len(tickets), err)
	}
	supporter := &staffDesk{Client: staff, folder: t.TempDir()}
	got, err := supporter.Fetch(t.Context(), created.Ticket.Number, created.Ticket.Bundles[0], nil)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	m := got.Manifest()
	if len(m.Files) != 1 || m.Files[0].Path != "logs/app.log" || len(m.LeftOut) != 1 || m.LeftOut[0].Path != "logs/private.log" {
		t.Errorf("the desk has %+v, left out %+v", m.Files, m.LeftOut)
	}
	raw, err := os.ReadFile(got.(*fetchedBundle).path)
	if err != nil || bytes.Contains(raw, []byte("diary")) {
		t.Errorf("what was unticked was sent: %v", err)
	}
	f, err := got.OpenFile("logs/app.log")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if text, err := io.ReadAll(f); err != nil || !strings.Contains(string(text), "it broke") {
		t.Errorf("%q, %v", text, err)
	}
}
