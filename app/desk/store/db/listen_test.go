package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// What one desk tells, the other hears, also after the server was away.
func TestListen(t *testing.T) {
	server := dbtest.Start(t)
	source := server.URL(t)
	here, there := dbtest.Open(t, source), dbtest.Open(t, source)
	ctx, cancel := context.WithCancel(t.Context())
	begun, heard, failed := make(chan struct{}), make(chan string), make(chan error, 100)
	var all sync.WaitGroup
	defer all.Wait()
	defer cancel()
	all.Go(func() {
		there.Listen(ctx, "news", func() { begun <- struct{}{} }, func(text string) { heard <- text }, func(err error) {
			select {
			case failed <- err:
			default:
			}
		})
	})
	await(t, begun)
	tell(t, here, "one")
	if got := await(t, heard); got != "one" {
		t.Errorf("heard %q", got)
	}
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	await(t, failed)
	await(t, begun)
	tell(t, here, "two")
	if got := await(t, heard); got != "two" {
		t.Errorf("heard %q", got)
	}
}

// What was not committed is not told.
func TestNotifyRolledBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		begun, heard := make(chan struct{}, 1), make(chan string, 10)
		var all sync.WaitGroup
		defer all.Wait()
		defer cancel()
		all.Go(func() {
			d.Listen(ctx, "news", func() { begun <- struct{}{} }, func(text string) { heard <- text }, func(err error) { t.Error(err) })
		})
		wrong := errors.New("wrong")
		if d.Kind() == db.PostgreSQL {
			await(t, begun)
		}
		err := d.Tx(ctx, func(tx *db.Tx) error { return errors.Join(tx.Notify(ctx, "news", "never"), wrong) })
		if !errors.Is(err, wrong) {
			t.Fatal(err)
		}
		tell(t, d, "committed")
		if d.Kind() == db.SQLite {
			return // it has nobody to tell: Listen just ends
		}
		if got := await(t, heard); got != "committed" {
			t.Errorf("heard %q", got)
		}
	})
}

func tell(t *testing.T, d *db.DB, text string) {
	t.Helper()
	var err error
	for range 50 { // connections of the pool that the server's end broke are found out one by one
		if err = d.Tx(t.Context(), func(tx *db.Tx) error { return tx.Notify(t.Context(), "news", text) }); err == nil {
			return
		}
	}
	t.Fatal(err)
}

func await[T any](t *testing.T, from chan T) (got T) {
	t.Helper()
	select {
	case got = <-from:
	case <-time.After(30 * time.Second):
		t.Fatal("nothing came")
	}
	return got
}
