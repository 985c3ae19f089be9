package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/people/peopletest"
)

// house is a desk's store and folder.
type house struct {
	Config
	t      *testing.T
	source string // of its database
}

func newHouse(t *testing.T, engine db.Kind) *house {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "desk")
	if engine == db.PostgreSQL {
		return houseAt(t, dir, dbtest.URL(t))
	}
	return houseAt(t, dir, dbtest.Fill(t, dir))
}

func houseAt(t *testing.T, dir, source string) *house {
	t.Helper()
	s, err := store.Open(t.Context(), dir, store.Options{Database: source})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return &house{Config{Store: s, Dir: dir, Program: "test", Now: time.Now}, t, source}
}

// file files a ticket with a bundle, and writes the journal.
func (h *house) file(ctx context.Context, n int, content string) error {
	now := time.Now()
	made, err := h.Store.CreateTicket(ctx, api.NewTicket{
		ID: fmt.Sprint("id ", n), Title: fmt.Sprint("Ticket ", n), Description: "ä \"quoted\"\nline", Priority: api.Low, Language: "de",
	}, now, now.Add(time.Hour))
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(content))
	u, err := h.Store.CreateUpload(ctx, store.Upload{
		Ticket: made.Ticket.Number, Name: "case.zip", Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:]), Expires: now.Add(time.Hour),
	}, now)
	if err != nil {
		return err
	}
	if u, err = h.Store.Append(ctx, u, strings.NewReader(content), nil, u.Expires); err != nil {
		return err
	}
	return h.Store.FinishUpload(ctx, u, now, func(ctx context.Context, tx *db.Tx, u store.Upload) error {
		return journal.Write(ctx, tx, journal.Entry{
			Actor: api.Actor{Kind: api.ActorCustomer}, Ticket: u.Ticket, Action: "bundle.added", Subject: fmt.Sprint("ticket/", u.Ticket), Detail: []byte(`{"a":1}`),
		})
	})
}

