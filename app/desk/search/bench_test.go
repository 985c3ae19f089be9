package search

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/desk/search/corpus"
	"github.com/beistand/beistand/app/desk/search/terms"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/index"
)

var (
	benchDocs   = flag.Int64("search.docs", 20_000, "how many tickets the benchmark searches")
	benchSource = flag.String("search.source", "", "a database to use and to keep, instead of new ones")
)

// generated is a corpus as a source: nothing of it is kept but what is found by.
type generated struct{ n int64 }

func (g generated) Documents(_ context.Context, _ db.Querier, docs []int64) ([]Document, error) {
	var list []Document
	for _, doc := range docs {
		if room, n := Split(doc); room == Tickets && n <= g.n {
			list = append(list, documentOf(n))
		}
	}
	return list, nil
}

func (g generated) All(_ context.Context, _ db.Querier, room Room, above int64, limit int) ([]int64, error) {
	var list []int64
	for n := above + 1; room == Tickets && n <= g.n && len(list) < limit; n++ {
		list = append(list, n)
	}
	return list, nil
}

func documentOf(n int64) Document {
	t := corpus.Of(n)
	return Document{Doc: n, Language: t.Language, Product: t.Product, Version: t.Version, At: n * 1e6, Fields: fieldsOf(t)}
}

func fieldsOf(t corpus.Ticket) []terms.Field {
	return []terms.Field{
		{Text: t.Title, Weight: 3},
		{Text: t.Description},
		{Text: t.Entry, Weight: 0.5},
		{Text: t.Solution, Weight: 2},
		{Text: strings.Join(t.Signs, "\n"), Weight: 1.5, Sign: true},
	}
}

// BenchmarkSearch prints what searches take beside the limit of 50 ms, what a
// ticket takes in the index, and how many are taken in a second.
//
//	go test -run '^$' -bench Search ./app/desk/search -search.docs 1000000
func BenchmarkSearch(b *testing.B) {
	sources := map[string]func() string{"sqlite": func() string { return dbtest.File(b) }, "postgresql": func() string { return dbtest.URL(b) }}
	if *benchSource != "" {
		sources = map[string]func() string{"kept": func() string { return *benchSource }}
	}
	for name, source := range sources {
		b.Run(name, func(b *testing.B) {
			d, err := db.Open(b.Context(), source())
			if err != nil {
				b.Fatal(err)
			}
			defer d.Close()
			benchmark(b, d)
		})
	}
}

func benchmark(b *testing.B, d *db.DB) {
	ctx := b.Context()
	x := New(Config{DB: d, Source: generated{*benchDocs}, Log: testLog{b}})
	last, err := index.Last(ctx, d, 0, 1<<roomBits)
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	if err := x.Catch(ctx); err != nil {
		b.Fatal(err)
	}
	if last < *benchDocs {
		took := time.Since(start)
		fmt.Printf("%-10s %8d tickets taken in %v: %.0f a second, %.0f bytes each\n", d.Kind(), *benchDocs, took.Round(time.Second),
			float64(*benchDocs)/took.Seconds(), float64(size(b, d))/float64(*benchDocs))
	}
	const rounds = 300
	r := rand.New(rand.NewPCG(1, 2))
	some := func() corpus.Ticket { return corpus.Of(*benchDocs + 1 + r.Int64N(1_000_000)) }
	kinds := []struct {
		name string
		run  func(t corpus.Ticket) error
	}{
		{"list, one word", func(t corpus.Ticket) error {
			_, err := x.Numbers(ctx, strings.Fields(t.Title)[0], 0, 50)
			return err
		}},
		{"list, three words", func(t corpus.Ticket) error {
			_, err := x.Numbers(ctx, strings.Join(strings.Fields(t.Title)[:3], " "), 0, 50)
			return err
		}},
		{"similar to a ticket", func(t corpus.Ticket) error {
			_, err := x.Search(ctx, Query{Words: terms.Query(t.Language, fieldsOf(t), false), Rooms: Inside, Limit: 10, Near: Near{t.Product, t.Version, t.Language}})
			return err
		}},
		{"search, three words", func(t corpus.Ticket) error {
			text := strings.Join(strings.Fields(t.Description)[:3], " ")
			_, err := x.Search(ctx, Query{Words: terms.Query("", []terms.Field{{Text: text}}, false), Rooms: Inside, Limit: 20})
			return err
		}},
		{"search, with product", func(t corpus.Ticket) error {
			text := strings.Join(strings.Fields(t.Description)[:3], " ")
			_, err := x.Search(ctx, Query{Words: terms.Query("", []terms.Field{{Text: text}}, false), Rooms: Inside, Limit: 20, Product: t.Product})
			return err
		}},
		{"while typing", func(t corpus.Ticket) error {
			text := t.Title[:min(len(t.Title), 3+r.IntN(20))]
			_, err := x.Search(ctx, Query{Words: terms.Query(t.Language, []terms.Field{{Text: text}}, true), Rooms: Inside, Limit: 10, Near: Near{Product: t.Product}})
			return err
		}},
	}
	for _, k := range kinds {
		var took []time.Duration
		for i := range rounds {
			t := some()
			start := time.Now()
			if err := k.run(t); err != nil {
				b.Fatal(err)
			}
			if i >= 20 {
				took = append(took, time.Since(start))
			}
		}
		slices.Sort(took)
		fmt.Printf("%-10s %8d tickets, %-22s p50 %6.1f ms  p99 %6.1f ms  (limit 50)\n", d.Kind(), *benchDocs, k.name,
			ms(took[len(took)/2]), ms(took[len(took)*99/100]))
		b.ReportMetric(ms(took[len(took)*99/100]), strings.ReplaceAll(k.name, " ", "-")+"-p99-ms")
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// size is what the index takes, in bytes.
func size(b *testing.B, d *db.DB) (n int64) {
	query := "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
	if d.Kind() == db.PostgreSQL {
		query = `SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'search\_%'`
	}
	if err := d.QueryRowContext(b.Context(), query).Scan(&n); err != nil {
		b.Fatal(err)
	}
	return n
}

type testLog struct{ testing.TB }

func (l testLog) Printf(format string, args ...any) { l.Logf(format, args...) }
