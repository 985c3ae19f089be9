package atwork

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/search/corpus"
)

// person is a member of staff with a connection of their own.
type person struct {
	house  *house
	name   string
	c      *client.Client
	r      *rand.Rand
	views  []api.View
	seen   []int64 // tickets of the last list
	ticket api.Ticket
}

// house is what people at work have in common.
type house struct {
	base  string
	count int64

	mu      sync.Mutex // guards what follows
	took    map[string][]time.Duration
	refused map[string]int
	failed  error
	written map[int64]time.Time // entries by ID, when they were acknowledged
}

// timed does something and notes how long it took.
func (h *house) timed(ctx context.Context, kind string, do func() error) error {
	at := time.Now()
	err := do()
	took := time.Since(at)
	h.mu.Lock()
	defer h.mu.Unlock()
	switch k := client.KindOf(err); {
	case err == nil:
		h.took[kind] = append(h.took[kind], took)
	case k == api.KindConflict || k == api.KindInvalid: // somebody else was quicker
		h.refused[kind+": "+string(k)]++
		return nil
	default:
		h.failed = fmt.Errorf("%s: %w", kind, err)
	}
	return err
}

// work is a person's day: what they do next does not depend on how long the last took.
func (p *person) work(ctx context.Context, over <-chan struct{}, think time.Duration) error {
	for !ended(over) {
		if think > 0 {
			t := time.NewTimer(think/2 + time.Duration(p.r.Int64N(int64(think)))) // half of it to one and a half
			select {
			case <-t.C:
			case <-over:
				t.Stop()
				return nil
			}
		}
		if err := p.next(ctx); err != nil {
			return err
		}
	}
	return nil
}

func ended(over <-chan struct{}) bool {
	select {
	case <-over:
		return true
	default:
		return false
	}
}

func (p *person) next(ctx context.Context) error {
	switch n := p.r.IntN(100); {
	case n < 22:
		return p.view(ctx)
	case n < 30:
		return p.filter(ctx)
	case n < 50:
		return p.open(ctx)
	case n < 58:
		return p.page(ctx)
	case n < 68:
		return p.search(ctx)
	case n < 78:
		return p.similar(ctx)
	case n < 88:
		return p.write(ctx)
	case n < 97:
		return p.change(ctx)
	}
	return p.house.timed(ctx, "board", func() error {
		_, err := p.c.Board(ctx, api.BoardQuery{By: api.BoardByState})
		return err
	})
}

// view looks at the views with their counts, and at one of them.
func (p *person) view(ctx context.Context) error {
	if err := p.house.timed(ctx, "views with counts", func() error {
		list, err := p.c.Views(ctx)
		p.views = list.Views
		return err
	}); err != nil {
		return err
	}
	v := p.views[p.r.IntN(len(p.views))]
	if v.None {
		return nil
	}
	return p.list(ctx, "list, a view", v.Query)
}

func (p *person) list(ctx context.Context, kind string, q api.TicketQuery) error {
	return p.house.timed(ctx, kind, func() error {
		list, err := p.c.Tickets(ctx, q)
		if len(list) > 0 {
			p.seen = p.seen[:0]
		}
		for _, t := range list {
			p.seen = append(p.seen, t.Number)
		}
		return err
	})
}

// filter lists by what somebody may want to know.
func (p *person) filter(ctx context.Context) error {
	var q api.TicketQuery
	old := time.Now().AddDate(0, 0, -p.r.IntN(700))
	switch p.r.IntN(9) {
	case 0:
		q.Organisation = 1 + p.r.Int64N(houses)
	case 1:
		q.Products = []string{corpus.Products[p.r.IntN(len(corpus.Products))]}
	case 2:
		q.States = []api.State{api.StateClosed}
	case 3:
		to := old.AddDate(0, 1, 0)
		q.CreatedFrom, q.CreatedTo = &old, &to
	case 4:
		q.Owners = []string{userOf(p.r.Int64N(50))}
	case 5:
		q.Watcher = p.name
	case 6:
		q.Priorities = []api.Priority{api.Critical}
		q.States = []api.State{api.StateOpen, api.StateNew}
	case 7:
		q.Queues, q.Kinds = []string{queueOf(p.r.Int64N(queues))}, []api.Kind{api.Wish}
	case 8:
		q.Before = 1 + p.r.Int64N(p.house.count)
	}
	return p.list(ctx, "list, a filter", q)
}

// some is a ticket of the last list, or now and then any.
func (p *person) some() int64 {
	if len(p.seen) == 0 || p.r.IntN(3) == 0 {
		return 1 + p.r.Int64N(p.house.count)
	}
	return p.seen[p.r.IntN(len(p.seen))]
}

func (p *person) read(ctx context.Context) error {
	n := p.some()
	return p.house.timed(ctx, "ticket", func() (err error) {
		p.ticket, err = p.c.Ticket(ctx, n)
		return err
	})
}

// open reads a ticket with its timeline and what it needs.
func (p *person) open(ctx context.Context) error {
	if err := p.read(ctx); err != nil {
		return err
	}
	if err := p.house.timed(ctx, "timeline", func() error {
		line, err := p.c.Timeline(ctx, p.ticket.Number, 0, 0, 50)
		if err == nil && len(line.Entries) < perTicket && p.ticket.Number <= p.house.count {
			err = fmt.Errorf("ticket %d has %d entries", p.ticket.Number, len(line.Entries))
		}
		return err
	}); err != nil {
		return err
	}
	return p.house.timed(ctx, "completeness", func() error {
		_, err := p.c.Completeness(ctx, p.ticket.Number)
		return err
	})
}

