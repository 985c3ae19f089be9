package retention

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/tickets"
	"github.com/beistand/beistand/assets"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

type desk struct {
	Config
	t *testing.T
}

func both(t *testing.T, test func(*testing.T, *desk)) {
	t.Helper()
	dbtest.EachSource(t, func(t *testing.T, source string) {
		s, err := store.Open(t.Context(), t.TempDir(), store.Options{Database: source})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		test(t, &desk{Config{Store: s, Now: func() time.Time { return now }}, t})
	})
}

func (d *desk) exec(query string, args ...any) {
	d.t.Helper()
	if err := d.Store.DB().Tx(d.t.Context(), func(tx *db.Tx) error {
		_, err := tx.ExecContext(d.t.Context(), query, args...)
		return err
	}); err != nil {
		d.t.Fatal(err)
	}
}

// case is a ticket with a bundle, a file, a note, a mail and a journal, closed so many days ago; 0: open.
func (d *desk) ticket(kind api.Kind, language string, closed int) int64 {
	d.t.Helper()
	ctx := d.t.Context()
	made, err := d.Store.CreateTicket(ctx, api.NewTicket{
		ID: fmt.Sprint(kind, language, closed), Title: "Title", Description: "secret words", Kind: kind, Priority: api.Low, Language: language,
	}, now, now.Add(time.Hour))
	if err != nil {
		d.t.Fatal(err)
	}
	n := made.Ticket.Number
	var list []api.File
	for _, what := range []string{api.UploadBundle, api.UploadFile} {
		content := []byte(fmt.Sprint(what, n))
		sum := sha256.Sum256(content)
		u, err := d.Store.CreateUpload(ctx, store.Upload{
			Ticket: n, Kind: what, Name: what + ".zip", Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:]), Expires: now.Add(time.Hour),
		}, now)
		if err == nil {
			u, err = d.Store.Append(ctx, u, bytes.NewReader(content), nil, u.Expires)
		}
		if err == nil {
			err = d.Store.FinishUpload(ctx, u, now, nil)
		}
		if err == nil {
			err = d.Store.DB().Tx(ctx, func(tx *db.Tx) error {
				given, err := store.Attach(ctx, tx, n, true, []string{u.ID})
				list = append(list, given...)
				return err
			})
		}
		if err != nil {
			d.t.Fatal(err)
		}
	}
	err = d.Store.DB().Tx(ctx, func(tx *db.Tx) error {
		for _, e := range []api.Entry{
			{Kind: api.EntryNote, Text: "secret note", Files: list}, {Kind: api.EntryMailIn, Text: "secret mail", Subject: "secret", From: "secret@example.com"},
		} {
			e.Ticket, e.At, e.By = n, now, "customer"
			if _, _, err := tickets.AddEntry(ctx, tx, e, "", nil); err != nil {
				return err
			}
		}
		return journal.Write(ctx, tx, journal.Entry{
			Actor: api.Actor{Kind: api.ActorCustomer}, Ticket: n, Action: "ticket.filed", Subject: fmt.Sprint("ticket/", n), Detail: []byte(`{"secret":1}`),
		})
	})
	if err != nil {
		d.t.Fatal(err)
	}
	if closed > 0 {
		d.exec("UPDATE tickets SET state = 'closed', closed = ? WHERE number = ?", db.Micros(now.AddDate(0, 0, -closed)), n)
	}
	return n
}

func (d *desk) rules(texts ...string) Config {
	d.t.Helper()
	c := d.Config
	for _, text := range texts {
		r, err := Parse(text)
		if err != nil {
			d.t.Fatal(err)
		}
		c.Rules = append(c.Rules, r)
	}
	return c
}

func (d *desk) count(query string, args ...any) (n int) {
	d.t.Helper()
	if err := d.Store.DB().QueryRowContext(d.t.Context(), query, args...).Scan(&n); err != nil {
		d.t.Fatal(err)
	}
	return n
}

