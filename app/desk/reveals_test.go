package desk

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
)

func note(t *testing.T, pseudonym string) []byte {
	t.Helper()
	b, err := json.Marshal(api.Reveal{Pseudonym: pseudonym})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestReveals(t *testing.T) {
	h := open(t)
	made := h.ticket()
	number := made.Ticket.Number
	heard := h.listeners.join(number, forCustomer)
	defer h.listeners.leave(number, heard)
	path := api.RevealsPath(number)
	for _, p := range []string{"user-27", "net-4711"} {
		if status, _, body := h.do("POST", path, made.Token, note(t, p), "Content-Type", "application/json"); status != 201 {
			t.Fatalf("%d %s", status, body)
		}
		if e := <-heard; e.Kind != api.EventReveal || e.Reveal == nil || e.Reveal.Pseudonym != p {
			t.Errorf("%+v", e)
		}
	}
	for _, p := range []string{"", "anna.novak", "user-27 is Anna", "User-27", "user-0", "a-27", strings.Repeat("a", 13) + "-27", "user-27\n"} {
		if status, _, body := h.do("POST", path, made.Token, note(t, p), "Content-Type", "application/json"); status != 422 || kind(t, body) != api.KindInvalid {
			t.Errorf("%q: %d %s", p, status, body)
		}
	}
	_, _, body := h.do("GET", api.TicketPath(number), made.Token, nil)
	var got api.Ticket
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Reveals) != 2 || got.Reveals[0].Pseudonym != "user-27" || !got.Reveals[1].Asked.Equal(h.clock.now()) {
		t.Errorf("%+v", got.Reveals)
	}
	if !got.Updated.Equal(h.clock.now()) {
		t.Errorf("updated %v", got.Updated)
	}
}

// TestRevealsAreBounded: nobody fills the desk with them.
func TestRevealsAreBounded(t *testing.T) {
	h := open(t)
	made := h.ticket()
	for i := range 1001 {
		_, err := h.store.AddReveal(t.Context(), made.Ticket.Number, "user-27", h.clock.now())
		if (err != nil) != (i == 1000) {
			t.Fatalf("%d: %v", i, err)
		}
	}
	if status, _, body := h.do("POST", api.RevealsPath(made.Ticket.Number), made.Token, note(t, "user-27"), "Content-Type", "application/json"); status != 409 {
		t.Errorf("%d %s", status, body)
	}
}
