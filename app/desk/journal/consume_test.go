package journal_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// done keeps what a consumer did, in the database.
func done(ctx context.Context, tx *db.Tx, e journal.Entry) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO done (seq) VALUES (?)", e.Seq)
	return err
}

func count(t *testing.T, d *db.DB) (n, different int) {
	t.Helper()
	if err := d.QueryRowContext(t.Context(), "SELECT count(*), count(DISTINCT seq) FROM done").Scan(&n, &different); err != nil {
		t.Fatal(err)
	}
	return n, different
}

func table(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := tx.ExecContext(t.Context(), "CREATE TABLE done (seq BIGINT NOT NULL)")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A consumer goes on where it stopped, and does nothing twice.
func TestConsume(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		j := filled(t, d)
		stop := go_(t, func(ctx context.Context) { _ = j.Consume(ctx, "mail", done) })
		within(t, func() bool { n, _ := count(t, d); return n == 10 })
		stop()
		write(t, d, entry(11))
		j.Kick()
		settled(t, d, 11)
		if at, all, err := j.Done(t.Context(), "mail"); at != 10 || all != 11 || err != nil {
			t.Errorf("%d of %d: %v", at, all, err)
		}
		go_(t, func(ctx context.Context) { _ = j.Consume(ctx, "mail", done) })
		within(t, func() bool { n, _ := count(t, d); return n == 11 })
		if n, different := count(t, d); n != different {
			t.Errorf("%d of %d", different, n)
		}
	})
}

// What goes wrong is tried again; what came before it is done once.
func TestConsumeFails(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		table(t, d)
		log := &kept{}
		j, err := journal.New(t.Context(), journal.Config{DB: d, Log: log})
		if err != nil {
			t.Fatal(err)
		}
		go_(t, j.Run)
		for n := range 10 {
			write(t, d, entry(n))
		}
		var tries atomic.Int64
		go_(t, func(ctx context.Context) {
			_ = j.Consume(ctx, "mail", func(ctx context.Context, tx *db.Tx, e journal.Entry) error {
				if e.Seq == 6 && tries.Add(1) <= 2 {
					return errors.Join(done(ctx, tx, e), errors.New("no such luck"))
				}
				return done(ctx, tx, e)
			})
		})
		j.Kick()
		within(t, func() bool { n, _ := count(t, d); return n == 10 })
		if n, different := count(t, d); n != different {
			t.Errorf("%d of %d", different, n)
		}
		if text := log.String(); !strings.Contains(text, "mail: entry 6, ticket.changed: no such luck") || strings.Count(text, "\n") != 1 {
			t.Errorf("logged %q", text)
		}
	})
}

// Two desks with the same consumer, and a third that is only written to: each
// entry is done once, in order, and told on both.
func TestTwoDesks(t *testing.T) {
	source := dbtest.URL(t)
	a, b := dbtest.Open(t, source), dbtest.Open(t, source)
	table(t, a)
	const many = 300
	var heard [2][]int64
	var mu sync.Mutex
	var both sync.WaitGroup
	both.Add(2)
	var desks []*journal.Journal
	for i, d := range []*db.DB{a, b} {
		j := running(t, d)
		desks = append(desks, j)
		t.Cleanup(j.Watch(func(e journal.Entry) {
			mu.Lock()
			defer mu.Unlock()
			if heard[i] = append(heard[i], e.Seq); len(heard[i]) == many {
				both.Done()
			}
		}))
		go_(t, func(ctx context.Context) { _ = j.Consume(ctx, "mail", done) })
	}
	var writers sync.WaitGroup
	for w := range 6 {
		writers.Go(func() {
			for n := range many / 6 {
				d := a
				if w%2 == 1 {
					d = b
				}
				e := entry(n)
				e.Subject = fmt.Sprint("writer/", w)
				if err := d.Tx(t.Context(), func(tx *db.Tx) error { return journal.Write(t.Context(), tx, e) }); err != nil {
					t.Error(err)
				}
				desks[w%2].Kick()
			}
		})
	}
	writers.Wait()
	both.Wait()
	within(t, func() bool { n, _ := count(t, a); return n >= many })
	if n, different := count(t, a); n != many || different != many {
		t.Errorf("done %d, different %d", n, different)
	}
	for i := range heard {
		for k, seq := range heard[i] {
			if seq != int64(k+1) {
				t.Fatalf("desk %d heard %d as the %d-th", i, seq, k+1)
			}
		}
	}
	if end, err := desks[0].Verify(t.Context()); err != nil || end.Seq != many {
		t.Errorf("%+v %v", end, err)
	}
}

type kept struct {
	mu   sync.Mutex // guards text
	text strings.Builder
}

func (k *kept) Printf(format string, args ...any) {
	k.mu.Lock()
	defer k.mu.Unlock()
	fmt.Fprintf(&k.text, format+"\n", args...)
}

func (k *kept) String() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.text.String()
}

// What a consumer hears of is there for everybody, also for who reads by
// another connection while many write at once.
func TestConsumeCommitted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const writers, each = 4, 40
		j := running(t, d)
		var heard, missing atomic.Int64
		go_(t, func(ctx context.Context) {
			_ = j.Consume(ctx, "mail", func(ctx context.Context, _ *db.Tx, e journal.Entry) error {
				var n int64
				err := d.QueryRowContext(ctx, "SELECT count(*) FROM journal WHERE seq = ?", e.Seq).Scan(&n)
				missing.Add(1 - n)
				heard.Add(1)
				return err
			})
		})
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				for i := range each {
					write(t, d, entry(w*each+i))
				}
			})
		}
		all.Wait()
		within(t, func() bool { return heard.Load() >= writers*each })
		if n := missing.Load(); n != 0 {
			t.Errorf("%d of %d entries were not there yet", n, heard.Load())
		}
	})
}
