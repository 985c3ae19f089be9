package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/desk/search/corpus"
	"github.com/beistand/beistand/app/desk/search/terms"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
	"github.com/beistand/beistand/app/desk/store/index"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

// shelf is documents in memory as a source.
type shelf map[int64]Document

func (s shelf) Documents(_ context.Context, _ db.Querier, docs []int64) ([]Document, error) {
	var list []Document
	for _, doc := range docs {
		if d, ok := s[doc]; ok {
			list = append(list, d)
		}
	}
	return list, nil
}

func (s shelf) All(_ context.Context, _ db.Querier, room Room, above int64, limit int) ([]int64, error) {
	var list []int64
	for _, doc := range slices.Sorted(maps.Keys(s)) {
		if r, n := Split(doc); r == room && n > above && len(list) < limit {
			list = append(list, n)
		}
	}
	return list, nil
}

func (s shelf) put(room Room, n int64, language, text string) {
	s[room.Doc(n)] = Document{Doc: room.Doc(n), Language: language, At: n, Fields: []terms.Field{{Text: text}}}
}

type bench struct {
	testing.TB
	*Index
	shelf
	d   *db.DB
	now time.Time
}

func open(t testing.TB, d *db.DB) *bench {
	b := &bench{TB: t, shelf: shelf{}, d: d, now: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)}
	b.Index = New(Config{DB: d, Source: b.shelf, Log: testLog{t}, Now: func() time.Time { return b.now }})
	return b
}

// catch says that documents have changed, and brings the index to it.
func (b *bench) catch(docs ...int64) {
	b.Helper()
	err := b.d.Tx(b.Context(), func(tx *db.Tx) error { return b.Due(b.Context(), tx, docs...) })
	if err == nil {
		err = b.Catch(b.Context())
	}
	if err != nil {
		b.Fatal(err)
	}
}

func (b *bench) merge() {
	b.Helper()
	if err := b.Merge(b.Context()); err != nil {
		b.Fatal(err)
	}
}

func (b *bench) found(w Query, text string, typing bool) string {
	b.Helper()
	w.Words = terms.Query("", []terms.Field{{Text: text}}, typing)
	w.Limit = cmp.Or(w.Limit, 10)
	if w.Rooms == nil {
		w.Rooms = Inside
	}
	list, err := b.Search(b.Context(), w)
	if err != nil {
		b.Fatal(err)
	}
	var said []string
	for _, r := range list {
		room, n := Split(r.Doc)
		said = append(said, fmt.Sprintf("%d/%d", room, n))
	}
	return strings.Join(said, " ")
}

func (b *bench) numbers(text string, before int64, limit int) []int64 {
	b.Helper()
	list, err := b.Numbers(b.Context(), text, before, limit)
	if err != nil {
		b.Fatal(err)
	}
	return list
}

// audit holds the posts against the documents: each term of a document is in
// the posts and nothing else is, and terms are counted by how many have them.
func (b *bench) audit() {
	b.Helper()
	want := map[string]bool{}
	count := map[uint32]index.Term{}
	docs, err := index.Docs(b.Context(), b.d, b.all())
	if err != nil {
		b.Fatal(err)
	}
	for _, d := range docs {
		list, err := unpackVector(d.Vector, nil)
		if err != nil || d.Fresh != 0 || len(list) == 0 {
			b.Errorf("document %d: fresh %d, %d terms, %v", d.Doc, d.Fresh, len(list), err)
		}
		for _, w := range list {
			want[fmt.Sprint(w.term, "/", d.Doc)] = true
			k := count[w.term]
			if public(d.Doc) {
				k.Outside++
			} else {
				k.Inside++
			}
			count[w.term] = k
		}
	}
	rows, err := b.d.QueryContext(b.Context(), "SELECT term, block, posts FROM search_posts")
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	got := 0
	for rows.Next() {
		var term uint32
		var block int64
		var posts []byte
		if err := rows.Scan(&term, &block, &posts); err != nil {
			b.Fatal(err)
		}
		if err := unpack(posts, func(at uint16) {
			got++
			if doc := block<<blockBits | int64(at); !want[fmt.Sprint(term, "/", doc)] {
				b.Errorf("the posts have term %d in document %d, which has not", term, doc)
			}
		}); err != nil {
			b.Error(err)
		}
	}
	if got != len(want) {
		b.Errorf("%d posts, want %d", got, len(want))
	}
	kept, err := index.Beginning(b.Context(), b.d, "", 1<<30)
	if err != nil {
		b.Fatal(err)
	}
	for _, k := range kept {
		if c := count[k.ID]; c.Inside != k.Inside || c.Outside != k.Outside {
			b.Errorf("term %q is in %d and %d documents, not %d and %d", k.Term, c.Inside, c.Outside, k.Inside, k.Outside)
		}
	}
	if len(kept) != len(count) {
		b.Errorf("%d terms are kept, %d are in use", len(kept), len(count))
	}
}

