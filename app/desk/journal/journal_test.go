package journal_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

// patience bounds every wait.
const patience = 30 * time.Second

// quiet fails a test that something was logged in.
type quiet struct{ t *testing.T }

func (q quiet) Printf(format string, args ...any) { q.t.Errorf("logged: "+format, args...) }

// running is a journal that runs for as long as the test.
func running(t *testing.T, d *db.DB) *journal.Journal {
	t.Helper()
	j := idle(t, d)
	go_(t, func(ctx context.Context) { j.Run(ctx) })
	return j
}

func idle(t *testing.T, d *db.DB) *journal.Journal {
	t.Helper()
	j, err := journal.New(t.Context(), journal.Config{DB: d, Log: quiet{t}})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// go_ runs fn until the test ends, or until stop.
func go_(t *testing.T, fn func(context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var all sync.WaitGroup
	all.Go(func() { fn(ctx) })
	stop = sync.OnceFunc(func() { cancel(); all.Wait() })
	t.Cleanup(stop)
	return stop
}

func entry(n int) journal.Entry {
	return journal.Entry{
		At: time.Unix(1_700_000_000, int64(n)*1000), Actor: journal.Actor{Kind: api.ActorStaff, Name: "sam"}, Ticket: 7,
		Action: "ticket.changed", Subject: "ticket/7", Detail: json.RawMessage(fmt.Sprintf(`{"n":%d}`, n)),
	}
}

func write(t *testing.T, d *db.DB, all ...journal.Entry) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		for _, e := range all {
			if err := journal.Write(t.Context(), tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func next(t *testing.T, from <-chan journal.Entry) journal.Entry {
	t.Helper()
	select {
	case e := <-from:
		return e
	case <-time.After(patience):
		t.Fatal("nothing came")
		return journal.Entry{}
	}
}

// A watcher gets what was written after it came, whole and in order, and
// nothing of a transaction that did not come about.
func TestWatch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, entry(0))
		running(t, d).Kick()
		settled(t, d, 1)
		j := running(t, d)
		got := make(chan journal.Entry, 10)
		stop := j.Watch(func(e journal.Entry) { got <- e })
		wrong := errors.New("wrong")
		err := d.Tx(t.Context(), func(tx *db.Tx) error { return errors.Join(journal.Write(t.Context(), tx, entry(1)), wrong) })
		if !errors.Is(err, wrong) {
			t.Fatal(err)
		}
		write(t, d, entry(2), entry(3))
		j.Kick()
		for i, n := range []int{2, 3} {
			want := entry(n)
			e := next(t, got)
			if e.Seq != int64(i+2) || !e.At.Equal(want.At) || e.Actor != want.Actor || e.Ticket != 7 ||
				e.Action != want.Action || e.Subject != want.Subject || string(e.Detail) != string(want.Detail) {
				t.Errorf("%+v %s, want %+v", e, e.Detail, want)
			}
		}
		stop()
		stop()
		write(t, d, entry(4))
		j.Kick()
		settled(t, d, 4)
		select {
		case e := <-got:
			t.Errorf("%+v after the end", e)
		default:
		}
	})
}

// settled waits until so many entries are in the chain.
func settled(t *testing.T, d *db.DB, want int) {
	t.Helper()
	within(t, func() bool {
		var have int
		if err := d.QueryRowContext(t.Context(), "SELECT count(*) FROM journal").Scan(&have); err != nil {
			t.Fatal(err)
		}
		return have == want
	})
}

func within(t *testing.T, is func() bool) {
	t.Helper()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for end := time.After(patience); !is(); {
		select {
		case <-look.C:
		case <-end:
			t.Fatal("it does not come about")
		}
	}
}

// A watcher that stands still loses what waits for it, and is told.
func TestSlowWatcher(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		j := running(t, d)
		hold, got := make(chan struct{}), make(chan journal.Entry, 100)
		defer j.Watch(func(e journal.Entry) { <-hold; got <- e })()
		reached := make(chan int64, 10000)
		defer j.Watch(func(e journal.Entry) { reached <- e.Seq })()
		const many = 4096 + 500
		for n := 0; n < many; n += 500 {
			batch := make([]journal.Entry, min(500, many-n))
			for i := range batch {
				batch[i] = entry(n + i)
			}
			write(t, d, batch...)
			j.Kick()
		}
		for seq := int64(0); seq < many; {
			select {
			case seq = <-reached:
			case <-time.After(patience):
				t.Fatal("the quick one waits for the slow one")
			}
		}
		close(hold)
		last, lost := int64(0), false
		for last < many {
			e := next(t, got)
			switch {
			case e.Action == journal.Lost && !lost && e.Seq > last+1:
				lost = true
			case e.Seq != last+1:
				t.Fatalf("%d behind %d", e.Seq, last)
			}
			last = e.Seq
		}
		if !lost {
			t.Error("nobody was told that entries were lost")
		}
	})
}

// However many write at once, every transaction's entries are in the chain
// once, in the order of their commits, and no reader meets a gap.
func TestManyWriters(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		j := running(t, d)
		const writers, each = 8, 40
		got := make(chan journal.Entry, writers*each)
		defer j.Watch(func(e journal.Entry) { got <- e })()
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				for n := range each {
					err := d.Tx(t.Context(), func(tx *db.Tx) error {
						e := entry(n)
						e.Subject = fmt.Sprint("writer/", w)
						return journal.Write(t.Context(), tx, e)
					})
					if err != nil {
						t.Error(err)
						return
					}
					j.Kick()
				}
			})
		}
		have := map[string]int{}
		for i := range writers * each {
			e := next(t, got)
			if e.Seq != int64(i+1) || string(e.Detail) != fmt.Sprintf(`{"n":%d}`, have[e.Subject]) {
				t.Fatalf("%d-th: %d %s %s", i, e.Seq, e.Subject, e.Detail)
			}
			have[e.Subject]++
		}
		all.Wait()
		if end, err := j.Verify(t.Context()); err != nil || end.Seq != writers*each {
			t.Errorf("%+v %v", end, err)
		}
	})
}

// What cannot be an entry is refused, and the transaction with it.
func TestWriteRefuses(t *testing.T) {
	d := dbtest.Open(t, dbtest.File(t))
	for name, change := range map[string]func(*journal.Entry){
		"no actor":       func(e *journal.Entry) { e.Actor.Kind = "" },
		"a line break":   func(e *journal.Entry) { e.Actor.Name = "sam\nstaff" },
		"no subject":     func(e *journal.Entry) { e.Subject = "" },
		"not UTF-8":      func(e *journal.Entry) { e.Subject = "ticket/\xff" },
		"long subject":   func(e *journal.Entry) { e.Subject = strings.Repeat("x", journal.MaxSubject+1) },
		"action":         func(e *journal.Entry) { e.Action = "Ticket changed" },
		"lost":           func(e *journal.Entry) { e.Action = journal.Lost },
		"no JSON":        func(e *journal.Entry) { e.Detail = json.RawMessage("{") },
		"large":          func(e *journal.Entry) { e.Detail = json.RawMessage(`"` + strings.Repeat("x", journal.MaxDetail) + `"`) },
		"NUL in subject": func(e *journal.Entry) { e.Subject = "ticket/\x00" },
	} {
		e := entry(1)
		change(&e)
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return journal.Write(t.Context(), tx, e) }); err == nil {
			t.Errorf("%s: written", name)
		}
	}
}
