package intake_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/mail/intake"
	"github.com/beistand/beistand/app/desk/mail/texts"
	"github.com/beistand/beistand/app/desk/mail/thread"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/mail"
)

// Who writes without a ticket files one, in their language and as the customer that they are.
func TestFiled(t *testing.T) {
	each(t, func(h *house) {
		for _, c := range []struct {
			from, subject, text, language, title string
			kind                                 api.Kind
			organisation                         bool
		}{
			{"Anna <anna@stranger.example>", "Re: [#99] The report", "Hello, how do I print it and where is the button?", "en", "The report", api.Question, false},
			{"anna@stranger.example", "", "Das ist nicht gut, wir haben einen Fehler mit der Liste", "de", "Das ist nicht gut, wir haben einen Fehler mit der Liste", api.Fault, false},
			{"piet@office.customer.example", "Vraag", "Hello, where is the button? Please.", "nl", "Vraag", api.Question, true},
			{"adm@elsewhere.example", "x", "y", "nl", "x", api.Fault, true},
			{"empty@stranger.example", "", "", "en", "Without a subject", api.Fault, false},
		} {
			got := h.take(h.mail(c.from, desk, c.subject, c.text))
			ticket := h.ticket(got.Ticket)
			if ticket.Title != c.title || ticket.Language != c.language || ticket.Kind != c.kind || ticket.Organisation != 0 != c.organisation {
				h.t.Errorf("%s: %q %s %s, organisation %d", c.from, ticket.Title, ticket.Language, ticket.Kind, ticket.Organisation)
			}
			if e := h.entry(got.Entry); !e.Public || e.Party != api.PartyCustomer || e.Ticket != got.Ticket {
				h.t.Errorf("%s: %+v", c.from, e)
			}
		}
	})
}

// Whose word is whose, on a ticket of Example Ltd's.
func TestRoles(t *testing.T) {
	each(t, func(h *house) {
		n := h.take(h.mail("piet@customer.example", desk, "Printer", "Help")).Ticket
		h.tx(func(tx *db.Tx) error {
			return kept.SetParty(t.Context(), tx, n, "open@partner.example", kept.Party{Party: api.PartyPartner, Public: true})
		})
		signed := func(side thread.Side) string { return thread.Address(desk, key.Token(n, side)) }
		for name, c := range map[string]struct {
			from, to, subject string
			party             api.Party
			public, new       bool
		}{
			"customer":                         {"piet@customer.example", signed(thread.Customer), "x", api.PartyCustomer, true, false},
			"customer, number alone":           {"piet@customer.example", desk, "AW: [#1] x", api.PartyCustomer, true, false},
			"colleague":                        {"jan@customer.example", desk, "Re: [#1] x", api.PartyCustomer, true, false},
			"administrator":                    {"adm@elsewhere.example", signed(thread.Customer), "x", api.PartyAdmin, false, false},
			"vendor":                           {"help@vendor.example", signed(thread.Third), "x", api.PartyVendor, false, false},
			"partner who was asked publicly":   {"open@partner.example", signed(thread.Third), "x", api.PartyPartner, true, false},
			"customer's name on a third's":     {"piet@customer.example", signed(thread.Third), "x", "", false, false},
			"customer's name on staff's":       {"piet@customer.example", signed(thread.Staff), "x", "", false, false},
			"somebody who was given the mail":  {"eve@stranger.example", signed(thread.Customer), "x", "", false, false},
			"stranger, number alone":           {"eve@stranger.example", desk, "[#1] x", api.PartyCustomer, true, true},
			"vendor, number alone":             {"help@vendor.example", desk, "[#1] x", api.PartyCustomer, true, true},
			"stranger, another's signature":    {"eve@stranger.example", thread.Address(desk, thread.Key("other").Token(n, thread.Customer)), "x", api.PartyCustomer, true, true},
			"signature in the subject":         {"eve@stranger.example", desk, "[#" + key.Token(n, thread.Third) + "] x", "", false, false},
			"our address at another domain":    {"eve@stranger.example", strings.Replace(signed(thread.Customer), "example.com", "example.org", 1), "x", api.PartyCustomer, true, true},
			"customer, of a ticket that is no": {"piet@customer.example", desk, "[#999] x", api.PartyCustomer, true, true},
		} {
			got := h.take(h.mail(c.from, c.to, c.subject, name))
			e := h.entry(got.Entry)
			if e.Party != c.party || e.Public != c.public || got.Ticket != n != c.new {
				h.t.Errorf("%s: ticket %d, party %q, public %t", name, got.Ticket, e.Party, e.Public)
			}
		}
	})
}