// TestRules: what is due goes, from those tickets alone that it is due on, with a tombstone and an entry in the journal.
func TestRules(t *testing.T) {
	both(t, func(t *testing.T, d *desk) {
		due, young, open, wish := d.ticket(api.Fault, "de-AT", 31), d.ticket(api.Fault, "en", 29), d.ticket(api.Fault, "en", 0), d.ticket(api.Wish, "nl", 31)
		c := d.rules("bundles=30", "bundles:wish=60", "files=30", "mails=30")
		var planned, gone []Deleted
		if err := Plan(t.Context(), c, func(x Deleted) { planned = append(planned, x) }); err != nil {
			t.Fatal(err)
		}
		if n := d.count("SELECT count(*) FROM bundles"); n != 4 || d.count("SELECT count(*) FROM tombstones") != 0 {
			t.Errorf("a plan deleted: %d bundles are left", n)
		}
		for range 2 { // the second finds nothing
			if err := Run(t.Context(), c, func(x Deleted) { gone = append(gone, x) }); err != nil {
				t.Fatal(err)
			}
		}
		if len(gone) != 5 || !slices.Equal(gone, planned) {
			t.Errorf("planned %+v, gone %+v", planned, gone)
		}
		ticket, err := d.Store.Ticket(t.Context(), due)
		if err != nil || len(ticket.Bundles) != 0 || len(ticket.Tombstones) != 3 || ticket.Description == "" {
			t.Fatalf("%+v %v", ticket, err)
		}
		if s := ticket.Tombstones[0]; s.What != "Paket bundle.zip, 0.0 MB" || !strings.Contains(s.Why, "30 Tage") || !s.At.Equal(now) {
			t.Errorf("%+v", s)
		}
		line, err := tickets.Entries(t.Context(), d.Store.DB(), tickets.EntryQuery{Ticket: due, Limit: 10})
		if err != nil || len(line.Entries) != 2 {
			t.Fatalf("%+v %v", line, err)
		}
		note, mail := line.Entries[0], line.Entries[1]
		if note.Text == "" || note.Gone != "" || len(note.Files) != 2 || note.Files[0].Gone == "" || note.Files[1].Gone == "" {
			t.Errorf("%+v", note)
		}
		if mail.Text+mail.Subject+mail.From != "" || mail.Gone == "" {
			t.Errorf("%+v", mail)
		}
		for number, want := range map[int64]int{young: 1, open: 1, wish: 1} {
			if n := d.count("SELECT count(*) FROM bundles WHERE ticket = ?", number); n != want {
				t.Errorf("ticket %d has %d bundles", number, n)
			}
		}
		table := "journal"
		if d.Store.DB().Kind() == db.PostgreSQL {
			table = "journal_pending"
		}
		if n := d.count("SELECT count(*) FROM " + table + " WHERE action = 'retention.deleted'"); n != 5 {
			t.Errorf("%d entries in the journal", n)
		}
		if n, err := d.Store.DropUnused(t.Context(), now); err != nil || n != 3 {
			t.Errorf("%d contents went: %v", n, err)
		}
	})
}

// secrets counts what still says "secret", in every column of words that a ticket has.
func (d *desk) secrets(n int64) (left []string) {
	d.t.Helper()
	for _, column := range []string{
		"tickets.description", "tickets.search", "tickets.answers", "tickets.signs", "tickets.critical", "tickets.plan", "tickets.urgency_reason",
		"tickets.escalation_reason", "tickets.tried", "tickets.feedback", "entries.body", "entries.subject", "entries.sender", "entries.changes",
		"mails.address", "mails.name", "mails.subject", "mails.quoted", "mails.signature", "mails.remarks", "mails.content", "mails.problem",
	} {
		table, column, _ := strings.Cut(column, ".")
		of := "ticket"
		if table == "tickets" {
			of = "number"
		}
		if d.count("SELECT count(*) FROM "+table+" WHERE "+of+" = ? AND "+column+" LIKE '%secret%'", n) > 0 {
			left = append(left, table+"."+column)
		}
	}
	return left
}

// talkative has words wherever a ticket can have some.
func (d *desk) talkative(closed int) int64 {
	d.t.Helper()
	n := d.ticket(api.Question, "en", closed)
	d.exec(`UPDATE tickets SET answers = '[{"text":"secret"}]', signs = '["secret"]', critical = '[{"why":"secret"}]', plan = '[{"text":"secret"}]',
		urgency_reason = 'secret', escalation_reason = 'secret', tried = 'secret', feedback = 'secret' WHERE number = ?`, n)
	for i, mark := range []string{"in", "out"} {
		d.exec(`INSERT INTO mails (incoming, state, what, mark, ticket, address, name, subject, quoted, signature, remarks, content, problem, written)
			VALUES (?, 'sent', 'x', ?, ?, 'secret@example.com', 'secret', 'secret', 'secret', 'secret', '["secret"]', '"secret"', 'secret', 0)`, i, []byte(fmt.Sprint(mark, n)), n)
	}
	d.exec(`INSERT INTO entries (ticket, written, kind, public, author, body, changes) VALUES (?, 0, 'change', 0, 'sam', '', ?)`, n,
		`[{"field":"answers","from":"secret","to":"secret too"},{"field":"state","from":"new","to":"open"}]`)
	return n
}