func (b *bench) all() []int64 {
	rows, err := b.d.QueryContext(b.Context(), "SELECT doc FROM search_docs")
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	var list []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			b.Fatal(err)
		}
		list = append(list, n)
	}
	return list
}

// TestSameOnBoth holds that what is found, and how well, depends neither on the
// engine nor on whether the posts are written.
func TestSameOnBoth(t *testing.T) {
	var first []Result
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		for n := range int64(300) {
			b.shelf[n+1] = documentOf(n + 1)
		}
		if err := b.Catch(t.Context()); err != nil { // a new index takes what is there
			t.Fatal(err)
		}
		look := func() (all []Result) {
			for n := int64(1001); n < 1016; n++ {
				c := corpus.Of(n)
				list, err := b.Search(t.Context(), Query{
					Words: terms.Query(c.Language, fieldsOf(c), true), Rooms: Inside, Limit: 10, Near: Near{c.Product, c.Version, c.Language},
				})
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, list...)
			}
			return all
		}
		fresh := look()
		b.merge()
		b.now = b.now.Add(time.Minute)
		if written := look(); !reflect.DeepEqual(fresh, written) {
			t.Error("what is found is another when the posts are written")
		}
		b.audit()
		if first == nil {
			first = fresh
		}
		if len(fresh) < 120 || !reflect.DeepEqual(first, fresh) {
			t.Errorf("%d results, or others than on the other engine", len(fresh))
		}
	})
}

func TestNumbers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		for n := int64(1); n <= 40; n++ {
			text := "Beleg"
			if n%2 == 0 {
				text += " gedruckt"
			}
			if n%5 == 0 {
				text += " Warteschlange"
			}
			b.put(Tickets, n, "de", text)
			b.put(Pages, n, "de", "Beleg drucken Warteschlange") // another room
		}
		b.catch()
		check := func(when string) {
			for _, c := range []struct {
				text   string
				before int64
				limit  int
				want   []int64
			}{
				{"Belege", 0, 3, []int64{40, 39, 38}},
				{"Beleg Warteschlangen", 0, 9, []int64{40, 35, 30, 25, 20, 15, 10, 5}},
				{"gedruckte Warteschlange", 0, 9, []int64{40, 30, 20, 10}},
				{"gedruckte Warteschlange", 30, 9, []int64{20, 10}},
				{"Beleg Wartesch", 21, 2, []int64{20, 15}},
				{"Beleg nirgends", 0, 9, nil},
				{"die und", 0, 9, nil},
			} {
				if got := b.numbers(c.text, c.before, c.limit); !slices.Equal(got, c.want) {
					t.Errorf("%s: %q below %d: %v, want %v", when, c.text, c.before, got, c.want)
				}
			}
		}
		check("fresh")
		b.merge()
		b.now = b.now.Add(time.Minute)
		check("written")
		b.put(Tickets, 20, "de", "etwas anderes")
		b.put(Tickets, 7, "de", "Beleg Warteschlange")
		delete(b.shelf, 30)
		b.catch(7, 20, 30)
		want := []int64{40, 35, 25, 15, 10, 7, 5}
		if got := b.numbers("Beleg Warteschlange", 0, 9); !slices.Equal(got, want) {
			t.Errorf("after changes: %v, want %v", got, want)
		}
		b.merge()
		b.now = b.now.Add(time.Minute)
		if got := b.numbers("Beleg Warteschlange", 0, 9); !slices.Equal(got, want) {
			t.Errorf("after changes are written: %v, want %v", got, want)
		}
		b.audit()
	})
}