// A sender whom a server on the way has found to be forged is nobody whom the
// desk knows; what the desk itself has signed proves more than a name.
func TestForged(t *testing.T) {
	each(t, func(h *house) {
		n := h.take(h.mail("piet@customer.example", desk, "Printer", "Help")).Ticket
		const forged = "Authentication-Results: mx.example.com; spf=fail; dmarc=fail (p=reject) header.from=customer.example"
		for name, c := range map[string]struct {
			from, to, subject string
			public, new       bool
		}{
			"the customer, number alone":        {"piet@customer.example", desk, "Re: [#1] x", true, true},
			"a colleague, number alone":         {"jan@customer.example", desk, "Re: [#1] x", true, true},
			"the customer, what we have signed": {"piet@customer.example", thread.Address(desk, key.Token(n, thread.Customer)), "x", true, false},
			"a vendor, what we have signed":     {"help@vendor.example", thread.Address(desk, key.Token(n, thread.Third)), "x", false, false},
		} {
			got := h.take(h.mail(c.from, c.to, c.subject, name, forged))
			e := h.entry(got.Entry)
			if e.Public != c.public || got.Ticket != n != c.new || c.new && h.ticket(got.Ticket).Organisation != 0 || !strings.Contains(e.Text, "DMARC") {
				h.t.Errorf("%s: ticket %d, organisation %d, public %t, %q", name, got.Ticket, h.ticket(got.Ticket).Organisation, e.Public, e.Text)
			}
		}
	})
}

// What is answered counts: ours for everybody, others' for those who belong to the ticket.
func TestThreads(t *testing.T) {
	each(t, func(h *house) {
		n := h.take(h.mail("anna@stranger.example", desk, "Printer", "Help", "X-A: b")).Ticket
		h.sent(n, thread.Customer, "ours@example.com", "anna@stranger.example")
		h.sent(n, thread.Third, "third@example.com", "help@vendor.example")
		for name, c := range map[string]struct {
			from, answers string
			public, new   bool
		}{
			"customer to ours":      {"anna@stranger.example", "In-Reply-To: <ours@example.com>", true, false},
			"by references":         {"anna@stranger.example", "References: <none@x> <ours@example.com> <z@z>", true, false},
			"stranger to ours":      {"eve@stranger.example", "In-Reply-To: <ours@example.com>", false, false},
			"customer to a third's": {"anna@stranger.example", "In-Reply-To: <third@example.com>", false, false},
			"customer to their own": {"anna@stranger.example", "In-Reply-To: <m1@example.net>", true, false},
			"stranger to theirs":    {"eve@stranger.example", "In-Reply-To: <m1@example.net>", true, true},
			"nobody's":              {"anna@stranger.example", "In-Reply-To: <other@example.net>", true, true},
		} {
			got := h.take(h.mail(c.from, desk, "Other", name, c.answers))
			if e := h.entry(got.Entry); e.Public != c.public || got.Ticket != n != c.new {
				h.t.Errorf("%s: ticket %d, public %t", name, got.Ticket, e.Public)
			}
		}
	})
}

