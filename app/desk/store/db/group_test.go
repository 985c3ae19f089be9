package db

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
)

func openGroup(t *testing.T) *DB {
	t.Helper()
	d, err := Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func put(ctx context.Context, tx *Tx, name string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO journal_cursors (name, seq) VALUES (?, 1)", name)
	return err
}

func names(t *testing.T, d *DB) map[string]bool {
	t.Helper()
	rows, err := d.QueryContext(t.Context(), "SELECT name FROM journal_cursors")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[string]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		all[name] = true
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestGroup: of many transactions at once each is kept or not by its own end
// alone: one that fails, panics, is cancelled, or that the commit refuses.
func TestGroup(t *testing.T) {
	d := openGroup(t)
	refused := errors.New("refused")
	var all sync.WaitGroup
	gate := make(chan struct{})
	for i := range 300 {
		all.Go(func() {
			name := fmt.Sprint(i)
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			defer func() {
				if wrong := recover(); (wrong != nil) != (i%6 == 1) {
					t.Errorf("%d: panic %v", i, wrong)
				}
			}()
			<-gate
			err := d.Tx(ctx, func(tx *Tx) error {
				if err := put(ctx, tx, name); err != nil {
					return err
				}
				switch i % 6 {
				case 0:
					return refused
				case 1:
					panic(name)
				case 2:
					stop() // the next statement is not begun
					return put(ctx, tx, name+" more")
				case 3: // which only the commit notices
					_, err := tx.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON")
					if err == nil {
						_, err = tx.ExecContext(ctx, "INSERT INTO watchers (staff, ticket) VALUES (?, 999)", name)
					}
					return err
				}
				return nil
			})
			switch {
			case i%6 == 0 && !errors.Is(err, refused), i%6 == 2 && !errors.Is(err, context.Canceled), i%6 == 3 && err == nil, i%6 > 3 && err != nil:
				t.Errorf("%d: %v", i, err)
			}
		})
	}
	close(gate)
	all.Wait()
	have := names(t, d)
	for i := range 300 {
		if have[fmt.Sprint(i)] != (i%6 > 3) {
			t.Errorf("%d is kept: %v", i, have[fmt.Sprint(i)])
		}
	}
	if len(have) != 100 {
		t.Errorf("%d are kept", len(have))
	}
}

// TestGroupShares: who waits shares a commit, and nobody is told before it.
func TestGroupShares(t *testing.T) {
	d := openGroup(t)
	inside, on := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		if err := d.Tx(t.Context(), func(tx *Tx) error {
			close(inside)
			<-on
			return put(t.Context(), tx, "first")
		}); err != nil {
			t.Error(err)
		}
	})
	<-inside
	for i := range 10 {
		all.Go(func() {
			if err := d.Tx(t.Context(), func(tx *Tx) error { return put(t.Context(), tx, fmt.Sprint(i)) }); err != nil {
				t.Error(err)
			}
			if !names(t, d)[fmt.Sprint(i)] {
				t.Errorf("%d was told before it was there", i)
			}
		})
	}
	for d.group.waiting.Load() < 10 {
		select {
		case <-t.Context().Done():
			t.Fatal("they do not wait")
		default:
		}
	}
	close(on)
	all.Wait()
	if len(names(t, d)) != 11 {
		t.Errorf("%d are kept", len(names(t, d)))
	}
}

// BenchmarkGroup is what a transaction costs when 32 want one at once.
func BenchmarkGroup(b *testing.B) {
	d, err := Open(b.Context(), filepath.Join(b.TempDir(), "desk.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	b.SetParallelism(16)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := d.Tx(b.Context(), func(tx *Tx) error {
				_, err := tx.ExecContext(b.Context(), "INSERT INTO journal_cursors (name, seq) VALUES ('x', 1) ON CONFLICT (name) DO UPDATE SET seq = journal_cursors.seq + 1")
				return err
			}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
