package atwork

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/board"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// limits are what 99 of 100 may take, in milliseconds; what has none is said for its own sake.
var limits = map[string]float64{
	"list, a view": 100, "list, a filter": 100, "list, one word": 100, "list, three words": 100, "views with counts": 100, "board": 100,
	"ticket": 100, "timeline": 100, "completeness": 100, "search, three words": 100, "similar cases": 50,
}

const maxMemory = 300e6 // bytes

// BenchmarkAtWork lets people work at a desk with very many tickets and prints
// what they wait for beside the limits: first with time to think, then without
// any, which says how many people this machine carries.
//
//	go test -run '^$' -bench AtWork ./app/desk/atwork -tickets 1000000 -people 50 -for 60s -keep /var/tmp/beistand-atwork
func BenchmarkAtWork(b *testing.B) {
	root, engines := *where, strings.Split(*kinds, ",")
	if root == "" {
		var err error
		if root, err = os.MkdirTemp("", "beistand-atwork-"); err == nil {
			err = os.Chmod(root, 0o755) // PostgreSQL may be another user's
		}
		if err != nil {
			b.Fatal(err)
		}
		defer os.RemoveAll(root)
	}
	b.Run("fill", func(b *testing.B) { prepare(b, root, engines) })
	if *only || b.Failed() {
		return
	}
	for _, kind := range engines {
		b.Run(kind, func(b *testing.B) {
			at := open(b, root, kind)
			pids, database := at.engine, ""
			if at.server != nil {
				database = at.source(b)
			}
			tokens := signIn(b, at.desk, database)
			p := start(b, at.desk, database)
			defer p.end()
			h := &house{base: "http://" + p.addr, count: *count}
			h.forget()
			var people []*person
			for i, token := range tokens {
				c, err := dial(h.base, token)
				if err != nil {
					b.Fatal(err)
				}
				defer c.CloseIdle()
				people = append(people, &person{house: h, name: userOf(int64(i)), c: c, r: rand.New(rand.NewPCG(uint64(i), 5))})
			}
			ctx, stop := context.WithCancel(b.Context())
			var listening sync.WaitGroup
			for _, one := range people {
				listening.Go(func() { one.listen(ctx) })
			}
			defer listening.Wait()
			defer stop()
			h.run(b, p, pids, people, *thinks, *lasts/6, "") // until what is read often is in memory
			paced := h.run(b, p, pids, people, *thinks, *lasts, kind)
			if *thinks > 0 {
				most := h.run(b, p, pids, people, 0, *lasts/3, kind+", no pauses")
				fmt.Printf("%-10s %.0f requests a second at most: what %.0f people ask who think\n", kind, most, most/(paced/float64(len(people))))
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// run lets people work for a while, prints what they saw, and gives how many requests a second they made.
func (h *house) run(b *testing.B, p *process, pids func() []int, people []*person, think, lasts time.Duration, name string) float64 {
	h.forget()
	ctx, stop := context.WithTimeout(b.Context(), lasts)
	defer stop()
	var all sync.WaitGroup
	var mu sync.Mutex // guards failed
	var failed error
	say := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		failed = errors.Join(failed, err)
	}
	begin, cpu, theirs, ours := time.Now(), spent(p.cmd.Process.Pid), spent(pids()...), spent(os.Getpid())
	for _, one := range people {
		all.Go(func() { say(one.work(b.Context(), ctx.Done(), think)) })
	}
	all.Go(func() { say(h.customer(b.Context(), ctx.Done(), max(4*time.Second, lasts/18))) })
	var most, engine float64
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for ctx.Err() == nil {
		select {
		case <-tick.C:
			most, engine = max(most, memory(p.cmd.Process.Pid)), max(engine, memory(pids()...))
		case <-ctx.Done():
		}
	}
	all.Wait()
	if failed != nil {
		b.Fatal(failed)
	}
	took := time.Since(begin)
	n := 0
	h.mu.Lock()
	defer h.mu.Unlock()
	for kind, list := range h.took {
		if kind != "heard of an entry" {
			n += len(list)
		}
	}
	if name == "" {
		return 0
	}
	for _, kind := range slices.Sorted(mapKeys(h.took)) {
		list := h.took[kind]
		slices.Sort(list)
		limit, verdict := limits[kind], ""
		if limit > 0 {
			verdict = fmt.Sprintf("(limit %.0f)", limit)
			if think > 0 && ms(list[len(list)*99/100]) > limit {
				verdict += " MISSED"
			}
		}
		fmt.Printf("%-24s %-22s %6d  p50 %7.1f  p99 %7.1f  max %7.1f ms %s\n", name, kind, len(list),
			ms(list[len(list)/2]), ms(list[len(list)*99/100]), ms(list[len(list)-1]), verdict)
		if think > 0 {
			b.ReportMetric(ms(list[len(list)*99/100]), strings.ReplaceAll(strings.ReplaceAll(kind, ",", ""), " ", "-")+"-p99-ms")
		}
	}
	fmt.Printf("%-24s %d tickets, %d people: %.1f requests a second; desk %.0f MB (limit %.0f), %.0f %% of a core; %s", name, h.count, len(people),
		float64(n)/took.Seconds(), most/1e6, maxMemory/1e6, 100*float64(spent(p.cmd.Process.Pid)-cpu)/float64(took), "")
	if list := pids(); len(list) > 0 {
		fmt.Printf("PostgreSQL %.0f MB, %.0f %%; ", engine/1e6, 100*float64(spent(list...)-theirs)/float64(took))
	}
	fmt.Printf("the people %.0f %%; load %s; refused %v\n", 100*float64(spent(os.Getpid())-ours)/float64(took), load(), h.refused)
	if think > 0 {
		b.ReportMetric(most/1e6, "desk-MB")
	}
	return float64(n) / took.Seconds()
}

func (h *house) forget() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.took, h.refused, h.written = map[string][]time.Duration{}, map[string]int{}, map[int64]time.Time{}
}

func mapKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// filled says in a kept folder that its database is whole.
const filled = "filled"

// place is a database with a desk's folder.
type place struct {
	dir, desk string
	kind      string
	server    *dbtest.Server // nil: SQLite
}

// open makes the folder, and starts PostgreSQL in it for as long as b runs.
func open(b *testing.B, root, kind string, settings ...string) place {
	b.Helper()
	p := place{dir: filepath.Join(root, fmt.Sprintf("%s-%d", kind, *count)), kind: kind}
	p.desk = filepath.Join(p.dir, "desk")
	if err := os.MkdirAll(p.desk, 0o755); err != nil {
		b.Fatal(err)
	}
	if kind == string(db.PostgreSQL) {
		p.server = dbtest.Keep(b, filepath.Join(p.dir, "server"), append([]string{"shared_buffers=128MB", "autovacuum_naptime=1min"}, settings...)...) // PostgreSQL's own
	}
	return p
}

// source is what db.Open takes.
func (p place) source(b *testing.B) string {
	if p.server != nil {
		return p.server.Named(b, "desk")
	}
	return filepath.Join(p.desk, "desk.db")
}

// engine is the database's processes; SQLite has none.
func (p place) engine() []int {
	if p.server == nil {
		return nil
	}
	pid, err := p.server.Pid()
	if err != nil {
		return nil
	}
	return family(pid)
}

// prepare fills the databases that are not, all at once.
func prepare(b *testing.B, root string, kinds []string) {
	var sinks []sink
	var done []string
	for _, kind := range kinds {
		mark := filepath.Join(root, fmt.Sprintf("%s-%d", kind, *count), filled)
		if _, err := os.Stat(mark); err == nil {
			continue
		}
		done = append(done, mark)
		p := open(b, root, kind, "fsync=off", "full_page_writes=off", "max_wal_size=4GB", "autovacuum=off")
		staff(b, p.source(b))
		var s sink
		var err error
		if p.server != nil {
			s, err = toServer(b.Context(), p.source(b))
		} else {
			s, err = toFile(p.source(b))
		}
		if err != nil {
			b.Fatal(err)
		}
		sinks = append(sinks, s)
	}
	if len(sinks) > 0 {
		fill(b, *count, sinks)
	}
	for _, mark := range done {
		if err := os.WriteFile(mark, nil, 0o644); err != nil {
			b.Fatal(err)
		}
	}
}

// staff makes the database's tables, the customers and the staff.
func staff(b *testing.B, source string) {
	b.Helper()
	d, err := db.Open(b.Context(), source)
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	err = d.Tx(b.Context(), func(tx *db.Tx) error {
		if _, err := tx.ExecContext(b.Context(), `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
			INSERT INTO organisations (version, name, folded, party, language, contract, created, updated)
			SELECT 1, 'House ' || i, 'house ' || i, 'customer', 'de', '', 0, 0 FROM n`, houses); err != nil {
			return err
		}
		for i := range int64(50) {
			if _, err := tx.ExecContext(b.Context(), "INSERT INTO staff (name, display_name, password, created) VALUES (?, ?, '', 0)", userOf(i), "Person "+userOf(i)); err != nil {
				return err
			}
		}
		for q := range int64(queues) {
			var members []string
			for i := q; i < 50; i += queues {
				members = append(members, userOf(i))
			}
			if err := board.SetQueue(b.Context(), tx, queueOf(q), 0, members); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// signIn gives a token of each.
func signIn(b *testing.B, dir, database string) (tokens []string) {
	b.Helper()
	s, err := store.Open(b.Context(), dir, store.Options{Database: database})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	now := time.Now()
	for i := range *many {
		token, err := s.People().AddStaffToken(b.Context(), userOf(int64(i)), now, now.Add(12*time.Hour))
		if err != nil {
			b.Fatal(err)
		}
		tokens = append(tokens, token)
	}
	return tokens
}
