package board

import (
	"net/http"
	"slices"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	kept "github.com/beistand/beistand/app/desk/store/board"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// dueWithin is how soon a promise is due when it comes into view.
const dueWithin = 24 * time.Hour

// viewsOf are the views of a member of staff with these queues. A program has no
// name: nothing is its own.
func viewsOf(name string, queues []string, now time.Time) []api.View {
	due := now.Add(dueWithin).UTC().Truncate(time.Second)
	return []api.View{
		{Key: api.ViewMine, Query: api.TicketQuery{States: kept.Open, Owners: []string{name}}, None: name == ""},
		{Key: api.ViewTeam, Query: api.TicketQuery{States: kept.Open, Queues: queues}, None: len(queues) == 0},
		{Key: api.ViewUnowned, Query: api.TicketQuery{States: kept.Open, Owners: []string{"-"}}},
		{Key: api.ViewWaiting, Query: api.TicketQuery{States: []api.State{api.StateWaitingCustomer, api.StateWaitingThird}}},
		{Key: api.ViewDue, Query: api.TicketQuery{States: kept.Open, DueBefore: &due}},
		{Key: api.ViewEscalated, Query: api.TicketQuery{States: kept.Open, Escalated: true}},
	}
}

func (b *Board) views(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var list api.ViewList
	name := c.StaffName()
	err := b.cfg.DB.View(r.Context(), func(tx *db.Tx) error {
		queues, err := kept.QueuesOf(r.Context(), tx, name)
		if err != nil {
			return err
		}
		list = api.ViewList{Queues: append([]string{}, queues...), Views: viewsOf(name, queues, b.cfg.Now())}
		for i := range list.Views {
			v := &list.Views[i]
			if v.None {
				continue
			}
			if v.Count, err = kept.Count(r.Context(), tx, v.Query, api.MaxCount); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, list)
}

func (b *Board) board(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	v := form.QueryOf(r)
	q := api.BoardQuery{By: v.Text("by", 20), Queues: v.Texts("queue", 4*api.MaxName)}
	if q.By == "" {
		q.By = api.BoardByState
	}
	if v.Err != nil {
		return v.Err
	}
	if q.By != api.BoardByState && q.By != api.BoardByOwner {
		return reply.BadRequest("a board is by state or by owner")
	}
	var made api.Board
	err := b.cfg.DB.View(r.Context(), func(tx *db.Tx) error {
		made = api.Board{By: q.By, Columns: []api.Column{}}
		columns := map[string]api.TicketQuery{}
		keys := []string{}
		if q.By == api.BoardByState {
			for _, s := range kept.Open {
				keys = append(keys, string(s))
				columns[string(s)] = api.TicketQuery{States: []api.State{s}, Queues: q.Queues}
			}
		} else {
			owners, err := kept.Owners(r.Context(), tx, q.Queues)
			if err != nil {
				return err
			}
			for _, o := range owners {
				name := o
				if name == "" {
					name = "-"
				}
				columns[o] = api.TicketQuery{States: kept.Open, Owners: []string{name}, Queues: q.Queues}
			}
			keys = owners
		}
		for _, key := range keys {
			column, err := b.column(r, tx, key, columns[key], q.By == api.BoardByState)
			if err != nil {
				return err
			}
			made.Columns = append(made.Columns, column)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, made)
}

// column is one of a board's; only one by state is counted.
func (b *Board) column(r *http.Request, tx *db.Tx, key string, q api.TicketQuery, count bool) (api.Column, error) {
	c := api.Column{Key: key, Tickets: []api.Ticket{}}
	numbers, err := kept.First(r.Context(), tx, q, api.MaxColumn+1)
	if err != nil {
		return c, err
	}
	if c.More = len(numbers) > api.MaxColumn; c.More {
		numbers = numbers[:api.MaxColumn]
	}
	if len(numbers) > 0 {
		c.Tickets, err = tickets.List(r.Context(), tx, tickets.Query{TicketQuery: api.TicketQuery{Limit: len(numbers)}, Numbers: numbers})
		if err != nil {
			return c, err
		}
		place := map[int64]int{}
		for i, n := range numbers {
			place[n] = i
		}
		slices.SortFunc(c.Tickets, func(x, y api.Ticket) int { return place[x.Number] - place[y.Number] })
	}
	for i := range c.Tickets {
		c.Tickets[i].Description = "" // the ticket's own page has it
	}
	if count {
		n, err := kept.Count(r.Context(), tx, q, api.MaxCount)
		if err != nil {
			return c, err
		}
		c.Total = &n
	}
	return c, nil
}