// page is a ticket's page in the console, with all that stands on it.
func (p *person) page(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/desk/tickets/%d", p.house.base, p.some()), nil)
	if err != nil {
		return err
	}
	req.AddCookie(&http.Cookie{Name: "beistand", Value: p.c.Token()})
	return p.house.timed(ctx, "console's ticket page", func() error {
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		whole := false
		lines := bufio.NewScanner(resp.Body)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			whole = whole || strings.Contains(lines.Text(), "</html>")
		}
		if resp.StatusCode != http.StatusOK || !whole {
			return fmt.Errorf("page: %s", resp.Status)
		}
		return nil
	})
}

// search looks for what some case was about.
func (p *person) search(ctx context.Context) error {
	t := corpus.Of(1 + p.r.Int64N(p.house.count))
	words := strings.Fields(t.Title)
	switch p.r.IntN(4) {
	case 0:
		return p.list(ctx, "list, one word", api.TicketQuery{Text: words[0]})
	case 1:
		return p.list(ctx, "list, three words", api.TicketQuery{Text: strings.Join(words[:3], " ")})
	case 2:
		words = strings.Fields(t.Description)
		fallthrough
	default:
		q := api.SearchQuery{Text: strings.Join(words[:3], " ")}
		if p.r.IntN(2) == 0 {
			q.Product = t.Product
		}
		return p.house.timed(ctx, "search, three words", func() error {
			_, err := p.c.Search(ctx, q)
			return err
		})
	}
}

func (p *person) similar(ctx context.Context) error {
	return p.house.timed(ctx, "similar cases", func() error {
		_, err := p.c.Similar(ctx, p.some())
		return err
	})
}

// write adds an entry, on a ticket that is open or was opened lately.
func (p *person) write(ctx context.Context) error {
	e := api.NewEntry{ID: client.NewTicketID(), Kind: api.EntryNote, Public: p.r.IntN(2) == 0, Text: corpus.Of(p.r.Int64()).Entry}
	n := p.some()
	var made api.Added
	err := p.house.timed(ctx, "write an entry", func() (err error) {
		made, err = p.c.AddEntry(ctx, n, e)
		return err
	})
	if made.ID != 0 {
		p.house.mu.Lock()
		p.house.written[made.ID] = time.Now()
		p.house.mu.Unlock()
	}
	return err
}

// change takes a ticket, or has it wait.
func (p *person) change(ctx context.Context) error {
	if err := p.read(ctx); err != nil {
		return err
	}
	t := p.ticket
	if t.State == api.StateSolved || t.State == api.StateClosed || t.Owner != p.name && t.Owner != "" {
		level := 1 + t.Level%3
		return p.house.timed(ctx, "change a ticket", func() error {
			_, err := p.c.ChangeTicket(ctx, t.Number, api.TicketChange{Version: t.Version, Level: &level})
			return err
		})
	}
	change := api.TicketChange{Version: t.Version, Owner: &p.name}
	if t.Owner == p.name {
		state := api.StateWaitingCustomer
		if t.State == state {
			state = api.StateOpen
		}
		change = api.TicketChange{Version: t.Version, State: &state}
	}
	return p.house.timed(ctx, "change a ticket", func() error {
		_, err := p.c.ChangeTicket(ctx, t.Number, change)
		return err
	})
}

// listen hears everything that happens, as an open list does, and notes how
// long after its acknowledgement an entry was heard of.
func (p *person) listen(ctx context.Context) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.house.base+api.PathChanges, nil)
	if err != nil {
		return
	}
	req.Header.Set("Authorization", "Bearer "+p.c.Token())
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	for lines.Scan() {
		data, is := strings.CutPrefix(lines.Text(), "data: ")
		if !is {
			continue
		}
		now := time.Now()
		var e api.JournalEntry
		var d struct {
			Entry int64 `json:"entry"`
		}
		if json.Unmarshal([]byte(data), &e) != nil || json.Unmarshal(e.Detail, &d) != nil || d.Entry == 0 {
			continue
		}
		p.house.mu.Lock()
		if at, ok := p.house.written[d.Entry]; ok { // otherwise it is heard of before the answer has come
			p.house.took["heard of an entry"] = append(p.house.took["heard of an entry"], now.Sub(at))
		}
		p.house.mu.Unlock()
	}
}

// customer files cases, one every few seconds.
func (h *house) customer(ctx context.Context, over <-chan struct{}, every time.Duration) error {
	c, err := client.New(h.base, client.Options{})
	if err != nil {
		return err
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for range 18 { // more are not taken from one address at once
		select {
		case <-tick.C:
		case <-over:
			return nil
		}
		t := corpus.Of(rand.Int64())
		if err := h.timed(ctx, "file a case", func() error {
			_, err := c.CreateTicket(ctx, api.NewTicket{
				Title: t.Title, Description: t.Description, Product: t.Product, ProductVersion: t.Version, Priority: api.Normal,
				Kind: api.Fault, Name: "Anna", Contact: "anna@example.com", Language: t.Language,
			})
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// dial is a person's own connection.
func dial(base, token string) (*client.Client, error) {
	return client.New(base, client.Options{Token: token, HTTP: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1}}})
}
