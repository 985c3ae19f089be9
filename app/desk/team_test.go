package desk

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

// TestKnownCase files a ticket about what is fixed in a newer version, from
// somebody whose organisation is known: it is linked to both, the customer is
// told of the fix, and the numbers have it, by nobody's hand.
func TestKnownCase(t *testing.T) {
	h := open(t)
	if err := h.hire("edda", "Edda", api.RoleEditor); err != nil {
		t.Fatal(err)
	}
	ctx, desk := t.Context(), h.client(h.tokenOf("edda"))
	o, err := desk.SaveOrganisation(ctx, api.Organisation{Name: "Beispiel GmbH", Domains: []string{"beispiel.example"}})
	if err != nil {
		t.Fatal(err)
	}
	bug, err := desk.SaveBug(ctx, api.Bug{
		Product: "Lager", Title: "ORA-00942 beim Drucken der Lieferscheine", State: api.BugFixed, FixedIn: "4.10",
		Workaround: map[string]string{"de": "Den Druckdienst neu starten."},
	})
	if err != nil {
		t.Fatal(err)
	}
	until(t, "the bug can be found", func() bool {
		matches, err := h.similarBugs(ctx, api.Ticket{Title: bug.Title, Product: "Lager", Language: "de"})
		if err != nil {
			t.Fatal(err)
		}
		return len(matches) == 1
	})
	made, err := h.client("").CreateTicket(ctx, api.NewTicket{
		ID: client.NewTicketID(), Title: "ORA-00942 beim Drucken der Lieferscheine", Product: "Lager", ProductVersion: "4.9",
		Priority: api.Normal, Name: "Anna Beispiel", Contact: "anna@beispiel.example", Language: "de",
	})
	if err != nil {
		t.Fatal(err)
	}
	number := made.Ticket.Number
	until(t, "the ticket is linked", func() bool {
		now, err := desk.Ticket(ctx, number)
		if err != nil {
			t.Fatal(err)
		}
		return now.Organisation == o.ID && len(now.Bugs) == 1 && now.Bugs[0] == bug.ID
	})
	until(t, "the customer is told", func() bool {
		status, _, body := h.do("GET", api.EntriesPath(number), made.Token, nil)
		var list api.Timeline
		if status != http.StatusOK || json.Unmarshal(body, &list) != nil {
			t.Fatal(status, string(body))
		}
		return len(list.Entries) == 1 && strings.Contains(list.Entries[0].Text, "4.10") && strings.Contains(list.Entries[0].Text, "neu starten")
	})
	until(t, "the numbers have it", func() bool {
		n, err := desk.Numbers(ctx, api.NumbersQuery{})
		if err != nil {
			t.Fatal(err)
		}
		return n.Weeks[len(n.Weeks)-1].Filed == 1 && n.FirstAnswer == nil // a rule's word is no answer
	})
	status, _, body := h.do("GET", api.TicketPath(number), made.Token, nil)
	if status != http.StatusOK || strings.Contains(string(body), `"organisation"`) || strings.Contains(string(body), `"bugs"`) {
		t.Errorf("the customer sees %s", body)
	}
}