func TestSearch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		b.put(Tickets, 1, "de", "Der Lieferschein lässt sich nicht drucken, ORA-00942")
		b.put(Tickets, 2, "de", "Der Lieferschein fehlt")
		b.put(Tickets, 3, "en", "The printer is out of paper, ORA-00942: table or view does not exist")
		b.put(Drafts, 1, "de", "Lieferschein drucken")
		b.put(Articles, 2, "de", "Lieferschein drucken mit ORA-00942")
		b.put(PublicBugs, 4, "nl", "Afdrukken van bonnen mislukt")
		one := b.shelf[1]
		one.Product, one.Version = "Ledger", "24.2"
		b.shelf[1] = one
		for n := int64(10); n < 60; n++ {
			b.put(Tickets, n, "de", fmt.Sprintf("Allerlei zu Nummer %d, Vorgang drucken", 1000+n))
		}
		b.catch()
		for range 2 {
			for _, c := range []struct {
				text   string
				typing bool
				query  Query
				want   string
			}{
				{"Lieferscheine ORA-00942", false, Query{}, "2/2 0/1 0/3 0/2 1/1"},
				{"Lieferscheine ORA-00942", false, Query{Rooms: Outside}, "2/2"},
				{"ORA-00942", false, Query{Product: "ledger"}, "0/1"},
				{"ORA-00942", false, Query{Product: "ledger", Version: "23"}, ""},
				{"ORA-00942", false, Query{Language: "en-GB"}, "0/3"},
				{"ORA-00942", false, Query{Near: Near{Product: "Ledger", Version: "24.1"}, Not: Articles.Doc(2), Limit: 1}, "0/1"},
				{"Lieferschei", true, Query{Rooms: []Room{Drafts}}, "1/1"},
				{"Lieferschei", false, Query{Rooms: []Room{Drafts}}, ""},
				{"bon", false, Query{Rooms: Outside}, "4/4"},
				{"Lieferscheindruck", false, Query{Rooms: []Room{Drafts}}, "1/1"},
				{"nirgends", false, Query{}, ""},
				{"", false, Query{}, ""},
			} {
				if got := b.found(c.query, c.text, c.typing); got != c.want {
					t.Errorf("%q: %q, want %q", c.text, got, c.want)
				}
			}
			b.merge()
			b.now = b.now.Add(time.Minute)
		}
	})
}

// TestKilled holds that a desk that ends in the middle of writing posts leaves
// nothing that the next one does not put right.
func TestKilled(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		for n := int64(1); n <= 60; n++ {
			b.shelf[n] = documentOf(n)
		}
		b.catch()
		docs, err := index.Fresh(t.Context(), d, 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		edits, err := b.plan(t.Context(), docs)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Tx(t.Context(), func(tx *db.Tx) error { return apply(t.Context(), tx, edits[:len(edits)/2]) }); err != nil {
			t.Fatal(err)
		}
		next := open(t, d) // another desk, and other texts by then
		maps.Copy(next.shelf, b.shelf)
		next.shelf[5] = Document{Doc: 5, Language: "de", Fields: []terms.Field{{Text: "etwas ganz anderes"}}}
		delete(next.shelf, 6)
		next.catch(5, 6)
		next.merge()
		next.audit()
		if got := next.found(Query{}, "ganz anderes", false); !strings.HasPrefix(got, "0/5") {
			t.Errorf("found %q", got)
		}
	})
}

func TestRebuild(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		b.put(Tickets, 1, "de", "Beleg")
		b.put(Pages, 1, "de", "Beleg")
		b.catch(1, Pages.Doc(1))
		b.merge()
		delete(b.shelf, 1)
		b.put(Tickets, 2, "de", "Beleg")
		if err := b.Rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.catch()
		b.merge()
		b.now = b.now.Add(time.Minute)
		if got := b.found(Query{}, "Beleg", false); got != "5/1 0/2" && got != "0/2 5/1" {
			t.Errorf("found %q", got)
		}
		b.audit()
	})
}

// broken is a source that ends in the midst of being asked for everything.
type broken struct {
	shelf
	at Room
}

