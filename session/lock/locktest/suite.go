package locktest

import (
	"context"
	"testing"
	"time"

	"github.com/beistand/beistand/session/lock"
)

// Fixture is a driver for a screen that the test locks; it is unlocked at first.
type Fixture struct {
	Lock lock.Lock
	Set  func(t testing.TB, locked bool)
}

// Suite is what every driver must do; open gives a fresh fixture.
func Suite(t *testing.T, open func(t *testing.T) Fixture) {
	for name, test := range map[string]func(*testing.T, Fixture){
		"tells": tells, "tells everybody": everybody, "keeps the newest": newest, "ends with its context": ends, "closes": closes,
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t)
			t.Cleanup(func() { f.Lock.Close() })
			test(t, f)
		})
	}
}

// limit bounds a wait that would otherwise hang; nothing is measured by it.
const limit = 20 * time.Second

// Await reads until the state comes, and says what came before it.
func Await(t testing.TB, told <-chan lock.State, want lock.State) (before []lock.State) {
	t.Helper()
	late := time.After(limit)
	for {
		select {
		case s, ok := <-told:
			if !ok {
				t.Fatalf("the watch ended before state %d came", want)
			}
			if s == want {
				return before
			}
			before = append(before, s)
		case <-late:
			t.Fatalf("state %d does not come; %v did", want, before)
		}
	}
}

func ended(t *testing.T, told <-chan lock.State) {
	t.Helper()
	late := time.After(limit)
	for {
		select {
		case _, ok := <-told:
			if !ok {
				return
			}
		case <-late:
			t.Fatal("the watch does not end")
		}
	}
}

func tells(t *testing.T, f Fixture) {
	told := f.Lock.Watch(t.Context())
	for _, locked := range []bool{false, true, false, true} {
		want := lock.Unlocked
		if locked {
			want = lock.Locked
		}
		f.Set(t, locked)
		Await(t, told, want)
		if got := f.Lock.State(); got != want {
			t.Errorf("the state is %d, told was %d", got, want)
		}
	}
}

func everybody(t *testing.T, f Fixture) {
	one, other := f.Lock.Watch(t.Context()), f.Lock.Watch(t.Context())
	f.Set(t, true)
	Await(t, one, lock.Locked)
	Await(t, other, lock.Locked)
	Await(t, f.Lock.Watch(t.Context()), lock.Locked) // who comes later
}

func newest(t *testing.T, f Fixture) {
	slow, quick := f.Lock.Watch(t.Context()), f.Lock.Watch(t.Context())
	for range 10 {
		f.Set(t, true)
		Await(t, quick, lock.Locked)
		f.Set(t, false)
		Await(t, quick, lock.Unlocked)
	}
	f.Set(t, true)
	Await(t, quick, lock.Locked)
	if before := Await(t, slow, lock.Locked); len(before) > 2 { // one it held, one that came meanwhile
		t.Errorf("%v came before the newest", before)
	}
}

func ends(t *testing.T, f Fixture) {
	ctx, cancel := context.WithCancel(t.Context())
	told := f.Lock.Watch(ctx)
	Await(t, told, lock.Unlocked)
	cancel()
	ended(t, told)
	f.Set(t, true)
	Await(t, f.Lock.Watch(t.Context()), lock.Locked)
}

func closes(t *testing.T, f Fixture) {
	told := f.Lock.Watch(t.Context())
	f.Set(t, true)
	Await(t, told, lock.Locked)
	for range 2 {
		if err := f.Lock.Close(); err != nil {
			t.Error(err)
		}
	}
	ended(t, told)
	ended(t, f.Lock.Watch(t.Context()))
	if got := f.Lock.State(); got != lock.Unknown {
		t.Errorf("closed, the state is %d", got)
	}
}