// fill puts a row into every table that has none.
func (h *house) fill() {
	h.t.Helper()
	ctx := h.t.Context()
	if err := peopletest.Hire(ctx, h.Store.DB(), api.NewStaff{User: "sam", Name: "Sam", Roles: []api.Role{api.RoleStaff}, Password: "correct horse"}); err != nil {
		h.t.Fatal(err)
	}
	for i := range 3 {
		if err := h.file(ctx, i, fmt.Sprint("content ", i%2)); err != nil {
			h.t.Fatal(err)
		}
	}
	h.number()
	if err := h.file(ctx, 3, "content 1"); err != nil { // which has no number in the journal of a PostgreSQL
		h.t.Fatal(err)
	}
	err := h.Store.DB().Tx(ctx, func(tx *db.Tx) error {
		settle, err := deferred(ctx, tx)
		if err != nil {
			return err
		}
		all, err := tables(ctx, tx)
		if err != nil {
			return err
		}
		for _, t := range all {
			var n int
			if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM "+quoted(t.name)).Scan(&n); err != nil || n > 0 || strings.HasPrefix(t.name, "journal") {
				if err != nil {
					return err
				}
				continue
			}
			var args []any
			for _, c := range t.columns {
				args = append(args, sample(t.name, c))
			}
			_, err := tx.ExecContext(ctx, "INSERT INTO "+quoted(t.name)+" ("+t.list()+") VALUES ("+strings.TrimSuffix(strings.Repeat("?, ", len(args)), ", ")+")", args...)
			if err != nil {
				return fmt.Errorf("fill table %s: %w", t.name, err)
			}
		}
		return settle()
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// number runs the journal until all that was written is in its chain.
func (h *house) number() {
	h.t.Helper()
	j, err := journal.New(h.t.Context(), journal.Config{DB: h.Store.DB()})
	if err != nil {
		h.t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(h.t.Context(), time.Minute)
	var work sync.WaitGroup
	seen := make(chan struct{}, 3)
	unwatch := j.Watch(func(journal.Entry) { seen <- struct{}{} })
	work.Go(func() { j.Run(ctx) })
	if h.Store.DB().Kind() == db.PostgreSQL {
		for range 3 {
			select {
			case <-seen:
			case <-ctx.Done():
				h.t.Error("the journal does not number what was written")
			}
		}
	}
	unwatch()
	stop()
	work.Wait()
}

// sample is a value that tables' conditions allow; references name what is there.
func sample(table string, c column) any {
	switch {
	case c.kind == isInteger:
		return 1
	case c.kind == isReal:
		return 0.1
	case c.kind == isBytes:
		return []byte{0, 1, 0xff}
	case c.name == "staff":
		return "sam"
	case table == "tokens" && c.name == "ticket":
		return nil
	case table == "files" && c.name == "sha256":
		sum := sha256.Sum256([]byte("content 0"))
		return hex.EncodeToString(sum[:])
	}
	return "ü\u2028\"\\'"
}

func (h *house) backup() []byte {
	h.t.Helper()
	var b bytes.Buffer
	if err := Write(h.t.Context(), h.Config, &b); err != nil {
		h.t.Fatal(err)
	}
	return b.Bytes()
}

// rows are a backup's lines by table, in an order of their own, and its attachments.
func rows(t *testing.T, archive []byte) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for r := tar.NewReader(bytes.NewReader(archive)); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		switch m := tableEntry().FindStringSubmatch(h.Name); {
		case m != nil:
			all[m[1]] = append(all[m[1]], strings.Split(strings.TrimSpace(string(text)), "\n")...)
		case h.Name != nameHead && h.Name != nameManifest:
			all[h.Name] = []string{string(text)}
		}
	}
	for _, lines := range all {
		slices.Sort(lines)
	}
	return all
}

var engines = []db.Kind{db.SQLite, db.PostgreSQL}

// TestRoundTrip: what is in any table of either engine is there on either again, byte by byte.
func TestRoundTrip(t *testing.T) {
	for _, from := range engines {
		h := newHouse(t, from)
		h.fill()
		archive := h.backup()
		for _, to := range engines {
			t.Run(fmt.Sprintf("%s to %s", from, to), func(t *testing.T) {
				again := newHouse(t, to)
				r, err := Restore(t.Context(), again.Config, bytes.NewReader(archive))
				if err != nil || r.Journal != nil || r.Objects != 2 {
					t.Fatalf("%+v %v", r, err)
				}
				want, got := rows(t, archive), rows(t, again.backup())
				waiting := len(want[pending]) + len(got[pending]) // entries without a number yet are numbered or wait again
				delete(want, pending)
				delete(got, pending)
				if waiting > 0 {
					delete(want, "journal")
					delete(got, "journal")
				}
				for name := range want {
					if !slices.Equal(got[name], want[name]) {
						t.Errorf("%s:\n%q\nwas\n%q", name, got[name], want[name])
					}
				}
				if len(got) != len(want) {
					t.Errorf("%d tables, were %d", len(got), len(want))
				}
				if err := again.file(t.Context(), 99, "new"); err != nil { // numbers go on
					t.Fatal(err)
				}
				if last, err := again.Store.Ticket(t.Context(), 5); err != nil || last.Title != "Ticket 99" {
					t.Errorf("the next ticket: %+v %v", last, err)
				}
				if _, err := Restore(t.Context(), again.Config, bytes.NewReader(archive)); !errors.Is(err, ErrNotEmpty) {
					t.Errorf("over a desk: %v", err)
				}
			})
		}
	}
}

// TestWhileWorking makes a backup of a desk that takes tickets and deletes
// content: it is one moment, and what was acknowledged before it is in it.
func TestWhileWorking(t *testing.T) {
	for _, from := range engines {
		t.Run(string(from), func(t *testing.T) {
			h := newHouse(t, from)
			for i := range 20 {
				if err := h.file(t.Context(), i, strings.Repeat(fmt.Sprint("before ", i), 5000)); err != nil {
					t.Fatal(err)
				}
			}
			ctx, stop := context.WithCancel(t.Context())
			var work sync.WaitGroup
			for w := range 3 {
				work.Go(func() {
					for i := 0; ctx.Err() == nil; i++ {
						if err := h.file(t.Context(), 1000*(w+1)+i, fmt.Sprint("meanwhile ", w, i)); err != nil {
							t.Error(err)
							return
						}
					}
				})
			}
			pipe, in := io.Pipe()
			work.Go(func() { in.CloseWithError(Write(t.Context(), h.Config, in)) })
			var archive bytes.Buffer
			if _, err := io.CopyN(&archive, pipe, 4096); err != nil { // its moment has begun
				t.Fatal(err)
			}
			if err := h.Store.DB().Tx(t.Context(), func(tx *db.Tx) error {
				_, err := tx.ExecContext(t.Context(), "DELETE FROM bundles WHERE ticket = 1")
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if n, err := h.Store.DropUnused(t.Context(), time.Now()); err != nil || n != 0 {
				t.Errorf("%d objects are gone while they are read: %v", n, err)
			}
			if _, err := io.Copy(&archive, pipe); err != nil {
				t.Fatal(err)
			}
			stop()
			work.Wait()
			if n, err := h.Store.DropUnused(t.Context(), time.Now()); err != nil || n != 1 {
				t.Errorf("%d objects went after it: %v", n, err)
			}
			for _, to := range engines {
				again := newHouse(t, to)
				r, err := Restore(t.Context(), again.Config, bytes.NewReader(archive.Bytes()))
				if err != nil || r.Journal != nil || r.Objects < 20 {
					t.Fatalf("%+v %v", r, err)
				}
				for i := range 20 {
					b, err := again.Store.Ticket(t.Context(), int64(i+1))
					if err != nil || len(b.Bundles) != 1 {
						t.Fatalf("%+v %v", b, err)
					}
					f, err := again.Store.Open(t.Context(), b.Bundles[0].SHA256)
					if err != nil {
						t.Fatal(err)
					}
					text, err := io.ReadAll(f)
					if err = errors.Join(err, f.Close()); err != nil || string(text) != strings.Repeat(fmt.Sprint("before ", i), 5000) {
						t.Errorf("bundle of ticket %d: %d bytes, %v", i+1, len(text), err)
					}
				}
			}
		})
	}
}

// TestDamaged: a backup that was cut anywhere or altered leaves the desk empty.
func TestDamaged(t *testing.T) {
	h := newHouse(t, db.SQLite)
	h.fill()
	archive := h.backup()
	again := newHouse(t, db.SQLite)
	try := func(what string, archive []byte) {
		t.Helper()
		if _, err := Restore(t.Context(), again.Config, bytes.NewReader(archive)); err == nil {
			t.Fatalf("%s was taken", what)
		}
		if err := empty(t.Context(), again.Store.DB()); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		left, err := filepath.Glob(filepath.Join(again.Dir, "files", "*", "*"))
		more, err2 := filepath.Glob(filepath.Join(again.Dir, "restore-*"))
		if err = errors.Join(err, err2); err != nil || len(left)+len(more) != 0 {
			t.Errorf("%s left %q %q %v", what, left, more, err)
		}
	}
	for at := 0; at < bytes.LastIndex(archive, []byte(`"missing"`)); at += max(512, len(archive)/100) {
		try(fmt.Sprintf("cut at %d", at), archive[:at])
	}
	text := bytes.Index(archive, []byte("Ticket 1"))
	content := bytes.Index(archive, []byte("content 1"))
	for _, at := range []int{text, content} {
		other := bytes.Clone(archive)
		other[at] ^= 1
		try(fmt.Sprintf("altered at %d", at), other)
	}
	try("of another version", bytes.Replace(archive, []byte(`"format": 1`), []byte(`"format": 2`), 1))
	if _, err := Restore(t.Context(), again.Config, bytes.NewReader(archive)); err != nil {
		t.Errorf("and then as it is: %v", err)
	}
}

// TestMissing: an attachment that somebody took from the disk is named, and does not keep the rest from being backed up.
func TestMissing(t *testing.T) {
	h := newHouse(t, db.SQLite)
	h.fill()
	all, err := filepath.Glob(filepath.Join(h.Dir, "files", "*", "*"))
	if err != nil || len(all) != 2 {
		t.Fatalf("%q %v", all, err)
	}
	if err := os.Remove(all[0]); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	var missing *MissingError
	if err := Write(t.Context(), h.Config, &b); !errors.As(err, &missing) || len(missing.Names) != 1 || missing.Names[0] != filepath.Base(all[0]) {
		t.Fatalf("backup: %v", err)
	}
	r, err := Restore(t.Context(), newHouse(t, db.SQLite).Config, &b)
	if err != nil || r.Objects != 1 || len(r.Missing) != 1 {
		t.Errorf("%+v %v", r, err)
	}
}

// TestNoRoomForSecrets: a restore whose last step fails leaves a desk that can be
// restored again, and one that succeeds after it has everything.
func TestNoRoomForSecrets(t *testing.T) {
	h := newHouse(t, db.SQLite)
	h.fill()
	if err := os.WriteFile(filepath.Join(h.Dir, "some.secret"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	archive := h.backup()
	for _, to := range engines {
		t.Run(string(to), func(t *testing.T) {
			again := newHouse(t, to)
			inTheWay := filepath.Join(again.Dir, "some.secret")
			if err := os.Mkdir(inTheWay, 0o700); err != nil {
				t.Fatal(err)
			}
			if _, err := Restore(t.Context(), again.Config, bytes.NewReader(archive)); err == nil || errors.Is(err, ErrNotEmpty) {
				t.Fatalf("it went well: %v", err)
			}
			if err := os.Remove(inTheWay); err != nil {
				t.Fatal(err)
			}
			r, err := Restore(t.Context(), again.Config, bytes.NewReader(archive))
			if err != nil || r.Objects != 2 {
				t.Fatalf("the second time: %+v %v", r, err)
			}
			if text, err := os.ReadFile(inTheWay); err != nil || string(text) != "secret" {
				t.Errorf("the secret is %q %v", text, err)
			}
			again.backup() // which fails when an attachment is missing
		})
	}
}