// A word of the customer's opens their ticket again, and one that was closed long ago is continued.
func TestReopened(t *testing.T) {
	each(t, func(h *house) {
		n := h.take(h.mail("anna@stranger.example", desk, "Printer", "Help")).Ticket
		to := thread.Address(desk, key.Token(n, thread.Customer))
		waiting := api.StateWaitingCustomer
		if _, err := h.cases.Change(t.Context(), n, api.TicketChange{Version: h.ticket(n).Version, State: &waiting}, sam); err != nil {
			h.t.Fatal(err)
		}
		h.take(h.mail("anna@stranger.example", to, "x", "away", "Auto-Submitted: auto-replied"))
		if s := h.ticket(n).State; s != api.StateWaitingCustomer {
			h.t.Errorf("after a program's answer it is %s", s)
		}
		h.take(h.mail("anna@stranger.example", to, "x", "here it is"))
		if s := h.ticket(n).State; s != api.StateOpen {
			h.t.Errorf("after an answer it is %s", s)
		}
		closed := h.ticket(n)
		closed.State, closed.Closing = api.StateClosed, &api.Closing{Cause: api.CauseHandling, Solution: "s", By: "sam", At: h.at}
		h.close(closed)
		h.at = h.at.Add(15 * 24 * time.Hour)
		raw := h.mail("anna@stranger.example", to, "x", "again", "Content-Type: multipart/mixed; boundary=b")
		raw = append(raw[:len(raw)-len("again\r\n")], "--b\r\n\r\nagain\r\n--b\r\nContent-Type: image/png\r\n\r\npicture\r\n--b--\r\n"...)
		got := h.take(raw)
		if next := h.ticket(got.Ticket); next.Number == n || next.Parent != n || next.Title != "Printer" || next.Language != h.ticket(n).Language {
			h.t.Errorf("%+v", next)
		}
		if e := h.entry(got.Entry); e.Text != "again" || len(e.Files) != 1 || e.Ticket != got.Ticket {
			h.t.Errorf("%+v", e)
		}
		if again := h.take(raw); again != got {
			h.t.Errorf("the same once more: %+v, before %+v", again, got)
		}
	})
}

// What a program wrote, what is ours and what nobody wants is on no new ticket; why is kept.
func TestRefused(t *testing.T) {
	each(t, func(h *house) {
		h.sent(0, thread.Customer, "nowhere@example.com", "anna@stranger.example")
		hops := make([]string, 51)
		for i := range hops {
			hops[i] = "Received: from a by b"
		}
		for name, c := range map[string]struct {
			raw  []byte
			want string
		}{
			"auto":     {h.mail("anna@stranger.example", desk, "x", "y", "Auto-Submitted: auto-replied"), texts.Auto},
			"bulk":     {h.mail("news@stranger.example", desk, "x", "y", "Precedence: bulk"), texts.Bulk},
			"bounce":   {h.mail("MAILER-DAEMON@mx.example", desk, "x", "y", "X-Failed-Recipients: a@b.example"), texts.Unknown},
			"ours":     {h.mail("anna@stranger.example", desk, "x", "y", "X-Beistand-Desk: "+key.Mark()), texts.Loop},
			"our name": {h.mail("Support+1.x@example.com", desk, "x", "y"), texts.Loop},
			"hops":     {h.mail("anna@stranger.example", desk, "x", "y", hops...), texts.Hops},
			"nobody":   {[]byte("Subject: x\r\n\r\ny"), texts.Nobody},
			"by rule":  {h.mail("x@sub.spam.example", desk, "x", "y"), texts.Blocked},
			"stranger": {h.mail("eve@stranger.example", desk, "x", "y"), texts.Stranger},
			"empty":    {nil, texts.Empty},
			"too large": {
				make([]byte, api.MaxMail+1), texts.Large,
			},
		} {
			if got := h.take(c.raw); got.Refused != c.want || got.Ticket != 0 {
				h.t.Errorf("%s: %+v", name, got)
			}
		}
		if n := h.count("tickets"); n != 0 {
			h.t.Errorf("%d tickets", n)
		}
		l, err := kept.All(t.Context(), h.store.DB(), 0, api.MailRefused, 100)
		if err != nil || len(l.Mails) != 11 {
			h.t.Errorf("%d refused mails are kept: %v", len(l.Mails), err)
		}
		if got := h.take(h.mail("piet@customer.example", desk, "x", "y")); got.Ticket == 0 {
			h.t.Errorf("a known customer: %+v", got)
		}
	}, func(c *intake.Config) { c.Known, c.Refused = true, []string{"spam.example"} })
}

