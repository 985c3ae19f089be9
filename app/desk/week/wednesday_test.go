package week

import (
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
)

// wednesday is urgent: standstills, escalations, a night's lot, and monitors.
func wednesday(h *house) {
	h.t.Helper()
	h.standstill()
	h.each(8, func(i int) error { return h.escalate(40 + i) })
	for i := range 5 {
		h.relieve(40 + i)
	}
	h.bulk(50, 90)
	h.monitors()
}

// standstill is a production that stands still, which its customer has called normal.
func (h *house) standstill() {
	h.t.Helper()
	k := &kept{contact: "plant@customer1.example", name: "Plant", kind: api.Fault, priority: api.Normal, product: "Depot", module: "Booking", state: api.StateNew}
	made, err := h.client("", 900).CreateTicket(h.t.Context(), api.NewTicket{
		Title: "The line stands", Description: "Nothing moves.", Product: k.product, ProductVersion: "4.2", Module: k.module, Priority: k.priority, Kind: k.kind,
		Impact: api.ImpactStandstill, Name: k.name, Contact: k.contact, Language: "en",
	})
	h.must(err)
	k.number, k.token = made.Ticket.Number, made.Token
	h.book.add(k)
	t, err := h.staff["d0"].Ticket(h.t.Context(), k.number)
	h.must(err)
	if t.Suggested != api.Critical || t.Urgency != nil {
		h.t.Errorf("a standstill is suggested as %q, set as %+v", t.Suggested, t.Urgency)
	}
	_, err = h.change("d0", k.number, api.TicketChange{Urgency: &api.SetUrgency{Priority: api.Critical}})
	h.refused("a priority without a reason", err, api.KindInvalid)
	_, err = h.change("d0", k.number, api.TicketChange{Urgency: &api.SetUrgency{Priority: api.Critical, Reason: "production stands"}, Owner: new("s00"), State: new(api.StateOpen)})
	h.must(err)
	k.priority, k.owner, k.state = api.Critical, "s00", api.StateOpen
}

// escalate has a colleague of the owner's ask a dispatcher to look.
func (h *house) escalate(i int) error {
	k := h.book.reports[i]
	colleague := supporter(i + 1)
	_, err := h.change(colleague, k.number, api.TicketChange{Urgency: &api.SetUrgency{Priority: api.Critical, Reason: "mine"}})
	h.refused("another's priority", err, api.KindForbidden)
	_, err = h.change(colleague, k.number, api.TicketChange{Escalate: new("three days without an answer")})
	k.escalated = true
	return err
}

// relieve has a dispatcher take what was escalated.
func (h *house) relieve(i int) {
	h.t.Helper()
	k := h.book.reports[i]
	who := fmt.Sprintf("d%d", i%dispatchers)
	_, err := h.change(who, k.number, api.TicketChange{Owner: &who, Urgency: &api.SetUrgency{Priority: api.High, Reason: "escalated"}, Escalate: new("")})
	h.must(err)
	k.owner, k.priority, k.escalated = who, api.High, false
}

// bulk sends a lot to the night team; one of them was changed meanwhile.
func (h *house) bulk(from, to int) {
	h.t.Helper()
	var lot api.Bulk
	for _, k := range h.book.reports[from:to] {
		t, err := h.staff["d1"].Ticket(h.t.Context(), k.number)
		h.must(err)
		lot.Tickets = append(lot.Tickets, api.BulkTicket{Number: t.Number, Version: t.Version})
	}
	_, err := h.change("d2", lot.Tickets[0].Number, api.TicketChange{Level: new(2)})
	h.must(err)
	lot.Change = api.BulkChange{Queue: new("night"), Owner: new("s05"), Watch: []string{"d1"}}
	done, err := h.staff["d1"].Bulk(h.t.Context(), lot)
	h.must(err)
	if done.Changed != to-from-1 || done.Results[0].Kind != api.KindConflict {
		h.t.Errorf("%d were changed, the first says %q", done.Changed, done.Results[0].Kind)
	}
	for _, k := range h.book.reports[from+1 : to] {
		k.queue, k.owner = "night", "s05"
	}
	_, err = h.staff["d1"].SetQueue(h.t.Context(), "night", api.SetQueue{Members: []string{"s05", "s06"}})
	h.must(err)
	_, err = h.staff["s01"].Bulk(h.t.Context(), lot)
	h.refused("a supporter's bulk change", err, api.KindForbidden)
}

// monitors say the same alarm again and again: it is one ticket until it is
// closed, and another one when it comes back after that.
func (h *house) monitors() {
	h.t.Helper()
	var key api.CreatedKey
	h.must(h.staff["admin"].Call(h.t.Context(), "POST", api.PathKeys, api.NewKey{Name: "Watch", Scopes: []api.Scope{api.ScopeIntake}, Expires: time.Now().AddDate(0, 1, 0)}, &key))
	monitor := h.client(key.Secret, 901)
	say := func(a api.Alarm) int64 {
		h.t.Helper()
		a.Alarm, a.Title, a.Product = "db1/disk", "The disk is full", "Fleet"
		taken, err := monitor.SayAlarms(h.t.Context(), api.Alarms{Alarms: []api.Alarm{a}})
		h.must(err)
		return taken.Tickets[0]
	}
	first := say(api.Alarm{})
	alarm := h.book.add(&kept{number: first, name: "Monitor", kind: api.Fault, product: "Fleet", priority: api.High, state: api.StateNew})
	for range adverts - 1 {
		if n := say(api.Alarm{}); n != first {
			h.t.Fatalf("the same alarm is on %d and %d", first, n)
		}
	}
	if n := say(api.Alarm{Resolved: true}); n != first {
		h.t.Errorf("the end of the alarm is on %d", n)
	}
	_, err := monitor.Tickets(h.t.Context(), api.TicketQuery{})
	h.refused("a monitor that reads", err, api.KindForbidden)
	t, err := h.staff["s01"].Ticket(h.t.Context(), first)
	h.must(err)
	_, err = h.staff["s01"].CloseTicket(h.t.Context(), first, api.CloseTicket{Version: t.Version, State: api.StateClosed, Cause: api.CauseConfiguration, Solution: "Logs are rotated now.", FirstCheck: true})
	h.must(err)
	alarm.state, alarm.cause, alarm.first = api.StateClosed, api.CauseConfiguration, true
	if again := say(api.Alarm{}); again == first {
		h.t.Error("an alarm that comes back is on the closed ticket")
	} else {
		h.book.add(&kept{number: again, name: "Monitor", kind: api.Fault, product: "Fleet", priority: api.High, state: api.StateNew})
	}
	h.must(h.none())
}
