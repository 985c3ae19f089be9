package notice_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/mail/notice"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/mail"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// Everybody hears of what is for them, in their language, and the customer of nothing else.
func TestTold(t *testing.T) {
	each(t, func(h *house) {
		n := h.file("Drucker\r\nBcc: z@example.org\r\n\r\nbody", "anna@example.net", "de-AT")
		h.file("no address", "0049 30 1234", "de")
		h.change(staff("bo"), n, api.TicketChange{Owner: pointer("sam"), Escalate: pointer("SECRET reason")})
		h.write(staff("sam"), api.Entry{Ticket: n, Text: "SECRET for @bo and @al", Mentions: []string{"bo", "al", "sam"}})
		h.write(staff("sam"), api.Entry{Ticket: n, Text: "Bitte neu starten.", Public: true})
		h.write(staff("sam"), api.Entry{Ticket: n, Kind: api.EntryRequest, Text: "Wir brauchen:", Public: true, Wants: []api.Want{{ID: "question:since", Label: "Seit wann?"}}})
		h.write(staff("sam"), api.Entry{Ticket: n, Kind: api.EntryMailOut, Text: "SECRET question", To: []string{"v@vendor.example", "anna@example.net"}, Party: api.PartyVendor})
		h.write(rule.Who{Actor: api.Actor{Kind: api.ActorCustomer}, Name: "Anna"}, api.Entry{Ticket: n, Text: "Es geht.", Public: true, Party: api.PartyCustomer})
		h.write(rule.Who{Actor: api.Actor{Kind: api.ActorDesk}}, api.Entry{Ticket: n, Text: "Reminder @sam", Mentions: []string{"sam"}})
		h.tx(func(tx *db.Tx) error {
			return journal.Write(t.Context(), tx, journal.Entry{Actor: api.Actor{Kind: api.ActorStaff, Name: "sam"}, Ticket: n, Action: "session.asked", Subject: "session/x"})
		})
		h.tx(func(tx *db.Tx) error { // as cases closes
			read, err := tickets.Read(t.Context(), tx, n)
			if err != nil {
				return err
			}
			read.State, read.Closing = api.StateSolved, &api.Closing{Cause: api.CauseFault, Solution: "Der Treiber war alt.", By: "sam", At: time.Now()}
			if err := tickets.Write(t.Context(), tx, &read, time.Now()); err != nil {
				return err
			}
			return journal.Write(t.Context(), tx, journal.Entry{Actor: api.Actor{Kind: api.ActorStaff, Name: "sam"}, Ticket: n, Action: "ticket.closed", Subject: "ticket/1"})
		})
		h.settle("mail")
		want := []string{
			"waiting received anna@example.net",
			"waiting assigned sam@example.com",
			"waiting mention bo@example.com",
			"waiting public anna@example.net",
			"waiting request anna@example.net",
			"waiting third v@vendor.example",
			"waiting third anna@example.net",
			"waiting answered sam@example.com",
			"waiting promise sam@example.com",
			"waiting session anna@example.net",
			"waiting solved anna@example.net",
		}
		letters := h.expect(want...)
		h.settle("again") // another reader of the same: nothing is told twice
		h.expect(want...)
		for i, l := range letters {
			if strings.ContainsAny(l.Subject+l.To.Name+l.From.Name+l.ReplyTo+l.ID+l.Mark+l.List, "\r\n") {
				h.t.Errorf("%s: a line too many: %q, %+v, %+v", want[i], l.Subject, l.To, l.From)
			}
			toCustomer := l.To.Address == "anna@example.net" && !strings.Contains(want[i], " third ")
			if toCustomer && strings.Contains(l.Plain+l.HTML+l.Subject, "SECRET") {
				h.t.Errorf("%s has what is internal:\n%s", want[i], l.Plain)
			}
			if toCustomer != strings.Contains(l.Plain, "/my/link/") || toCustomer != strings.Contains(l.HTML, "/my/link/") {
				h.t.Errorf("%s: the customer's link, and not for others:\n%s", want[i], l.Plain)
			}
			if l.Notice == strings.Contains(want[i], " third ") {
				h.t.Errorf("%s says that it is a notice: %t", want[i], l.Notice)
			}
		}
		for i, text := range map[int]string{
			0: "Wir haben Ihre Anfrage erhalten. Sie hat die Nummer 1.", 1: "Ticket 1 is yours now.", 2: "Sam Support heeft u genoemd in ticket 1:",
			3: "    Bitte neu starten.", 4: "- Seit wann?", 7: "Anna has written on ticket 1:", 9: "Sam Support möchte sich", 10: "    Der Treiber war alt.",
		} {
			if !strings.Contains(letters[i].Plain, text) {
				h.t.Errorf("%s lacks %q:\n%s", want[i], text, letters[i].Plain)
			}
		}
		if letters[0].Subject != "[#1] Drucker Bcc: z@example.org body" || letters[3].Subject != "Re: "+letters[0].Subject || letters[3].Answers[0] != letters[0].ID {
			h.t.Errorf("%q, %q %v", letters[0].Subject, letters[3].Subject, letters[3].Answers)
		}
		seen := map[string]bool{}
		for _, l := range letters {
			seen[l.ReplyTo] = true
		}
		if len(seen) != 3 {
			h.t.Errorf("answers of three sides go to %d addresses", len(seen))
		}
		p, err := kept.PartyOf(t.Context(), h.store.DB(), n, "V@vendor.example")
		if err != nil || p.Party != api.PartyVendor || p.Public {
			h.t.Errorf("%+v %v", p, err)
		}
	})
}

