package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/coder/websocket"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

// TestCase is a whole case as customer and supporter live through it.
func TestCase(t *testing.T) {
	h := open(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	anon, staff := h.client(""), h.client("")
	if health, err := anon.Health(ctx); err != nil || health.Version != "test" || health.API != 1 {
		t.Fatalf("health: %+v %v", health, err)
	}
	filed := newTicket()
	made, err := anon.CreateTicket(ctx, filed)
	if err != nil {
		t.Fatal(err)
	}
	again, err := anon.CreateTicket(ctx, filed)
	if err != nil || again.Ticket.Number != made.Ticket.Number || again.Token == made.Token {
		t.Fatalf("filed twice: %+v %v", again.Ticket, err)
	}
	filed.Title = "Something else"
	if _, err := anon.CreateTicket(ctx, filed); client.KindOf(err) != api.KindConflict {
		t.Fatalf("same ID, other content: %v", err)
	}
	number := made.Ticket.Number
	customer := h.client(made.Token)

	path, content := noiseFile(t, 5<<20+77)
	var last int64
	b, err := customer.Upload(ctx, number, path, func(sent, total int64) { last = sent })
	if err != nil || b.Size != int64(len(content)) || b.Name != "case.zip" || last != b.Size {
		t.Fatalf("upload: %+v %v, progress %d", b, err, last)
	}

	in, err := staff.SignIn(ctx, "SAM", password)
	if err != nil || in.Name != "Sam Support" || in.Organisation != "Example Care" {
		t.Fatalf("sign in: %+v %v", in, err)
	}
	var list []api.Ticket
	comes(t, func() bool { // the index follows the journal
		list, err = staff.Tickets(ctx, api.TicketQuery{Text: "FRÜH druckt"})
		return err != nil || len(list) > 0
	})
	if err != nil || len(list) != 1 || list[0].Title != "Drucker druckt nicht" || list[0].Bundles != nil {
		t.Fatalf("tickets: %+v %v", list, err)
	}
	var got bytes.Buffer
	if err := staff.Download(ctx, number, b.ID, &got, nil); err != nil || !bytes.Equal(got.Bytes(), content) {
		t.Fatalf("download: %v, %d bytes", err, got.Len())
	}

	events := make(chan api.Event, 16)
	heard := make(chan error, 1)
	go func() { heard <- customer.Events(ctx, number, func(e api.Event) { events <- e }) }()
	if e := <-events; e.Kind != api.EventHello || e.Session != nil {
		t.Fatalf("first event: %+v", e)
	}
	asked, err := staff.AskSession(ctx, number, api.NewSession{})
	if err != nil || len(asked.FirstPart) != 3 || asked.Supporter != "Sam Support" {
		t.Fatalf("ask: %+v %v", asked, err)
	}
	if e := <-events; e.Kind != api.EventSession || e.Session.ID != asked.ID || e.Session.FirstPart != asked.FirstPart {
		t.Fatalf("asked: %+v", e)
	}
	ice, err := customer.ICE(ctx, asked.ID)
	if err != nil || len(ice.Servers) != 2 || ice.Servers[1].Credential == "" {
		t.Fatalf("ice: %+v %v", ice, err)
	}

	sup, err := staff.Room(ctx, asked.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer sup.CloseNow()
	cus, err := customer.Room(ctx, asked.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer cus.CloseNow()
	wantEvent(t, sup, api.RoomPeerJoined, "")
	wantEvent(t, cus, api.RoomPeerJoined, "")
	big := noise(api.MaxRoomMessage)
	for _, way := range []struct{ from, to *websocket.Conn }{{sup, cus}, {cus, sup}} {
		if err := way.from.Write(ctx, websocket.MessageBinary, big); err != nil {
			t.Fatal(err)
		}
		if typ, data, err := way.to.Read(ctx); err != nil || typ != websocket.MessageBinary || !bytes.Equal(data, big) {
			t.Fatalf("relayed: %v %v %d bytes", err, typ, len(data))
		}
	}
	for _, m := range []string{api.MarkConsented, api.MarkStarted} {
		if err := customer.MarkSession(ctx, asked.ID, api.SessionMark{What: m}); err != nil {
			t.Fatal(err)
		}
		if e := <-events; e.Kind != api.EventSession {
			t.Fatalf("%s: %+v", m, e)
		}
	}
	if err := staff.MarkSession(ctx, asked.ID, api.SessionMark{What: api.MarkEnded, Reason: "done"}); err != nil {
		t.Fatal(err)
	}
	if e := <-events; e.Kind != api.EventEnded || e.Session.EndedBy != api.BySupporter {
		t.Fatalf("ended: %+v", e)
	}
	wantEvent(t, sup, api.RoomEnded, "done")
	wantEvent(t, cus, api.RoomEnded, "done")
	if _, err := customer.Room(ctx, asked.ID); client.KindOf(err) != api.KindGone {
		t.Fatalf("room of an ended session: %v", err)
	}
	whole, err := staff.Ticket(ctx, number)
	if err != nil || len(whole.Sessions) != 1 || len(whole.Bundles) != 1 {
		t.Fatalf("ticket: %+v %v", whole, err)
	}
	n := whole.Sessions[0]
	if n.Consented == nil || n.Started == nil || n.Ended == nil || n.EndedBy != api.BySupporter || n.Reason != "done" {
		t.Fatalf("session on the ticket: %+v", n)
	}
	if err := staff.SignOut(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := staff.WithToken(in.Token).Tickets(ctx, api.TicketQuery{}); client.KindOf(err) != api.KindUnauthorized {
		t.Fatalf("after signing out: %v", err)
	}
	stop()
	if err := <-heard; !errors.Is(err, context.Canceled) {
		t.Fatalf("events: %v", err)
	}
}

// wantEvent reads the desk's next word.
func wantEvent(t *testing.T, c *websocket.Conn, event, reason string) {
	t.Helper()
	typ, data, err := c.Read(t.Context())
	if err != nil || typ != websocket.MessageText {
		t.Fatalf("want %s: %v %v %q", event, err, typ, data)
	}
	var e api.RoomEvent
	if err := json.Unmarshal(data, &e); err != nil || e.Event != event || e.Reason != reason {
		t.Fatalf("got %q, want %s %q", data, event, reason)
	}
}
