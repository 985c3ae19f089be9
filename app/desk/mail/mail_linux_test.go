package mail_test

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/mail"
	"github.com/beistand/beistand/app/desk/mail/inbox"
	"github.com/beistand/beistand/app/desk/mail/mailtest"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

const first = `From: =?utf-8?q?Anna_M=C3=BCller?= <anna@example.net>
To: support@example.com
Subject: Der Drucker druckt nicht
Message-ID: <first@example.net>
Date: Mon, 23 Nov 2026 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Guten Tag, der Drucker geht nicht und ist nicht zu sehen. Grüße
-- 
Anna Müller
--b
Content-Type: text/plain; name="log.txt"
Content-Disposition: attachment; filename="log.txt"

an error
--b--
`

// A case by mail alone, over real servers: filed, answered, answered again.
func TestCaseByMail(t *testing.T) {
	servers := mailtest.Start(t)
	h := open(t, dbtest.File(t), servers)
	h.run()
	h.Send(t, "anna@example.net", "support@example.com", first)
	got := h.Await(t, "anna", 1)[0]
	ticket := h.ticket(1)
	if ticket.Title != "Der Drucker druckt nicht" || ticket.Contact != "anna@example.net" || ticket.Name != "Anna Müller" || ticket.Language != "de" || ticket.Kind != api.Fault {
		t.Errorf("%+v", ticket)
	}
	e := h.await(1, 1)[0]
	if !e.Public || e.Party != api.PartyCustomer || e.Text != "Guten Tag, der Drucker geht nicht und ist nicht zu sehen. Grüße" || len(e.Files) != 1 || e.Files[0].Name != "log.txt" || e.From != "anna@example.net" {
		t.Errorf("%+v", e)
	}
	if f, err := h.store.File(t.Context(), 1, e.Files[0].ID); err != nil || !f.Public || !f.Used {
		t.Errorf("%+v %v", f, err)
	}
	if got.Subject != "Re: [#1] Der Drucker druckt nicht" || !strings.Contains(got.Text, "Wir haben Ihre Anfrage erhalten. Sie hat die Nummer 1.") ||
		!strings.Contains(got.Text, "https://desk.example.com/my/link/") || got.From.Address != "support@example.com" || got.From.Name != "Example Care" {
		t.Errorf("%s", got.Raw)
	}
	for name, want := range map[string]string{
		"Auto-Submitted": "auto-generated", "In-Reply-To": "<first@example.net>", "List-Id": "<beistand.support.example.com>", "Content-Language": "de",
	} {
		if v := got.Header(name); v != want {
			t.Errorf("%s: %q, want %q", name, v, want)
		}
	}
	if !strings.HasPrefix(got.ReplyTo.Address, "support+1.") || got.Header("Return-path") != "<"+got.ReplyTo.Address+">" {
		t.Errorf("answers go to %q, reports to %q", got.ReplyTo.Address, got.Header("Return-path"))
	}

	// Support answers and waits; what is internal stays inside.
	waiting := api.StateWaitingCustomer
	h.change(1, api.TicketChange{State: &waiting})
	h.write(api.Entry{Ticket: 1, Text: "SECRET for the team"})
	h.write(api.Entry{Ticket: 1, Public: true, Text: "Is it <b>plugged</b> in?"})
	got = h.Await(t, "anna", 2)[1]
	if !strings.Contains(got.Raw, "Is it &lt;b&gt;plugged") || !strings.Contains(got.Text, "    Is it <b>plugged</b> in?") || strings.Contains(got.Raw, "SECRET") {
		t.Errorf("%s", got.Raw)
	}

	// Anna answers it, below a quotation of it.
	h.Send(t, "anna@example.net", got.ReplyTo.Address, "From: Anna <anna@example.net>\nTo: "+got.ReplyTo.Address+"\nSubject: AW: something else\nMessage-ID: <second@example.net>\n"+
		"In-Reply-To: <"+got.ID+">\n\nYes.\n\nAm 23.11.26 schrieb Example Care:\n> Is it plugged in?\n")
	e = h.await(1, 2)[1]
	if e.Text != "Yes." || !e.Public || h.ticket(1).State != api.StateOpen {
		t.Errorf("%+v on a ticket that is %s", e, h.ticket(1).State)
	}
	if taken := h.all(api.MailTaken); len(taken) != 2 || taken[1].Quoted != "Am 23.11.26 schrieb Example Care:\n> Is it plugged in?" || taken[0].Signature != "Anna Müller" || taken[1].Entry != e.ID {
		t.Errorf("%+v", taken)
	}

	// The same mail again, by another way, is nothing new; neither is an answer of a program's.
	h.Send(t, "anna@example.net", "support@example.com", first)
	h.Send(t, "anna@example.net", got.ReplyTo.Address, "From: Anna <anna@example.net>\nTo: "+got.ReplyTo.Address+"\nSubject: Automatische Antwort: x\nAuto-Submitted: auto-replied\n\nI am away.\n")
	e = h.await(1, 3)[2]
	if e.Public || !strings.Contains(e.Text, "I am away.") || !strings.HasPrefix(e.Text, "An automatic answer:") {
		t.Errorf("%+v", e)
	}
	if n := len(h.Box(t, "anna")); n != 2 {
		t.Errorf("Anna has %d mails", n)
	}
	mailtest.Within(t, func() bool { return len(h.all(api.MailSent)) == 2 })
}

