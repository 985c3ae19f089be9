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
	if h, err := s.Holder(t.Context(), first.Token, start); err != nil || h.Ticket != first.Ticket.Number || h.Staff != nil {
		t.Fatalf("%+v %v", h, err)
	}
	if _, err := s.Holder(t.Context(), first.Token, start.Add(time.Hour)); !errors.Is(err, ErrNotFound) {
		t.Errorf("an expired token: %v", err)
	}
	for i := range ticketTokens { // each filing again is a token more
		if _, err := s.CreateTicket(t.Context(), api.NewTicket{ID: "id", Title: "A 100% title", Priority: api.Low},
			start.Add(time.Duration(i+1)*time.Second), start.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Holder(t.Context(), first.Token, start); !errors.Is(err, ErrNotFound) {
		t.Errorf("the oldest of too many tokens: %v", err)
	}
	if err := s.DropExpired(t.Context(), start.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := s.db.QueryRowContext(t.Context(), "SELECT count(*) FROM tokens").Scan(&n); err != nil || n != 0 {
		t.Errorf("%d tokens left, %v", n, err)
	}
}

func TestStaff(t *testing.T) {
	s := openStore(t, t.TempDir())
	ctx := t.Context()
	if err := s.AddStaff(ctx, "kim", "Kim", Admin, "long enough"); err != nil {
		t.Fatal(err)
	}
	if err := s.AddStaff(ctx, "KIM", "Kim", Admin, "long enough"); !errors.Is(err, ErrExists) {
		t.Errorf("twice: %v", err)
	}
	for name, err := range map[string]error{
		"no name":        s.AddStaff(ctx, "", "x", Admin, "long enough"),
		"spaces":         s.AddStaff(ctx, "a b", "x", Admin, "long enough"),
		"no shown name":  s.AddStaff(ctx, "a", " ", Admin, "long enough"),
		"role":           s.AddStaff(ctx, "a", "x", "root", "long enough"),
		"short password": s.AddStaff(ctx, "a", "x", Admin, "short"),
	} {
		if err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if who, err := s.CheckPassword(ctx, "Kim", "long enough"); err != nil || len(who.Roles) != 2 {
		t.Errorf("%+v %v", who, err)
	}
	for _, c := range [][2]string{{"kim", "long enougH"}, {"nobody", "long enough"}, {"kim", ""}, {"kim", string(make([]byte, 1000))}} {
		if _, err := s.CheckPassword(ctx, c[0], c[1]); !errors.Is(err, ErrPassword) {
			t.Errorf("%q: %v", c[0], err)
		}
	}
	for _, hash := range []string{"", "$argon2i$v=19$m=1,t=1,p=1$AA$AA", "$argon2id$v=19$m=9999999,t=1,p=1$AA$AAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=8,t=0,p=1$AA$AA"} {
		if _, err := checkPassword(hash, "x"); err == nil {
			t.Errorf("%q was worked with", hash)
		}
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
