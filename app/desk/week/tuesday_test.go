package week

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beistand/beistand/app/api"
)

// tuesday asks others: vendors, customers for what is missing; programs answer, too.
func tuesday(h *house) {
	h.t.Helper()
	h.each(10, h.askVendor)
	for i := range 10 {
		h.vendorAnswers(i)
	}
	h.each(20, func(i int) error { return h.askMissing(10 + i) })
	h.programs()
	h.answerByMail(33)
}

func vendorOf(i int) string { return fmt.Sprintf("vendor%d@vendor.example", i) }

func (h *house) askVendor(i int) error {
	k := h.book.reports[i]
	_, err := h.staff[k.owner].AddEntry(h.t.Context(), k.number, api.NewEntry{Kind: api.EntryMailOut, Text: "Do you know this error?", To: []string{vendorOf(i)}, Party: api.PartyVendor})
	if err != nil {
		return err
	}
	_, err = h.change(k.owner, k.number, api.TicketChange{State: new(api.StateWaitingThird), WaitingFor: new("Vendor")})
	k.state = api.StateWaitingThird
	return err
}

// vendorAnswers answers by mail, where the desk's own letter says; the team alone sees it.
func (h *house) vendorAnswers(i int) {
	h.t.Helper()
	k := h.book.reports[i]
	h.within("a letter to the vendor", func() bool { return len(h.post.box(vendorOf(i))) == 1 })
	asked := h.post.box(vendorOf(i))[0]
	h.must(h.mail(letter(vendorOf(i), asked.ReplyTo.Address, "Re: "+asked.Subject, fmt.Sprintf("answer%d@vendor.example", i), "Take patch 7.", "In-Reply-To: <"+asked.ID+">")))
	h.within("the vendor's answer", func() bool {
		return slices.ContainsFunc(h.entries(k.number), func(e api.Entry) bool {
			return e.Kind == api.EntryMailIn && e.Party == api.PartyVendor && !e.Public && e.Text == "Take patch 7."
		})
	})
	if i >= 7 {
		return // nobody has read it yet
	}
	_, err := h.change(k.owner, k.number, api.TicketChange{State: new(api.StateOpen)})
	h.must(err)
	k.state = api.StateOpen
}

// askMissing asks a customer for what their report lacks. Some answer what was
// asked, some write a sentence, some are silent.
func (h *house) askMissing(i int) error {
	k := h.book.reports[i]
	customer := h.client(k.token, i)
	lacks, err := customer.Completeness(h.t.Context(), k.number)
	if err != nil || len(lacks.Missing) == 0 {
		return err
	}
	if k.kind == api.Question {
		return fmt.Errorf("a question lacks %+v", lacks.Missing)
	}
	if _, err := h.staff[k.owner].AskForMissing(h.t.Context(), k.number, api.Request{}); err != nil {
		return err
	}
	k.state = api.StateWaitingCustomer
	switch i % 3 {
	case 0:
		var answers []api.Answer
		for _, w := range lacks.Missing {
			answers = append(answers, api.Answer{Question: w.Question, Label: w.Label, Text: "As ever."})
		}
		t, err := customer.GiveAnswers(h.t.Context(), k.number, api.Answers{Answers: answers})
		if err != nil {
			return err
		}
		if t.State != api.StateOpen {
			return fmt.Errorf("ticket %d has all answers and is %s", k.number, t.State)
		}
		k.state = api.StateOpen
	case 1:
		if _, err := customer.AddEntry(h.t.Context(), k.number, api.NewEntry{Kind: api.EntryNote, Public: true, Text: "I do not know."}); err != nil {
			return err
		}
		k.state = api.StateOpen
	}
	return nil
}

// lastTo is the newest letter that a customer has got, once there are two: that
// their report is there, and the first answer.
func (h *house) lastTo(k *kept) (to, id string) {
	h.t.Helper()
	h.within("letters to "+k.contact, func() bool { return len(h.post.box(k.contact)) >= 2 })
	box := h.post.box(k.contact)
	last := box[len(box)-1]
	return last.ReplyTo.Address, last.ID
}

// programs answer: somebody is away, somebody has left. Neither moves a ticket.
func (h *house) programs() {
	h.t.Helper()
	away, gone, left := h.book.reports[30], h.book.reports[31], h.book.reports[32]
	to, id := h.lastTo(away)
	h.must(h.mail(letter(away.contact, to, "Out of office", "away@customer.example", "I am away.", "Auto-Submitted: auto-replied", "In-Reply-To: <"+id+">")))
	to, id = h.lastTo(gone)
	h.must(h.mail(letter("MAILER-DAEMON@customer.example", to, "Undelivered", "bounce@customer.example", "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; "+gone.contact+
		"\nAction: failed\nDiagnostic-Code: smtp; 552 mailbox full\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <"+id+">\n--b--", "Content-Type: multipart/report; report-type=delivery-status; boundary=b", "Return-Path: <>")))
	_, err := h.staff[left.owner].AddEntry(h.t.Context(), left.number, api.NewEntry{Kind: api.EntryMailOut, Text: "Are you there?", To: []string{"gone@vendor.example"}, Party: api.PartyVendor})
	h.must(err)
	for what, one := range map[string]*kept{"I am away.": away, "552 mailbox full": gone, "this person has left": left} {
		h.within(what, func() bool {
			return slices.ContainsFunc(h.entries(one.number), func(e api.Entry) bool { return strings.Contains(e.Text, what) && !e.Public })
		})
	}
}

// answerByMail has a customer answer by mail what they were asked in a letter.
func (h *house) answerByMail(i int) {
	h.t.Helper()
	k := h.book.reports[i]
	_, err := h.change(k.owner, k.number, api.TicketChange{State: new(api.StateWaitingCustomer)})
	h.must(err)
	to, id := h.lastTo(k)
	h.must(h.mail(letter(k.contact, to, "Re: it", "reply@customer.example", "It is plugged in.", "In-Reply-To: <"+id+">")))
	h.within("the answer opens the ticket", func() bool {
		t, err := h.staff["admin"].Ticket(h.t.Context(), k.number)
		h.must(err)
		return t.State == api.StateOpen
	})
}
