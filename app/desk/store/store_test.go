package store

import (
	"errors"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
)

func openStore(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

var start = time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC)

func file(t *testing.T, s *Store, id string) api.CreatedTicket {
	t.Helper()
	made, err := s.CreateTicket(t.Context(), api.NewTicket{ID: id, Title: "A 100% title", Priority: api.Low}, start, start.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestTokens(t *testing.T) {
	s := openStore(t, t.TempDir())
	first := file(t, s, "id")
	if h, err := s.people.Holder(t.Context(), first.Token, start); err != nil || h.Ticket != first.Ticket.Number || h.Staff != nil {
		t.Fatalf("%+v %v", h, err)
	}
	if _, err := s.people.Holder(t.Context(), first.Token, start.Add(time.Hour)); !errors.Is(err, ErrNotFound) {
		t.Errorf("an expired token: %v", err)
	}
	for i := range 8 { // each filing again is a token more
		if _, err := s.CreateTicket(t.Context(), api.NewTicket{ID: "id", Title: "A 100% title", Priority: api.Low},
			start.Add(time.Duration(i+1)*time.Second), start.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.people.Holder(t.Context(), first.Token, start); !errors.Is(err, ErrNotFound) {
		t.Errorf("the oldest of too many tokens: %v", err)
	}
	if err := s.people.DropExpired(t.Context(), start.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := s.db.QueryRowContext(t.Context(), "SELECT count(*) FROM tokens").Scan(&n); err != nil || n != 0 {
		t.Errorf("%d tokens left, %v", n, err)
	}
}

func TestSearch(t *testing.T) {
	s := openStore(t, t.TempDir())
	file(t, s, "one")
	for text, want := range map[string]int{"": 1, "TITLE": 1, "100%": 1, "100_": 0, "title missing": 0, "' OR 1=1 --": 0} {
		list, err := s.Tickets(t.Context(), api.TicketQuery{Text: text, Limit: 10})
		if err != nil || len(list) != want {
			t.Errorf("%q: %d %v", text, len(list), err)
		}
	}
	file(t, s, "two")
	if list, err := s.Tickets(t.Context(), api.TicketQuery{Before: 2, Limit: 10}); err != nil || len(list) != 1 || list[0].Number != 1 {
		t.Errorf("%+v %v", list, err)
	}
}