// TestTexts: words go, wherever they are; what happened stays.
func TestTexts(t *testing.T) {
	both(t, func(t *testing.T, d *desk) {
		n, young := d.talkative(400), d.talkative(300)
		whole := d.secrets(young)
		var gone []Deleted
		for range 2 { // the second finds nothing
			if err := Run(t.Context(), d.rules("texts:question=365", "journal=365"), func(x Deleted) { gone = append(gone, x) }); err != nil {
				t.Fatal(err)
			}
		}
		ticket, err := d.Store.Ticket(t.Context(), n)
		if err != nil || ticket.Title != "Title" || ticket.Version != 2 || len(ticket.Bundles) != 1 {
			t.Errorf("%+v %v", ticket, err)
		}
		if left := d.secrets(n); len(left) > 0 {
			t.Errorf("words are left in %v", left)
		}
		if left := d.secrets(young); len(left) != 22 || !slices.Equal(left, whole) {
			t.Errorf("of one that is not due only these are left: %v", left)
		}
		line, err := tickets.Entries(t.Context(), d.Store.DB(), tickets.EntryQuery{Ticket: n, Limit: 10})
		if err != nil || len(line.Entries) != 3 {
			t.Fatalf("%+v %v", line, err)
		}
		if c := line.Entries[2].Changes; len(c) != 2 || c[0].Field != "answers" || c[1].To != "open" {
			t.Errorf("what happened has gone: %+v", c)
		}
		want := []string{"The description", "The texts of 3 entries"}
		if d.Store.DB().Kind() == db.SQLite {
			want = append(want, "Details of what was done")
			if n := d.count("SELECT count(*) FROM journal WHERE ticket = ? AND detail LIKE '%secret%'", n); n != 0 {
				t.Errorf("%d details are left", n)
			}
		}
		var said []string
		for _, x := range gone {
			said = append(said, x.What)
		}
		if !slices.Equal(said, want) {
			t.Errorf("%q went, not %q", said, want)
		}
		j, err := journal.New(t.Context(), journal.Config{DB: d.Store.DB()})
		if err == nil {
			_, err = j.Verify(t.Context())
		}
		if err != nil {
			t.Errorf("journal: %v", err)
		}
	})
}

// TestMails: a mail's words go with what is kept of the mail itself, and what waits to be sent is sent.
func TestMails(t *testing.T) {
	both(t, func(t *testing.T, d *desk) {
		n := d.talkative(40)
		d.exec(`INSERT INTO mails (incoming, state, what, mark, ticket, address, subject, written, next) VALUES (0, 'waiting', 'x', ?, ?, 'a@example.com', 'later', 0, 1)`, []byte("w"), n)
		count := 0
		for range 2 {
			if err := Run(t.Context(), d.rules("mails=30"), func(Deleted) { count++ }); err != nil {
				t.Fatal(err)
			}
		}
		for _, left := range d.secrets(n) {
			if strings.HasPrefix(left, "mails.") || left == "entries.subject" {
				t.Errorf("words are left in %s", left)
			}
		}
		if count != 1 || d.count("SELECT count(*) FROM mails WHERE subject = 'later' AND address <> ''") != 1 {
			t.Errorf("%d deletions, or what waits to be sent has gone", count)
		}
	})
}

func TestParse(t *testing.T) {
	for _, good := range []string{"bundles=90", "bundles:wish=1", "journal=36500"} {
		if r, err := Parse(good); err != nil || r.String() != good {
			t.Errorf("%s: %+v %v", good, r, err)
		}
	}
	for _, bad := range []string{"", "bundles", "bundles=", "bundles=0", "bundles=-1", "bundles=+1", "bundles=36501", "other=1", "bundles:other=1", "bundles:=1", "bundles=1d"} {
		if r, err := Parse(bad); err == nil {
			t.Errorf("%q: %+v", bad, r)
		}
	}
	if err := Check([]Rule{{What: Bundles, Days: 1}, {What: Bundles, Days: 2}}); err == nil {
		t.Error("two rules of the same")
	}
}

func FuzzParse(f *testing.F) {
	f.Add("bundles:wish=30")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Parse(text)
		if err != nil {
			return
		}
		if again, err := Parse(r.String()); err != nil || again != r {
			t.Errorf("%q: %+v, again %+v %v", text, r, again, err)
		}
	})
}

// TestCannedTexts: what is left on a ticket is in every language.
func TestCannedTexts(t *testing.T) {
	for _, text := range CannedTexts() {
		if !assets.Has(text) {
			t.Errorf("%q is not translated", text)
		}
	}
}
