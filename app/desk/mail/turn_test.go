package mail

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// TestTurn holds that one desk fetches, that another takes over when it is
// silent and not before, and that one which comes back finds that out.
func TestTurn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		one, other := newTurn(d, "folder"), newTurn(d, "folder")
		elsewhere := newTurn(d, "another folder")
		now := time.Unix(1_700_000_000, 0)
		ahead := now.Add(5 * time.Hour) // the other desk's clock
		step := func(who *turn, at time.Time, want error) {
			t.Helper()
			if err := who.take(t.Context(), at); !errors.Is(err, want) {
				t.Fatalf("%v, want %v", err, want)
			}
		}
		step(one, now, nil)
		step(elsewhere, now, nil)
		step(other, ahead, errTurn)
		for range 10 { // it beats, and stays
			now, ahead = now.Add(beatEvery), ahead.Add(beatEvery)
			step(one, now, nil)
			step(other, ahead, errTurn)
		}
		step(other, ahead.Add(silence-time.Second), errTurn)
		step(other, ahead.Add(silence), nil)
		step(one, now.Add(silence), errTurn)
		if err := one.give(t.Context()); err != nil { // what it has no longer
			t.Fatal(err)
		}
		step(one, now.Add(silence+time.Second), errTurn)
		if err := other.give(t.Context()); err != nil {
			t.Fatal(err)
		}
		step(one, now.Add(silence+2*time.Second), nil)
	})
}

// TestLostTurn: who cannot say that they are there stops fetching.
func TestLostTurn(t *testing.T) {
	d := dbtest.Open(t, dbtest.File(t))
	one, thief := newTurn(d, "folder"), newTurn(d, "folder")
	if err := one.take(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	tick := make(chan time.Time, 1)
	fetching := make(chan struct{})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		one.held(t.Context(), tick, func(ctx context.Context) { close(fetching); <-ctx.Done() }, func(err error) { t.Error(err) })
	}()
	<-fetching
	now := time.Now()
	_ = thief.take(t.Context(), now)
	if err := thief.take(t.Context(), now.Add(silence)); err != nil {
		t.Fatal(err)
	}
	tick <- now
	<-ended
	if err := thief.take(t.Context(), now.Add(silence)); err != nil {
		t.Errorf("who gave up took it along: %v", err)
	}
}
