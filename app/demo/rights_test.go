package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/demo/door"
	"github.com/beistand/beistand/app/demo/person"
	"github.com/beistand/beistand/app/demo/xhand"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/session/record"
)

// takeBack presses the button in the line of one right.
func (c customer) takeBack(ctx context.Context, right string) error {
	line, err := c.See(ctx, person.Which{Text: c.say(right)})
	if err != nil {
		return err
	}
	back := person.Button(c.say("Take back"))
	back.Also = func(w door.Widget) bool {
		away := w.Box.Centre().Y - line.Box.Centre().Y
		return max(away, -away) < w.Box.H
	}
	return c.Click(ctx, back)
}

// TestRightsByThemselves asks for the screen, control and the logs. The customer
// allows screen and logs alone, sees the logs before they leave, takes them back, and stops with the key
// that works everywhere. Both records tell just that.
func TestRightsByThemselves(t *testing.T) {
	p := begin(t, "en")
	must(
		t,
		func(ctx context.Context) error { return p.startDesk(ctx, "") },
		p.sit, p.brief, p.sent, p.helper,
		func(ctx context.Context) error { return p.supporter.open(ctx, p.problem.title, p.number) },
		func(ctx context.Context) error {
			return p.supporter.ask(ctx, "Ask for a session", "Use mouse and keyboard", "Newest logs, cleaned")
		},
		func(ctx context.Context) error {
			_, err := p.customer.See(ctx, person.Which{Text: "Use your keyboard and mouse"})
			return err
		},
		p.readOut(asRead),
		func(ctx context.Context) error { return p.customer.question(ctx) },
		func(ctx context.Context) error {
			return p.customer.Tick(ctx, person.Which{Kind: "Check", Text: "Read the newest log files"}, true)
		},
		func(ctx context.Context) error { return p.customer.answer(ctx, "Allow what is ticked") },
		func(ctx context.Context) error {
			_, err := p.supporter.See(ctx, person.Which{Type: "Screen"})
			return err
		},
		func(ctx context.Context) error { // the supporter's window fetches what it may
			if _, err := p.customer.See(ctx, person.Which{Text: p.say.with("Shall this text go to {{.Name}}?", "Name", staffShown)}); err != nil {
				return err
			}
			if _, err := p.customer.See(ctx, person.Which{Kind: "Text", Part: "=== logs/"}); err != nil {
				return err
			}
			return p.customer.Click(ctx, person.Button("Send"))
		},
		func(ctx context.Context) error {
			_, err := p.customer.See(ctx, person.Which{Part: p.say.with("{{.File}} went to {{.Name}}", "File", "logs.txt", "Name", staffShown)})
			return err
		},
		func(ctx context.Context) error { return p.customer.takeBack(ctx, "Read the newest log files") },
		func(ctx context.Context) error {
			return p.customer.Gone(ctx, person.Which{Text: "Read the newest log files"})
		},
		func(context.Context) error { return p.customer.Hand.Chord(xhand.Control, xhand.Alt, xhand.End) },
		func(ctx context.Context) error {
			_, err := p.customer.See(ctx, person.Which{Part: "You ended it."})
			return err
		},
		func(ctx context.Context) error {
			_, err := p.supporter.See(ctx, person.Which{Part: p.say.before("The customer stopped showing the screen after {{.Time}}.")})
			return err
		},
	)
	desk, folder := p.deskFolder(), p.folder
	end(t, p)

	mine, err := filepath.Glob(filepath.Join(folder, "customer", "data", "records", "*.jsonl"))
	if err != nil || len(mine) != 1 {
		t.Fatalf("the customer has %d records: %v", len(mine), err)
	}
	text, err := os.ReadFile(mine[0])
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), desk, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ticket, err := db.Ticket(t.Context(), p.number)
	if err != nil {
		t.Fatal(err)
	}
	wantEnd(t, ticket.Sessions[0], api.ByCustomer, "")
	var got []string
	for line := range bytes.Lines(text) {
		var e record.Entry
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		switch e.What {
		case record.Asked, record.Granted, record.Refused, record.Evidence, record.Revoked, record.Ended:
			got = append(got, fmt.Sprint(e.What, " ", e.By, " ", e.Rights))
		}
	}
	want := []string{
		"asked supporter [see control logs]", "granted customer [see logs]", "refused customer [control]",
		"evidence customer []", "revoked customer [logs]", "ended customer []",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the customer's record tells %q, want %q", got, want)
	}
	theirs, err := db.Record(t.Context(), ticket.Sessions[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	a, err := record.Read(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	b, err := record.Read(bytes.NewReader(theirs))
	if err != nil {
		t.Fatal(err)
	}
	if how, at := record.Compare(a, b); how != record.Same {
		t.Errorf("the two records agree up to %d of %d and %d: %v", at, a.Len(), b.Len(), how)
	}
}
