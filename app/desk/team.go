package desk

import (
	"context"
	"slices"
	"sync"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/board"
	"github.com/beistand/beistand/app/desk/bugs"
	"github.com/beistand/beistand/app/desk/cases"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/customers"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/knowledge"
	"github.com/beistand/beistand/app/desk/numbers"
	"github.com/beistand/beistand/app/desk/search"
	"github.com/beistand/beistand/app/desk/store/db"
)

// team is what a team works with beside tickets: whose they are, which bugs
// they are about, and what is to be done next.
type team struct {
	customers *customers.Customers
	bugs      *bugs.Bugs
	board     *board.Board
	numbers   *numbers.Numbers
}

func (s *Server) newTeam() team {
	d, now, log := s.store.DB(), s.cfg.seams.now, s.cfg.Log
	return team{
		customers: customers.New(customers.Config{DB: d, Log: log, Now: now, Journal: s.journal}),
		bugs:      bugs.New(bugs.Config{DB: d, Log: log, Now: now, Journal: s.journal, Similar: s.similarBugs, Post: s.post}),
		board:     board.New(board.Config{DB: d, Log: log, Now: now, Journal: s.journal, Cases: many{s.cases}}),
		numbers:   numbers.New(numbers.Config{DB: d, Log: log, Now: now}),
	}
}

func (t team) routes() []gate.Route {
	return slices.Concat(t.customers.Routes(), t.bugs.Routes(), t.board.Routes(), t.numbers.Routes())
}

// run keeps going what is done by itself, until ctx ends.
func (t team) run(ctx context.Context, j *journal.Journal, all *sync.WaitGroup) {
	for name, fn := range map[string]func(context.Context, *db.Tx, journal.Entry) error{
		customers.Consumer: t.customers.Arrived,
		bugs.Consumer:      t.bugs.Arrived,
		numbers.Consumer:   t.numbers.Arrived,
	} {
		all.Go(func() { _ = j.Consume(ctx, name, fn) }) // which ends with ctx, and not otherwise
	}
	all.Go(func() { t.bugs.Run(ctx) })
	all.Go(func() { t.numbers.Run(ctx) })
	all.Go(func() { t.customers.Run(ctx) })
}

// similarBugs are the bugs that a ticket is similar to, the best first.
func (s *Server) similarBugs(ctx context.Context, t api.Ticket) ([]api.Match, error) {
	list, err := s.knowledge.Similar(ctx, knowledge.QueryOf(t, 5), []search.Room{search.Bugs}, 0)
	return list.Matches, err
}

// post writes an entry as cases do. What a rule says leaves a new ticket new:
// nobody has looked yet.
func (s *Server) post(ctx context.Context, tx *db.Tx, by api.Actor, e api.Entry) (api.Entry, error) {
	who := rule.Who{Actor: by, Name: e.Name}
	if by.Kind == api.ActorStaff {
		return s.cases.Tell(ctx, tx, who, e)
	}
	e, _, err := s.cases.Add(ctx, tx, who, e, "", nil)
	return e, err
}

// many changes tickets one by one, each as its own page would.
type many struct{ *cases.Cases }

func (m many) Change(ctx context.Context, by gate.Caller, number int64, change api.TicketChange) (api.Ticket, error) {
	w := rule.Who{Actor: by.Actor(), Dispatcher: by.Has(api.RoleDispatcher)}
	if by.Staff != nil {
		w.Name = by.Staff.DisplayName
	}
	return m.Cases.Change(ctx, number, change, w)
}
