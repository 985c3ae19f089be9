package week

import (
	"fmt"
	"slices"

	"github.com/beistand/beistand/app/api"
)

const (
	reports  = 300
	untaken  = 20 // the last of them, which wait for next week
	letters  = 15 // cases by mail
	adverts  = 63
	firstLot = reports - untaken
)

var (
	products = []string{"Ledger", "Depot", "Fleet"}
	modules  = []string{"Printing", "Booking"}
)

// monday brings the reports, mails among them, and the team takes its work.
func monday(h *house) {
	h.t.Helper()
	h.book.reports = make([]*kept, reports)
	h.each(reports, h.report)
	h.letters()
	h.adverts()
	h.each(firstLot, func(i int) error { return h.take(i, supporter(i)) })
}

// report files the i-th report, as a customer's program does.
func (h *house) report(i int) error {
	k := &kept{
		contact: fmt.Sprintf("person%d@customer%d.example", i, i%30), name: fmt.Sprintf("Person %d", i), kind: api.Kinds[i%5], priority: api.Priorities[i/5%4],
		product: products[i%3], module: modules[i/3%2], state: api.StateNew,
	}
	made, err := h.client("", i).CreateTicket(h.t.Context(), api.NewTicket{
		Title: fmt.Sprintf("%s in %s, place %d", k.kind, k.module, i), Description: fmt.Sprintf("Case %d: what is seen in %s of %s.", i, k.module, k.product),
		Product: k.product, ProductVersion: "4.2", Module: k.module, Priority: k.priority, Kind: k.kind, Name: k.name, Contact: k.contact, Language: []string{"en", "de", "nl"}[i%3],
	})
	if err != nil {
		return err
	}
	k.number, k.token = made.Ticket.Number, made.Token
	h.book.reports[i] = h.book.add(k)
	return nil
}

// letters are cases by mail: people write, and each is one ticket.
func (h *house) letters() {
	h.t.Helper()
	for i := range letters {
		from := fmt.Sprintf("writer%d@letters.example", i)
		h.must(h.mail(letter("Writer <"+from+">", address, "The scale is broken", fmt.Sprintf("letter%d@letters.example", i), "Hello, the scale does not work.")))
	}
	h.came("letters", letters)
}

// adverts are the same mail sixty-three times, which is one ticket, and as
// many of a mailing list, which are none.
func (h *house) adverts() {
	h.t.Helper()
	for i := range adverts {
		h.must(h.mail(letter("Sales <sales@adverts.example>", address, "Buy now", "the-advert@adverts.example", "Cheap scales.", fmt.Sprintf("Received: from mx%d.adverts.example; Mon, 23 Nov 2026 10:00:%02d +0100", i, i%60))))
		h.must(h.mail(letter(fmt.Sprintf("News <news%d@adverts.example>", i%4), address, "News", fmt.Sprintf("news%d@adverts.example", i), "Many scales.", "Precedence: bulk", "List-Id: <news.adverts.example>")))
	}
	h.came("an advert", 1)
	var advert *kept
	for _, n := range h.book.brought {
		if h.book.all[n].contact == "sales@adverts.example" {
			advert = h.book.all[n]
		}
	}
	h.within("all letters are taken", func() bool { return h.spooled() == 0 })
	h.must(h.none())
	t, err := h.staff["d0"].Ticket(h.t.Context(), advert.number)
	h.must(err)
	_, err = h.staff["d0"].CloseTicket(h.t.Context(), t.Number, api.CloseTicket{Version: t.Version, State: api.StateClosed, Cause: api.CauseVendor, Solution: "An advert"})
	h.must(err)
	advert.state, advert.cause = api.StateClosed, api.CauseVendor
}

// came waits until n more tickets came by mail and puts them into the book.
func (h *house) came(what string, n int) {
	h.t.Helper()
	var fresh []api.Ticket
	h.within(what, func() bool {
		all, err := h.tickets(api.TicketQuery{})
		h.must(err)
		fresh = slices.DeleteFunc(all, func(t api.Ticket) bool { return h.book.all[t.Number] != nil })
		return len(fresh) >= n
	})
	if len(fresh) != n {
		h.t.Fatalf("%s are %d tickets, not %d", what, len(fresh), n)
	}
	for _, t := range fresh {
		h.book.add(&kept{number: t.Number, contact: t.Contact, name: t.Name, kind: t.Kind, priority: t.Priority, state: t.State, product: t.Product, module: t.Module})
		h.book.brought = append(h.book.brought, t.Number)
	}
}

// none says that no ticket came that is not in the book.
func (h *house) none() error {
	all, err := h.tickets(api.TicketQuery{})
	if err == nil && len(all) != len(h.book.all) {
		err = fmt.Errorf("the desk has %d tickets, the book %d", len(all), len(h.book.all))
	}
	return err
}

// tickets are all that fit.
func (h *house) tickets(q api.TicketQuery) (all []api.Ticket, err error) {
	q.Limit = 200
	for {
		part, err := h.staff["admin"].Tickets(h.t.Context(), q)
		if err != nil {
			return nil, err
		}
		if all = append(all, part...); len(part) < q.Limit {
			return all, nil
		}
		q.Before = part[len(part)-1].Number
	}
}

// take makes a report somebody's, who answers and books what it took.
func (h *house) take(i int, who string) error {
	k := h.book.reports[i]
	if _, err := h.change(who, k.number, api.TicketChange{Owner: &who}); err != nil {
		return err
	}
	_, err := h.staff[who].AddEntry(h.t.Context(), k.number, api.NewEntry{Kind: api.EntryNote, Public: true, Text: "I am looking at it.", Minutes: 1 + i%7})
	k.owner, k.state, k.answered, k.minutes = who, api.StateOpen, true, 1+i%7
	return err
}
