package console_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/beistand/beistand/app/api"
)

// TestStaff is a supporter's way in the browser: in, list, ticket, answer, note, priority, close.
func TestStaff(t *testing.T) {
	h := open(t)
	b := h.browser("de")
	b.signIn(h, "sam", h.path("")) // somebody who was sent a link is where it leads afterwards
	b.says("Rechnungen drucken nicht")
	for _, width := range []int64{1280, 400} {
		b.look(width, "dark")
		b.shot(fmt.Sprintf("ticket-%d", width))
	}
	b.look(1280, "light")
	b.fill("#compose [name=text]", "Wir sehen uns das an.")
	b.send("#compose button.main")
	b.says("Wir sehen uns das an.")
	b.do(chromedp.Click("#compose [value=note]"))
	b.fill("#compose [name=text]", "Sieht nach dem Spooler aus.")
	b.send("#compose button.main")
	b.says("Sieht nach dem Spooler aus.")
	customer := h.client(h.ticket.Token)
	line, err := customer.Timeline(t.Context(), 1, 0, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range line.Entries {
		if strings.Contains(e.Text, "Spooler") {
			t.Error("the customer sees the internal note")
		}
	}
	eval[bool](b, "(document.querySelector('[name=reason]').closest('details').open = true)")
	b.fill("[name=urgency]", "critical")
	b.fill("[name=reason]", "Monatsabschluss")
	b.send("form:has([name=reason]) button.main")
	b.says("Monatsabschluss")
	eval[bool](b, "(document.querySelector('#close details').open = true)")
	b.fill("#close [name=cause]", "patch")
	b.fill("#close [name=solution]", "Patch 4.2.2 einspielen.")
	b.send("#close [value=solved]")
	b.says("Patch 4.2.2 einspielen.")
	ticket, err := h.staff.Ticket(t.Context(), 1)
	if err != nil || ticket.State != api.StateSolved || ticket.Urgency == nil || ticket.Urgency.Reason != "Monatsabschluss" || ticket.Closing == nil {
		t.Errorf("%+v %v", ticket, err)
	}
}
