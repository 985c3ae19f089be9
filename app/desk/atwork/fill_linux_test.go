package atwork

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/search"
	"github.com/beistand/beistand/app/desk/search/corpus"
	"github.com/beistand/beistand/app/desk/search/terms"
)

const (
	perTicket = 10 // entries
	openEach  = 100
	queues    = 8
	houses    = 3000 // organisations
	step      = 4000 // tickets that are put together
)

func userOf(n int64) string  { return fmt.Sprintf("staff%02d", n%50) }
func queueOf(n int64) string { return fmt.Sprintf("Queue %d", n%queues) }

var (
	ticketColumns = []string{
		"number", "id", "filed", "state", "title", "description", "product", "priority", "name", "contact", "language", "search", "created", "updated",
		"kind", "product_version", "module", "signs", "effective", "queue", "level", "owner", "waiting_for", "waiting_since", "escalated",
		"organisation", "due", "closed", "closed_by", "cause", "solution", "first_check", "minutes",
	}
	entryColumns   = []string{"id", "ticket", "written", "kind", "public", "author", "name", "body", "minutes", "changes"}
	watcherColumns = []string{"staff", "ticket"}
	promiseColumns = []string{"ticket", "place", "what", "due", "author"}
	countColumns   = []string{"ticket", "filed", "kind", "product", "module", "solved", "cause", "first_check"}
	docColumns     = []string{"doc", "fresh", "vector", "posted", "product", "version", "language", "at", "helped"}
)

// tables in the order in which rows refer to each other.
var tables = []struct {
	name    string
	columns []string
}{
	{"tickets", ticketColumns},
	{"entries", entryColumns},
	{"watchers", watcherColumns},
	{"promises", promiseColumns},
	{"counted", countColumns},
	{"search_docs", docColumns},
}

// made is what one ticket is in the database.
type made struct {
	ticket   []any
	entries  [][]any
	watchers [][]any
	promises [][]any
	counted  []any // of what is in the numbers; their sums are left out
	doc      search.Document
}

// ticket makes the ticket of a number. Over two years one in a hundred is still
// open, wherever it stands; the last one was filed now.
func ticket(n, count int64, now time.Time) made {
	t := corpus.Of(n)
	span := (2 * 365 * 24 * time.Hour).Microseconds()
	created := now.UnixMicro() - span + span*n/count
	state, owner, queue := api.StateClosed, userOf(n/7), queueOf(n/3)
	var waitingFor string
	var waiting, escalated, due, closed, firstCheck any = nil, nil, nil, nil, int64(0)
	cause, closedBy, solution := string(api.Causes[n%int64(len(api.Causes))]), owner, t.Solution
	if n%openEach == 0 {
		k := n / openEach
		state = []api.State{api.StateNew, api.StateOpen, api.StateOpen, api.StateWaitingCustomer, api.StateWaitingThird}[k%5]
		cause, closedBy, solution = "", "", ""
		if k%5 == 0 {
			owner = ""
		}
		if k%5 > 2 {
			waiting = created
		}
		if k%5 == 4 {
			waitingFor = "the network's provider"
		}
		if k%23 == 0 {
			escalated = created
		}
		if k%11 == 0 {
			due = now.Add(time.Duration(k%200-100) * time.Hour).UnixMicro()
		}
	} else {
		closed = min(created+(n%1000)*time.Hour.Microseconds(), now.UnixMicro())
		firstCheck = n % 5 / 4
	}
	signs := ""
	if len(t.Signs) > 0 {
		b, _ := json.Marshal(t.Signs) // texts can always be encoded
		signs = string(b)
	}
	kind := api.Kinds[n%int64(len(api.Kinds))]
	if n%4 != 0 {
		kind = api.Fault
	}
	priority := []api.Priority{api.Normal, api.Normal, api.Low, api.High, api.Normal, api.Critical}[n%6]
	var number [8]byte
	binary.BigEndian.PutUint64(number[:], uint64(n))
	id := sha256.Sum256(number[:])
	var m made
	m.ticket = []any{
		n, id[:], id[:], string(state), t.Title, t.Description, t.Product, string(priority), fmt.Sprintf("Anna %d", n%40_000), "anna@example.com", t.Language,
		strings.ToLower(t.Title + "\n" + t.Description), created, created + time.Hour.Microseconds(),
		string(kind), t.Version, fmt.Sprintf("Module %d", n%5), signs, string(priority), queue, 1 + n%3, owner, waitingFor, waiting, escalated,
		1 + n%houses, due, closed, closedBy, cause, solution, firstCheck, int64(15),
	}
	m.counted = []any{n, created, string(kind), t.Product, fmt.Sprintf("Module %d", n%5), closed, cause, firstCheck}
	if n%250 == 0 {
		m.watchers = [][]any{{userOf(n / 250), n}}
	}
	if due != nil {
		m.promises = [][]any{{n, int64(0), "a fix", due, userOf(n)}}
	}
	words := strings.Fields(t.Entry)
	at := created
	for k := range int64(perTicket) {
		at += 10 * time.Minute.Microseconds()
		e := []any{(n-1)*perTicket + k + 1, n, at, string(api.EntryNote), int64(1), "customer", "Anna Beispiel", "", int64(0), ""}
		by := userOf(n + k)
		switch k {
		case 0:
			e[7] = strings.Join(words[:len(words)/2], " ")
		case 3:
			e[4], e[5], e[6], e[7] = int64(0), by, by, strings.Join(words[len(words)/2:], " ")
		case 6:
			e[3], e[4], e[5], e[6], e[8] = string(api.EntryTime), int64(0), by, by, int64(15)
		default:
			e[3], e[4], e[5], e[6] = string(api.EntryChange), int64(0), by, by
			e[9] = `[{"field":"state","from":"open","to":"waiting-customer"}]`
		}
		m.entries = append(m.entries, e)
	}
	m.doc = search.Document{Doc: n, Language: t.Language, Product: t.Product, Version: t.Version, At: created, Fields: []terms.Field{
		{Text: t.Title, Weight: 3},
		{Text: t.Description},
		{Text: solution, Weight: 2},
		{Text: strings.Join(t.Signs, "\n"), Weight: 1.5, Sign: true},
		{Text: t.Entry, Weight: 0.5},
	}}
	return m
}

