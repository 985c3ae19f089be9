package crash

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

const customers = 6

// TestKilled kills a desk at random moments while customers send, and starts
// it again: what was acknowledged is there, nothing half written is shown, the
// database is sound, and uploads go on.
func TestKilled(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { killed(t, "") })
	t.Run("postgresql", func(t *testing.T) { killed(t, dbtest.URL(t)) })
}

func killed(t *testing.T, database string) {
	dir := filepath.Join(t.TempDir(), "desk")
	p, err := start(dir, "127.0.0.1:0", database)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { p.kill() }()
	c := &crowd{url: "http://" + p.addr, faults: make(chan error, 1)}
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	defer all.Wait()
	defer stop()
	for range customers {
		all.Go(func() { c.customer(ctx) })
	}
	begin := time.Now()
	for n := range *kills {
		if n%2 == 1 { // else it may be killed before it has answered anybody
			c.hear(ctx, c.heard()+1)
		}
		wait(ctx, time.Duration(rand.N(400))*time.Millisecond)
		p.kill()
		if n%10 == 0 {
			sound(t, dir, database)
		}
		addr := p.addr
		if p, err = start(dir, addr, database); err != nil {
			t.Fatalf("after kill %d: %v", n+1, err)
		}
		select {
		case err := <-c.faults:
			t.Fatalf("after kill %d: %v", n+1, err)
		default:
		}
	}
	c.hear(ctx, max(customers, c.heard()+1))
	stop()
	all.Wait()
	p.kill()
	select {
	case err := <-c.faults:
		t.Fatal(err)
	default:
	}
	sound(t, dir, database)
	bundles := c.hold(t, dir, database)
	t.Logf("%d kills in %s: %d tickets and %d bundles acknowledged, %d requests without an answer, %d bytes sent again",
		*kills, time.Since(begin).Round(time.Second), len(c.said), bundles, c.breaks.Load(), c.again.Load())
	if c.breaks.Load() == 0 || len(c.said) < customers {
		t.Error("the kills met nobody")
	}
}

func open(t *testing.T, dir, database string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), dir, store.Options{Database: database})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sound asks the database what it thinks of itself.
func sound(t *testing.T, dir, database string) {
	t.Helper()
	s := open(t, dir, database)
	defer s.Close()
	if s.DB().Kind() == db.SQLite {
		for _, pragma := range []string{"PRAGMA integrity_check", "PRAGMA foreign_key_check"} {
			rows, err := s.DB().QueryContext(t.Context(), pragma)
			if err != nil {
				t.Fatal(err)
			}
			for rows.Next() {
				cells := make([]any, 4)
				columns, _ := rows.Columns()
				targets := make([]any, len(columns))
				for i := range targets {
					targets[i] = &cells[i]
				}
				if err := rows.Scan(targets...); err != nil {
					t.Fatal(err)
				}
				if cells[0] != "ok" {
					t.Errorf("%s: %v", pragma, cells[:len(columns)])
				}
			}
			if err := errors.Join(rows.Err(), rows.Close()); err != nil {
				t.Fatal(err)
			}
		}
	}
	var loose int
	if err := s.DB().QueryRowContext(t.Context(), `SELECT count(*) FROM bundles b WHERE NOT EXISTS
		(SELECT 1 FROM objects o WHERE o.sha256 = b.sha256 AND o.size = b.size)`).Scan(&loose); err != nil || loose > 0 {
		t.Errorf("%d bundles without content: %v", loose, err)
	}
	j, err := journal.New(t.Context(), journal.Config{DB: s.DB()})
	if err == nil {
		_, err = j.Verify(t.Context())
	}
	if err != nil {
		t.Errorf("journal: %v", err)
	}
}

// hold compares what is kept with what was acknowledged, and every content with its hash.
func (c *crowd) hold(t *testing.T, dir, database string) (bundles int) {
	t.Helper()
	s := open(t, dir, database)
	defer s.Close()
	if err := s.Recover(t.Context(), time.Now(), nil); err != nil {
		t.Fatal(err)
	}
	whole := func(b api.Bundle) error {
		f, err := s.Open(t.Context(), b.SHA256)
		if err != nil {
			return err
		}
		h := sha256.New()
		n, err := io.Copy(h, f)
		if err = errors.Join(err, f.Close()); err != nil {
			return err
		}
		if n != b.Size || hex.EncodeToString(h.Sum(nil)) != b.SHA256 {
			return fmt.Errorf("it has %d bytes of another content", n)
		}
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, a := range c.said {
		ticket, err := s.Ticket(t.Context(), a.ticket)
		if err != nil || ticket.Title != a.title {
			t.Errorf("ticket %d, which was acknowledged: %q %v", a.ticket, ticket.Title, err)
			continue
		}
		there := false
		for _, b := range ticket.Bundles {
			if err := whole(b); err != nil {
				t.Errorf("ticket %d shows bundle %s: %v", a.ticket, b.ID, err)
			}
			there = there || b.ID == a.bundle && b.SHA256 == a.sum
		}
		if a.bundle == "" {
			continue
		}
		bundles++
		if !there {
			t.Errorf("ticket %d: bundle %s, which was acknowledged, is not there: %+v", a.ticket, a.bundle, ticket.Bundles)
		}
		line, err := tickets.Entries(t.Context(), s.DB(), tickets.EntryQuery{Ticket: a.ticket, Limit: 100})
		if err != nil {
			t.Error(err)
		}
		evidence, texts := 0, map[string]bool{}
		for _, e := range line.Entries {
			texts[e.Text] = true
			if e.Kind == api.EntryEvidence {
				evidence++
			}
		}
		if evidence != len(ticket.Bundles) {
			t.Errorf("ticket %d: %d bundles, %d entries of them", a.ticket, len(ticket.Bundles), evidence)
		}
		for _, text := range a.entries {
			if !texts[text] {
				t.Errorf("ticket %d: the entry %q, which was acknowledged, is not there", a.ticket, text)
			}
		}
	}
	return bundles
}
