package tickets

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// BenchmarkMillion is how long lists and timelines take with very many tickets
// (BEISTAND_TICKETS, or a million) and ten entries each: of 500 questions of a
// kind the median and the 99th percentile.
func BenchmarkMillion(b *testing.B) {
	count := 1_000_000
	if n, err := strconv.Atoi(os.Getenv("BEISTAND_TICKETS")); err == nil {
		count = n
	}
	for name, source := range map[string]func() string{
		"sqlite": func() string { return dbtest.File(b) }, "postgresql": func() string { return dbtest.URL(b) },
	} {
		b.Run(name, func(b *testing.B) {
			d := dbtest.Open(b, source())
			crowd(b, d, count)
			for what, ask := range questions(count) {
				b.Run(what, func(b *testing.B) {
					var took []time.Duration
					for i := range 500 {
						at := time.Now()
						if err := ask(b, d, i); err != nil {
							b.Fatal(err)
						}
						took = append(took, time.Since(at))
					}
					slices.Sort(took)
					b.ReportMetric(float64(took[250].Microseconds())/1000, "median-ms")
					b.ReportMetric(float64(took[494].Microseconds())/1000, "p99-ms")
					b.ReportMetric(0, "ns/op")
				})
			}
		})
	}
}

// questions are the default views and what a ticket's page reads.
func questions(count int) map[string]func(b *testing.B, d *db.DB, i int) error {
	open := []api.State{api.StateNew, api.StateOpen, api.StateWaitingCustomer, api.StateWaitingThird}
	list := func(q api.TicketQuery) func(*testing.B, *db.DB, int) error {
		return func(b *testing.B, d *db.DB, i int) error {
			if q.Limit = 50; i%2 == 1 {
				q.Before = int64(count - i*count/1000) // further pages
			}
			_, err := List(b.Context(), d, Query{TicketQuery: q})
			return err
		}
	}
	at := start.Add(time.Duration(count) * time.Minute)
	return map[string]func(*testing.B, *db.DB, int) error{
		"all":       list(api.TicketQuery{}),
		"mine":      list(api.TicketQuery{Owners: []string{"staff-3"}, States: open}),
		"team":      list(api.TicketQuery{Queues: []string{"queue-1", "queue-2", "queue-3"}, States: open}),
		"unowned":   list(api.TicketQuery{Owners: []string{"-"}, States: open}),
		"waiting":   list(api.TicketQuery{States: []api.State{api.StateWaitingCustomer, api.StateWaitingThird}}),
		"closed":    list(api.TicketQuery{States: []api.State{api.StateClosed}}),
		"critical":  list(api.TicketQuery{States: open, Priorities: []api.Priority{api.Critical}}),
		"escalated": list(api.TicketQuery{States: open, Escalated: true}),
		"due":       list(api.TicketQuery{States: open, DueBefore: &at}),
		"watched":   list(api.TicketQuery{Watcher: "staff-3", States: open}),
		"customer":  list(api.TicketQuery{Organisation: 17}),
		"product":   list(api.TicketQuery{Products: []string{"Product 3"}, Kinds: []api.Kind{api.Wish}}),
		"a month":   list(api.TicketQuery{CreatedFrom: to(at.AddDate(0, -3, 0)), CreatedTo: to(at.AddDate(0, -2, 0)), Queues: []string{"queue-1"}}),
		"ticket": func(b *testing.B, d *db.DB, i int) error {
			return d.View(b.Context(), func(tx *db.Tx) error {
				n := int64(1 + i*7919%count)
				if _, err := Read(b.Context(), tx, n); err != nil {
					return err
				}
				_, err := Entries(b.Context(), tx, EntryQuery{Ticket: n, Limit: 100})
				return err
			})
		},
		"change": func(b *testing.B, d *db.DB, i int) error {
			return d.Tx(b.Context(), func(tx *db.Tx) error {
				t, err := Read(b.Context(), tx, int64(1+i*7919%count))
				if err != nil {
					return err
				}
				t.Level = 1 + i%3
				if err := Write(b.Context(), tx, &t, start); err != nil {
					return err
				}
				_, _, err = AddEntry(b.Context(), tx, api.Entry{Ticket: t.Number, At: start, Kind: api.EntryChange, By: "sam"}, "", nil)
				return err
			})
		},
	}
}

// crowd fills the tables: one ticket in fifty is not closed.
func crowd(b *testing.B, d *db.DB, count int) {
	b.Helper()
	const step = 20_000
	for from := 0; from < count; from += step {
		err := d.Tx(b.Context(), func(tx *db.Tx) error {
			numbers := fmt.Sprintf("WITH RECURSIVE n (i) AS (SELECT CAST(%d AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < %d) ", from+1, min(from+step, count))
			blob := map[db.Kind]string{db.SQLite: "CAST(i AS BLOB)", db.PostgreSQL: "CAST(CAST(i AS TEXT) AS BYTEA)"}[d.Kind()]
			_, err := tx.ExecContext(b.Context(), numbers+`INSERT INTO tickets
				(id, filed, state, title, description, product, priority, name, contact, language, search, created, updated,
				 kind, queue, owner, effective, level, escalated, due, organisation)
				SELECT `+blob+`, `+blob+`,
				CASE WHEN i % 50 <> 0 THEN 'closed' WHEN i % 200 = 0 THEN 'new' WHEN i % 200 = 50 THEN 'open' WHEN i % 200 = 100 THEN 'waiting-customer' ELSE 'waiting-third' END,
				'Ticket ' || i, 'A description that is about as long as what people write who want to be helped quickly. ' || i,
				'Product ' || (i % 11), 'normal', 'Name ' || (i % 1000), 'mail', 'de', 'ticket ' || i, ? + i * 60000000, ? + i * 60000000,
				CASE WHEN i % 7 = 0 THEN 'wish' ELSE 'fault' END, 'queue-' || (i % 8),
				CASE WHEN i % 150 = 0 THEN '' ELSE 'staff-' || (i % 23) END, CASE WHEN i % 350 = 0 THEN 'critical' ELSE 'normal' END, 1 + i % 3,
				CASE WHEN i % 1000 = 0 THEN 1 END, CASE WHEN i % 500 = 0 THEN ? + i * 60000000 END, 1 + i % 300
				FROM n`, db.Micros(start), db.Micros(start), db.Micros(start))
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(b.Context(), numbers+`INSERT INTO watchers (staff, ticket) SELECT 'staff-' || (i % 23), i FROM n WHERE i % 100 = 0`); err != nil {
				return err
			}
			_, err = tx.ExecContext(b.Context(), numbers+`, e (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM e WHERE k < 10)
				INSERT INTO entries (ticket, written, kind, public, author, body)
				SELECT i, ? + i * 60000000, 'note', k % 2, 'staff-' || (i % 23), 'Some words that somebody has written. ' || k FROM n, e`, db.Micros(start))
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if d.Kind() == db.PostgreSQL {
		if err := d.Tx(b.Context(), func(tx *db.Tx) error { _, err := tx.ExecContext(b.Context(), "ANALYZE"); return err }); err != nil {
			b.Fatal(err)
		}
	}
}