func pointer[T any](v T) *T { return &v }

// Two programs that answer each other come to an end; what a person writes waits.
func TestTooMany(t *testing.T) {
	each(t, func(h *house) {
		n := h.file("x", "anna@example.net", "en")
		vendor := rule.Who{Actor: api.Actor{Kind: api.ActorMail, Name: "v@vendor.example"}}
		for range 12 {
			h.write(vendor, api.Entry{Ticket: n, Text: "y", Public: true, Party: api.PartyVendor, Kind: api.EntryMailIn})
		}
		h.write(staff("sam"), api.Entry{Ticket: n, Text: "z", Public: true})
		h.settle("mail")
		got, _ := h.out()
		waiting, held := 0, 0
		for _, s := range got {
			switch {
			case strings.HasPrefix(s, "waiting"):
				waiting++
			case strings.HasPrefix(s, "held public"):
				held++
			}
		}
		if waiting != 11 || held != 3 { // 1 + 9, and sam's; of the vendor's 12, three
			h.t.Errorf("%d waiting, %d held: %v", waiting, held, got)
		}
		due, err := kept.All(t.Context(), h.store.DB(), 0, api.MailWaiting, 1)
		if err != nil || due.Mails[0].Next.Before(time.Now().Add(50*time.Minute)) {
			h.t.Errorf("sam's goes at %v: %v", due.Mails[0].Next, err)
		}
		h.tx(func(tx *db.Tx) error {
			held, err := kept.All(t.Context(), tx, 0, api.MailHeld, 1)
			if err != nil {
				return err
			}
			return kept.Again(t.Context(), tx, held.Mails[0].ID, time.Now())
		})
	})
}

// Tickets that anybody files in another's name do not fill their folder.
func TestFlood(t *testing.T) {
	each(t, func(h *house) {
		for range 25 {
			h.file("x", "anna@example.net", "en")
		}
		h.write(staff("sam"), api.Entry{Ticket: 25, Text: "z", Public: true})
		h.settle("mail")
		got, _ := h.out()
		if n := len(slices.DeleteFunc(got, func(s string) bool { return strings.HasPrefix(s, "held received") })); n != 21 { // with sam's
			h.t.Errorf("%d mails are sent", n)
		}
	})
}

// What was before mail was turned on is not told, and what is long past neither.
func TestOld(t *testing.T) {
	each(t, func(h *house) {
		h.file("x", "anna@example.net", "en")
		h.settle("mail")
		h.expect()
	}, func(c *notice.Config) { c.Since = time.Now().Add(time.Hour) })
	each(t, func(h *house) {
		h.file("x", "anna@example.net", "en")
		h.settle("mail")
		h.expect()
	}, func(c *notice.Config) { c.Now = func() time.Time { return time.Now().Add(73 * time.Hour) } })
}
