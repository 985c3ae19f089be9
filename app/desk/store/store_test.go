package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
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

func upload(t *testing.T, s *Store, ticket int64, content []byte) Upload {
	t.Helper()
	sum := sha256.Sum256(content)
	u, err := s.CreateUpload(t.Context(), Upload{
		Ticket: ticket, Name: "a.zip", Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:]), Expires: start.Add(time.Hour),
	}, start)
	if err != nil {
		t.Fatal(err)
	}
	return u
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

// TestCrash leaves behind what a crash can leave at each step, and recovers.
func TestCrash(t *testing.T) {
	content := []byte("what was collected")
	for name, crash := range map[string]func(t *testing.T, s *Store, u Upload) int64{
		"bytes behind the offset": func(t *testing.T, s *Store, u Upload) int64 {
			half, err := s.Append(t.Context(), u, bytes.NewReader(content[:7]), nil, u.Expires)
			if err != nil {
				t.Fatal(err)
			}
			f, err := os.OpenFile(filepath.Join(s.uploads(), u.ID), os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if _, err := f.WriteString("never committed"); err != nil {
				t.Fatal(err)
			}
			return half.Offset
		},
		"a state of another version": func(t *testing.T, s *Store, u Upload) int64 {
			half, err := s.Append(t.Context(), u, bytes.NewReader(content[:7]), nil, u.Expires)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.db.Tx(t.Context(), func(tx *db.Tx) error {
				_, err := tx.ExecContext(t.Context(), "UPDATE uploads SET digest = ?", []byte{0, 0xff})
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return half.Offset
		},
		"moved and not written down": func(t *testing.T, s *Store, u Upload) int64 {
			whole, err := s.Append(t.Context(), u, bytes.NewReader(content), nil, u.Expires)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(filepath.Join(s.uploads(), u.ID), filepath.Join(s.bundles(), u.ID)); err != nil {
				t.Fatal(err)
			}
			return whole.Offset
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s := openStore(t, dir)
			made := file(t, s, "id")
			u := upload(t, s, made.Ticket.Number, content)
			stray := filepath.Join(s.uploads(), newID())
			if err := os.WriteFile(stray, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			want := crash(t, s, u)
			next := openStore(t, dir)
			if err := next.Recover(t.Context(), start); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(stray); err == nil {
				t.Error("a file of no upload stays")
			}
			u, err := next.Upload(t.Context(), u.ID)
			if err != nil || u.Offset != want {
				t.Fatalf("%+v %v", u, err)
			}
			if !u.Done {
				if u, err = next.Append(t.Context(), u, bytes.NewReader(content[u.Offset:]), nil, u.Expires); err != nil {
					t.Fatal(err)
				}
				if _, err := next.FinishUpload(t.Context(), u, start); err != nil {
					t.Fatal(err)
				}
			}
			got, err := os.ReadFile(filepath.Join(next.bundles(), u.ID))
			if err != nil || !bytes.Equal(got, content) {
				t.Fatalf("%q %v", got, err)
			}
		})
	}
}

// TestAppendBreaks: without a checksum what came is kept, with one nothing is.
func TestAppendBreaks(t *testing.T) {
	s := openStore(t, t.TempDir())
	content := bytes.Repeat([]byte("0123456789"), 100)
	broken := func() *brokenReader { return &brokenReader{left: content[:333]} }
	u := upload(t, s, file(t, s, "id").Ticket.Number, content)
	sum := sha256.Sum256(content)
	var cut *BodyError
	got, err := s.Append(t.Context(), u, broken(), &Sum{Hash: sha256.New(), Want: sum[:]}, u.Expires)
	if !errors.As(err, &cut) || got.Offset != 0 {
		t.Fatalf("with a checksum: %d %v", got.Offset, err)
	}
	got, err = s.Append(t.Context(), u, broken(), nil, u.Expires)
	if !errors.As(err, &cut) || got.Offset != 333 {
		t.Fatalf("without: %d %v", got.Offset, err)
	}
	if _, err := s.Append(t.Context(), got, bytes.NewReader(content), nil, u.Expires); !errors.Is(err, ErrTooLong) {
		t.Fatalf("too long: %v", err)
	}
	if got, err = s.Append(t.Context(), got, iotest.OneByteReader(bytes.NewReader(content[333:])), nil, u.Expires); err != nil {
		t.Fatal(err)
	}
	if _, err := s.FinishUpload(t.Context(), got, start); err != nil {
		t.Fatal(err)
	}
	if _, err := s.OpenBundle("../desk.db"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a path as an ID: %v", err)
	}
	if err := s.DropUpload(t.Context(), got.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("a bundle was dropped: %v", err)
	}
}

type brokenReader struct{ left []byte }

func (b *brokenReader) Read(p []byte) (int, error) {
	if len(b.left) == 0 {
		return 0, errors.New("connection reset")
	}
	n := copy(p, b.left)
	b.left = b.left[n:]
	return n, nil
}