// Who writes too much waits; nothing of it is lost.
func TestTooMany(t *testing.T) {
	each(t, func(h *house) {
		for range 20 {
			h.take(h.mail("eve@stranger.example", desk, "x", "y"))
		}
		raw := h.mail("eve@stranger.example", desk, "x", "one more")
		var later *intake.LaterError
		if _, err := h.Take(t.Context(), raw); !errors.As(err, &later) {
			h.t.Fatalf("%v", err)
		}
		h.at = h.at.Add(61 * time.Minute)
		if got := h.take(raw); got.Ticket == 0 {
			h.t.Errorf("%+v", got)
		}
	})
}

// A list that sends more than anybody may is refused each time, and never kept for later.
func TestManyOfAList(t *testing.T) {
	each(t, func(h *house) {
		for i := range 30 {
			raw := h.mail("news@list.example", desk, "x", fmt.Sprint("y", i), "List-Id: <news.list.example>", "Precedence: bulk")
			if got := h.take(raw); got.Refused == "" {
				h.t.Fatalf("%d: %+v", i, got)
			}
		}
	})
}

// A desk that stops anywhere in between does the rest when it runs again, and nothing twice.
func TestStopped(t *testing.T) {
	each(t, func(h *house) {
		raw := h.mail("anna@stranger.example", desk, "Printer", "x", "Content-Type: multipart/mixed; boundary=b")
		raw = append(raw[:len(raw)-len("x\r\n")], "--b\r\n\r\nText\r\n--b\r\nContent-Type: image/png; name=a.png\r\n\r\npicture\r\n--b--\r\n"...)
		for _, stopped := range []failing{{filed: true}, {said: true}, {said: true}} {
			stopped.Cases = h.cases
			cfg := h.cfg
			cfg.Cases = &stopped
			if _, err := intake.New(cfg).Take(t.Context(), raw); !errors.Is(err, errStopped) {
				h.t.Fatalf("%v", err)
			}
			if n := h.count("entries"); n != 0 {
				h.t.Errorf("%d entries of a mail that is not done", n)
			}
			h.at = h.at.Add(time.Minute)
		}
		got := h.take(raw)
		if again := h.take(raw); again != got {
			h.t.Errorf("%+v, then %+v", got, again)
		}
		if e := h.entry(got.Entry); e.Text != "Text" || len(e.Files) != 1 || e.Files[0].Name != "a.png" || !e.Public {
			h.t.Errorf("%+v", e)
		}
		if tickets, entries := h.count("tickets"), h.count("entries"); tickets != 1 || entries != 1 {
			h.t.Errorf("%d tickets, %d entries", tickets, entries)
		}
	})
}

// A mail that ours did not arrive is at that mail, whoever it was to.
func TestBounced(t *testing.T) {
	each(t, func(h *house) {
		n := h.take(h.mail("anna@stranger.example", desk, "Printer", "Help")).Ticket
		h.sent(n, thread.Customer, "ours@example.com", "anna@stranger.example")
		report := "--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; anna@stranger.example\r\nAction: failed\r\n" +
			"Diagnostic-Code: smtp; 552 mailbox full\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <ours@example.com>\r\n--b--"
		got := h.take(h.mail("MAILER-DAEMON@mx.example", desk, "Undelivered", report, "Content-Type: multipart/report; report-type=delivery-status; boundary=b", "Return-Path: <>"))
		if e := h.entry(got.Entry); e.Public || e.Ticket != n || !strings.HasPrefix(e.Text, "A mail to anna@stranger.example did not arrive: 552 mailbox full") {
			h.t.Errorf("%+v", e)
		}
		m, err := kept.ByMessage(t.Context(), h.store.DB(), "ours@example.com")
		if err != nil || m.State != api.MailFailed || m.Problem != "552 mailbox full" {
			h.t.Errorf("%+v %v", m, err)
		}
		if s := h.ticket(n).State; s != api.StateNew {
			h.t.Errorf("the ticket is %s", s)
		}
	})
}