func (s broken) All(ctx context.Context, q db.Querier, room Room, above int64, limit int) ([]int64, error) {
	if room == s.at {
		return nil, errors.New("killed")
	}
	return s.shelf.All(ctx, q, room, above, limit)
}

// TestRebuildKilled: an index that was begun anew and not ended is begun anew again.
func TestRebuildKilled(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := open(t, d)
		b.put(Tickets, 1, "en", "printer jams")
		b.put(Pages, 2, "en", "printer manual")
		before := New(Config{DB: d, Source: broken{b.shelf, Articles}, Log: testLog{t}})
		if err := before.Catch(t.Context()); err == nil {
			t.Fatal("it ended well")
		}
		if err := b.Catch(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := b.found(Query{}, "printer", false); got != "5/2 0/1" && got != "0/1 5/2" {
			t.Errorf("found %q", got)
		}
	})
}

// TestAnotherDesk holds that what one desk writes another finds.
func TestAnotherDesk(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		one, other := open(t, d), open(t, d)
		one.put(Tickets, 1, "de", "Beleg")
		one.catch(1)
		for range 3 {
			if got := other.found(Query{}, "Beleg", false); got != "0/1" {
				t.Fatalf("found %q", got)
			}
			one.merge()
			other.now = other.now.Add(time.Minute)
		}
		one.put(Tickets, 1, "de", "Quittung")
		one.catch(1)
		if got := other.found(Query{}, "Beleg", false) + other.found(Query{}, "Quittung", false); got != "0/1" {
			t.Errorf("found %q", got)
		}
	})
}

func TestRun(t *testing.T) {
	d := dbtest.Open(t, dbtest.File(t))
	b := open(t, d)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); b.Run(ctx) }()
	defer func() { stop(); <-done }()
	if err := d.Tx(ctx, func(tx *db.Tx) error { return b.Due(ctx, tx, 1) }); err != nil {
		t.Fatal(err)
	}
	b.Kick()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for deadline := time.Now().Add(20 * time.Second); ; <-look.C {
		if due, err := index.ListDue(ctx, d, 1); err != nil || time.Now().After(deadline) {
			t.Fatalf("still due: %v, %v", due, err)
		} else if len(due) == 0 {
			return
		}
	}
}

func FuzzPack(f *testing.F) {
	f.Add([]byte{0, 1, 0, 2, 0}, []byte{1, 2}, []byte{3, 4})
	f.Add([]byte{}, []byte{0, 0, 255, 255}, []byte{})
	f.Fuzz(func(t *testing.T, packed, add, take []byte) {
		var before set
		if err := before.or(packed); err != nil {
			if _, _, err := repack(packed, nil, nil); err == nil {
				t.Fatal("damaged posts are changed")
			}
			return
		}
		places := func(b []byte) (list []uint16) {
			for i := 0; i+1 < len(b); i += 2 {
				list = append(list, uint16(b[i])<<8|uint16(b[i+1]))
			}
			return list
		}
		added, taken := places(add), places(take)
		taken = slices.DeleteFunc(taken, func(at uint16) bool { return slices.Contains(added, at) })
		after, grown, err := repack(packed, added, taken)
		if err != nil {
			t.Fatal(err)
		}
		want := before
		for _, at := range taken {
			want.take(at)
		}
		for _, at := range added {
			want.add(at)
		}
		var got set
		if err := got.or(after); err != nil || got != want {
			t.Fatalf("%v, or another set", err)
		}
		again, more, err := repack(after, added, taken)
		if err != nil || more != 0 || !slices.Equal(again, after) {
			t.Fatalf("once more changes %d, %v", more, err)
		}
		_ = grown
	})
}

func FuzzVector(f *testing.F) {
	f.Add(packVector([]weighed{{1, 2}, {3, 255}, {1 << 31, 1}}))
	f.Add([]byte{0, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		list, err := unpackVector(b, nil)
		if err != nil {
			return
		}
		for i := 1; i < len(list); i++ {
			if list[i-1].term >= list[i].term {
				t.Fatal("not in order")
			}
		}
		again, err := unpackVector(packVector(list), nil)
		if err != nil || !slices.Equal(again, list) {
			t.Fatalf("%v, or other terms", err)
		}
	})
}