// Who is written to as a third party answers as that, whatever sender they name.
func TestThirdParties(t *testing.T) {
	h := open(t, dbtest.File(t), mailtest.Start(t))
	h.run()
	n := h.file("Database is slow", "anna@example.net", "en")
	h.Await(t, "anna", 1)
	h.write(api.Entry{Ticket: n, Kind: api.EntryMailOut, Text: "Do you know this error?", To: []string{"vendor@example.net"}, Party: api.PartyVendor})
	asked := h.Await(t, "vendor", 1)[0]
	if asked.Header("Auto-Submitted") != "" || asked.Subject != "[#1] Database is slow" || strings.Contains(asked.Raw, "/my/link/") || asked.Text != "Do you know this error?" {
		t.Errorf("%s", asked.Raw)
	}
	answer := func(from, to, id, fields string) {
		h.Send(t, "x@example.net", to, "From: "+from+"\nTo: "+to+"\nMessage-ID: <"+id+"@example.net>\nSubject: Re: [#1] x\n"+fields+"\n"+id+"\n")
	}
	answer("vendor@example.net", asked.ReplyTo.Address, "a patch", "")
	if e := h.await(n, 1)[0]; e.Public || e.Party != api.PartyVendor || e.Text != "a patch" {
		t.Errorf("the vendor's: %+v", e)
	}
	answer("anna@example.net", asked.ReplyTo.Address, "forged", "")
	if e := h.await(n, 2)[1]; e.Public || e.Party == api.PartyCustomer {
		t.Errorf("the vendor's in Anna's name: %+v", e)
	}
	answer("eve@example.net", asked.ReplyTo.Address, "from a colleague", "")
	if e := h.await(n, 3)[2]; e.Public || e.Party != "" {
		t.Errorf("somebody's who was given the mail: %+v", e)
	}
	// A number is not enough, nor is what a stranger answers to that no stranger can know.
	answer("eve@example.net", "support@example.com", "by number", "")
	answer("eve@example.net", "support+1.aaaaaaaaaaaaaaaa@example.com", "by guess", "")
	h.await(2, 1)
	h.await(3, 1)
	// Anna is known, and may use the number.
	answer("Anna <ANNA@example.net>", "support@example.com", "mine", "")
	if e := h.await(n, 4)[3]; !e.Public || e.Party != api.PartyCustomer {
		t.Errorf("Anna's: %+v", e)
	}
	for _, l := range h.Box(t, "anna") {
		if strings.Contains(l.Raw, "patch") || strings.Contains(l.Raw, "forged") {
			t.Errorf("what is internal went to Anna:\n%s", l.Raw)
		}
	}
}

// What does not arrive is on the ticket, at once or by a report.
func TestBounces(t *testing.T) {
	h := open(t, dbtest.File(t), mailtest.Start(t))
	h.run()
	gone, nobody, later := h.file("a", "gone@example.com", "en"), h.file("b", "nobody@example.com", "en"), h.file("c", "later@example.com", "en")
	e := h.await(gone, 1)[0]
	if e.Public || !strings.Contains(e.Text, "A mail to gone@example.com did not arrive: ") || !strings.Contains(e.Text, "this person has left") {
		t.Errorf("%+v", e)
	}
	mailtest.Within(t, func() bool { return len(h.all(api.MailFailed)) == 2 })
	notes := h.entries(nobody, api.EntryNote)
	if len(notes) != 1 || notes[0].Public || !strings.Contains(notes[0].Text, "A mail to nobody@example.com could not be sent: ") || !strings.Contains(notes[0].Text, "there is nobody here") {
		t.Errorf("%+v", notes)
	}
	mailtest.Within(t, func() bool {
		w := h.all(api.MailWaiting)
		return len(w) == 1 && w[0].Ticket == later && strings.Contains(w[0].Problem, "come back later") && w[0].Tries == 1
	})
}