// fill puts count tickets into all sinks: each is generated once.
func fill(b *testing.B, count int64, to []sink) {
	b.Helper()
	begin, now, ctx := time.Now(), time.Now(), b.Context()
	var x index
	type batch struct {
		all  []made
		docs [][]terms.Weighted
	}
	const ahead = 4 // batches that are made at once
	var coming []chan batch
	next := int64(1)
	more := func() {
		if next > count {
			return
		}
		c, from, to := make(chan batch, 1), next, min(next+step, count+1)
		next = to
		coming = append(coming, c)
		go func() {
			var one batch
			for n := from; n < to; n++ {
				m := ticket(n, count, now)
				one.docs = append(one.docs, search.Terms(m.doc))
				one.all = append(one.all, m)
			}
			c <- one
		}()
	}
	for range ahead {
		more()
	}
	said := time.Now()
	for len(coming) > 0 {
		one := <-coming[0]
		coming = coming[1:]
		more()
		rows := map[string][][]any{}
		for i, m := range one.all {
			rows["tickets"] = append(rows["tickets"], m.ticket)
			rows["entries"] = append(rows["entries"], m.entries...)
			rows["watchers"] = append(rows["watchers"], m.watchers...)
			rows["promises"] = append(rows["promises"], m.promises...)
			rows["counted"] = append(rows["counted"], m.counted)
			rows["search_docs"] = append(rows["search_docs"], x.add(m.doc, one.docs[i]))
		}
		var all sync.WaitGroup
		failed := make([]error, len(to))
		for i, s := range to {
			all.Go(func() {
				for _, t := range tables {
					if failed[i] = errors.Join(failed[i], s.put(ctx, t.name, t.columns, rows[t.name])); failed[i] != nil {
						return
					}
				}
			})
		}
		all.Wait()
		if err := errors.Join(failed...); err != nil {
			b.Fatal(err)
		}
		if time.Since(said) > 30*time.Second {
			said = time.Now()
			fmt.Printf("filled up to ticket %d after %v\n", one.all[len(one.all)-1].doc.Doc, time.Since(begin).Round(time.Second))
		}
	}
	var all sync.WaitGroup
	failed := make([]error, len(to))
	for i, s := range to {
		all.Go(func() {
			if failed[i] = x.write(ctx, s, count); failed[i] == nil {
				failed[i] = s.done(ctx)
			}
		})
	}
	all.Wait()
	if err := errors.Join(failed...); err != nil {
		b.Fatal(err)
	}
	fmt.Printf("%d tickets, %d entries filled in %v\n", count, count*perTicket, time.Since(begin).Round(time.Second))
}

// index is made in memory, since a million documents one after the other take the desk an hour.
type index struct {
	ids   map[string]uint32
	names []string
	posts [][]uint32 // of each term its documents, which come in order
}

func (x *index) add(d search.Document, list []terms.Weighted) []any {
	if x.ids == nil {
		x.ids = map[string]uint32{}
	}
	for _, w := range list {
		id, known := x.ids[w.Term]
		if !known {
			x.names, x.posts = append(x.names, w.Term), append(x.posts, nil)
			id = uint32(len(x.names))
			x.ids[w.Term] = id
		}
		x.posts[id-1] = append(x.posts[id-1], uint32(d.Doc))
	}
	return []any{d.Doc, int64(0), search.MadeVector(list, x.ids), []byte{}, d.Product, d.Version, d.Language, d.At, int64(0)}
}

func (x *index) write(ctx context.Context, s sink, count int64) error {
	var words, posts [][]any
	flush := func(most int) error {
		if len(words) >= most {
			if err := s.put(ctx, "search_terms", []string{"id", "term", "inside", "outside"}, words); err != nil {
				return err
			}
			words = words[:0]
		}
		if len(posts) >= most {
			if err := s.put(ctx, "search_posts", []string{"term", "block", "posts"}, posts); err != nil {
				return err
			}
			posts = posts[:0]
		}
		return nil
	}
	for i, name := range x.names {
		var places []uint16
		for k, doc := range x.posts[i] {
			places = append(places, uint16(doc))
			if k+1 == len(x.posts[i]) || x.posts[i][k+1]>>16 != doc>>16 {
				posts = append(posts, []any{int64(i + 1), int64(doc >> 16), search.MadePosts(places)})
				places = places[:0]
			}
		}
		words = append(words, []any{int64(i + 1), name, int64(len(x.posts[i])), int64(0)})
		if err := flush(10_000); err != nil {
			return err
		}
	}
	if err := flush(1); err != nil {
		return err
	}
	var states [][]any
	for name, v := range map[string]int64{"seq": 0, "term": int64(len(x.names)), "merged": 1, "inside": count, "outside": 0, "terms": terms.Version} {
		states = append(states, []any{name, v})
	}
	return s.put(ctx, "search_state", []string{"name", "value"}, states)
}
