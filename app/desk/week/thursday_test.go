package week

import (
	"fmt"

	"github.com/beistand/beistand/app/api"
)

// thursday finds that twelve cases are one bug, divides a case, and books time.
func thursday(h *house) {
	h.t.Helper()
	h.bugOfTwelve(90)
	h.divide(102)
	h.each(30, func(i int) error { return h.work(110 + i) })
}

// bugOfTwelve tells twelve customers at once, and nobody twice.
func (h *house) bugOfTwelve(from int) {
	h.t.Helper()
	ctx, editor := h.t.Context(), h.staff["editor"]
	bug, err := editor.SaveBug(ctx, api.Bug{Product: "Ledger", Title: "Totals are rounded twice", State: api.BugOpen, Workaround: map[string]string{"en": "Use two decimals.", "de": "Zwei Stellen verwenden.", "nl": "Gebruik twee decimalen."}})
	h.must(err)
	linked := append([]*kept(nil), h.book.reports[from:from+11]...)
	linked = append(linked, h.book.reports[reports-1]) // which nobody has taken yet
	for _, k := range linked {
		bug, err = h.staff["s02"].LinkBug(ctx, bug.ID, k.number)
		h.must(err)
	}
	tell := func() (now api.Telling) {
		h.t.Helper()
		told, err := editor.TellBug(ctx, bug.ID, api.Tell{Version: bug.Version, What: api.TellWorkaround})
		h.must(err)
		h.within("all are told", func() bool {
			list, err := editor.Tellings(ctx, bug.ID)
			h.must(err)
			for _, one := range list {
				if one.ID == told.ID {
					now = one
				}
			}
			return now.Done
		})
		return now
	}
	if n := tell(); n.Total != 12 || n.Told != 12 || n.Failed != 0 {
		h.t.Errorf("%+v", n)
	}
	if n := tell(); n.Total != 12 || n.Told != 0 || n.Already != 12 {
		h.t.Errorf("again: %+v", n)
	}
	for _, k := range linked {
		k.answered = true
		if k.state == api.StateNew {
			k.state = api.StateOpen // support has said something
		}
		words := map[string]string{"en": "Use two decimals.", "de": "Zwei Stellen verwenden.", "nl": "Gebruik twee decimalen."}
		t, err := h.client(k.token, 1).Ticket(ctx, k.number)
		h.must(err)
		h.heard(k, words[t.Language])
	}
	_, err = editor.SaveRelease(ctx, api.Release{Product: "Ledger", Release: "4.3", Date: "2026-11-26", Fixes: []int64{bug.ID}})
	h.must(err)
	if bug, err = editor.Bug(ctx, bug.ID); err != nil || bug.FixedIn != "4.3" || bug.State != api.BugFixed {
		h.t.Errorf("%+v %v", bug, err)
	}
}

// divide makes three cases below one.
func (h *house) divide(i int) {
	h.t.Helper()
	above := h.book.reports[i]
	for n := range 3 {
		k := &kept{contact: above.contact, name: above.name, kind: api.Change, priority: api.Low, product: "Depot", module: "Booking", state: api.StateNew}
		made, err := h.client("", 910).CreateTicket(h.t.Context(), api.NewTicket{
			Title: fmt.Sprintf("Part %d", n), Description: "A part of it.", Product: k.product, Module: k.module, Priority: k.priority, Kind: k.kind, Name: k.name, Contact: k.contact, Language: "en",
		})
		h.must(err)
		k.number, k.token = made.Ticket.Number, made.Token
		h.book.add(k)
		_, err = h.change(above.owner, k.number, api.TicketChange{Parent: &above.number})
		h.must(err)
		_, err = h.change(above.owner, above.number, api.TicketChange{Parent: &k.number})
		h.refused("a circle", err, api.KindInvalid)
	}
	t, err := h.staff["admin"].Ticket(h.t.Context(), above.number)
	h.must(err)
	below, err := h.tickets(api.TicketQuery{Parent: above.number})
	h.must(err)
	if len(t.Children) != 3 || len(below) != 3 {
		h.t.Errorf("%d children, %d in the list", len(t.Children), len(below))
	}
}

// work books time, with words and without.
func (h *house) work(i int) error {
	k := h.book.reports[i]
	for _, e := range []api.NewEntry{{Kind: api.EntryTime, Minutes: 10 + i%5}, {Kind: api.EntryCall, Text: "Called.", Minutes: 5}} {
		if _, err := h.staff[k.owner].AddEntry(h.t.Context(), k.number, e); err != nil {
			return err
		}
		k.minutes += e.Minutes
	}
	return nil
}