// What a mail server's pipe leaves is taken, also what it left while no desk ran.
func TestSpool(t *testing.T) {
	h := open(t, dbtest.File(t), mailtest.Start(t))
	leave := func(message string) {
		t.Helper()
		if err := mail.Leave(h.dir, strings.NewReader(message)); err != nil {
			t.Fatal(err)
		}
	}
	leave(first)
	leave("From: bert@example.net\nSubject: Away\nAuto-Submitted: auto-replied\n\nI am away.\n")
	stop := h.run(func(c *mail.Config) { c.In, c.Out = nil, nil })
	h.await(1, 1)
	refused := func() int {
		list, err := filepath.Glob(filepath.Join(h.dir, "mail", "refused", "*.eml"))
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	mailtest.Within(t, func() bool { return refused() == 1 })
	leave(first)
	leave("From: bert@example.net\nSubject: Another\n\nText\n")
	h.await(2, 1)
	stop()
	if n := len(h.mailed(1)); n != 1 {
		t.Errorf("the same mail is %d entries", n)
	}
	if left, err := filepath.Glob(filepath.Join(h.dir, "mail", "new", "*")); err != nil || len(left) != 0 {
		t.Errorf("%q %v", left, err)
	}
	var large *mail.TooLargeError
	if err := mail.Leave(h.dir, io.LimitReader(zeros{}, api.MaxMail+1)); !errors.As(err, &large) {
		t.Errorf("a message that is too large: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(h.dir, "mail", "new", "*")); err != nil || len(left) != 0 {
		t.Errorf("%q %v", left, err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// TestDesksAtOneFolder: two desks read one folder, and each mail is one ticket;
// when the one whose turn it is leaves, the other goes on. One whose turn it is
// not does not even try to sign in.
func TestDesksAtOneFolder(t *testing.T) {
	servers := mailtest.Start(t)
	const each = 5
	sent := 0
	dbtest.EachSource(t, func(t *testing.T, source string) {
		one := open(t, source, servers)
		other, stranger := over(t, source, servers), over(t, source, servers)
		quiet := func(c *mail.Config) { c.Out = nil }
		exactly := func(want int) {
			t.Helper()
			for range each {
				sent++
				servers.Send(t, "anna@example.net", "support@example.com", fmt.Sprintf("From: Anna <anna@example.net>\nTo: support@example.com\nSubject: Case %d\n\nIt does not work, number %d.\n", sent, sent))
			}
			mailtest.Within(t, func() bool { return len(one.all(api.MailTaken)) >= want })
			list, err := tickets.List(t.Context(), one.store.DB(), tickets.Query{TicketQuery: api.TicketQuery{Limit: 200}})
			if err != nil {
				t.Fatal(err)
			}
			titles := map[string]bool{}
			for _, made := range list {
				titles[made.Title] = true
			}
			if len(list) != want || len(titles) != want || len(one.all(api.MailTaken)) != want {
				t.Errorf("%d tickets of %d kinds from %d mails, not %d", len(list), len(titles), len(one.all(api.MailTaken)), want)
			}
		}
		stop := one.run(quiet)
		mailtest.Within(t, func() bool { return one.fetches() })
		other.run(quiet)
		leave := stranger.run(quiet, func(c *mail.Config) {
			box, err := inbox.Parse("imaps://support@"+servers.IMAPS+"/INBOX", "wrong", servers.Roots)
			if err != nil {
				t.Fatal(err)
			}
			c.In = &box
		})
		exactly(each)
		leave()
		if said := stranger.said.String(); said != "" {
			t.Errorf("a desk whose turn it was not: %s", said)
		}
		stop()
		exactly(2 * each)
	})
}

// fetches says whether somebody has the turn at a folder.
func (h *house) fetches() bool {
	h.t.Helper()
	var n int
	if err := h.store.DB().QueryRowContext(h.t.Context(), "SELECT count(*) FROM mail_fetchers WHERE holder <> ''").Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n == 1
}
