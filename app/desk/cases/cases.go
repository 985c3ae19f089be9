// Package cases is a case from report to its end: filing, changes, the timeline, what is missing, closing.
package cases

import (
	"context"
	"net/http"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/cases/template"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Config is what cases are made from. Store and Now are needed.
type Config struct {
	Store     *store.Store
	Now       func() time.Time
	TokenTTL  time.Duration // how long a ticket's token holds
	Templates api.Templates // of the profile; without any the built-in ones hold
	Language  string        // of what the desk writes for its own staff; "" is English

	Admit  func(*http.Request) error // bounds filing by who is no staff; nil: it is not bounded
	Saying func(ticket int64) error  // bounds what a ticket's customer writes; nil likewise
	Texts  Texts                     // nil: the words of title and description are looked for
	Kick   func()                    // tells that the journal has more, nil: nobody is told
	Fill   []Fill                    // what else is known of a ticket, for staff alone
	Check  Check                     // nil: what a ticket refers to is not looked at
}

// Texts finds tickets by words: the numbers of those that have all of them, the
// highest first, below before (0: all), at most limit.
type Texts interface {
	Numbers(ctx context.Context, text string, before int64, limit int) ([]int64, error)
}

// Fill adds to a ticket what is kept elsewhere.
type Fill func(ctx context.Context, tx *db.Tx, t *api.Ticket) error

// Check refuses a ticket that refers to what is not there: an organisation, a
// person, an installation.
type Check func(ctx context.Context, tx *db.Tx, t api.Ticket) error

// Cases answers for cases.
type Cases struct {
	cfg       Config
	templates template.Set
}

// New makes Cases.
func New(cfg Config) *Cases {
	if cfg.Language == "" {
		cfg.Language = "en"
	}
	if cfg.Admit == nil {
		cfg.Admit = func(*http.Request) error { return nil }
	}
	if cfg.Saying == nil {
		cfg.Saying = func(int64) error { return nil }
	}
	return &Cases{cfg: cfg, templates: template.New(cfg.Templates)}
}

// Routes are the endpoints.
func (c *Cases) Routes() []gate.Route {
	return []gate.Route{
		{Method: "POST", Path: api.PathTickets, Who: gate.Everybody, Handle: c.create, Doc: gate.Doc{Says: "File a ticket", In: api.NewTicket{}, Out: api.CreatedTicket{}, OK: http.StatusCreated}},
		{Method: "GET", Path: api.PathTickets, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: c.list, Doc: gate.Doc{Says: "List tickets, newest first", Query: listParams, Out: api.TicketList{}}},
		{Method: "GET", Path: api.PathTicket, Who: gate.TicketParty, Scope: api.ScopeRead, Handle: c.show, Doc: gate.Doc{Says: "Read a ticket", Out: api.Ticket{}}},
		{Method: "PATCH", Path: api.PathTicket, Who: gate.StaffOnly, Scope: api.ScopeWrite, Handle: c.patch, Doc: gate.Doc{Says: "Change a ticket", In: api.TicketChange{}, Out: api.Ticket{}}},
		{Method: "GET", Path: api.PathEntries, Who: gate.TicketParty, Scope: api.ScopeRead, Handle: c.timeline, Doc: gate.Doc{Says: "Read a ticket's timeline", Query: timelineParams, Out: api.Timeline{}}},
		{Method: "POST", Path: api.PathEntries, Who: gate.TicketParty, Scope: api.ScopeWrite, Handle: c.write, Doc: gate.Doc{Says: "Write onto a ticket's timeline", In: api.NewEntry{}, Out: api.Added{}, OK: http.StatusCreated}},
		{Method: "GET", Path: api.PathCompleteness, Who: gate.TicketParty, Scope: api.ScopeRead, Handle: c.completeness, Doc: gate.Doc{Says: "Say what a ticket still needs", Out: api.Completeness{}}},
		{Method: "POST", Path: api.PathRequests, Who: gate.StaffOnly, Scope: api.ScopeWrite, Handle: c.request, Doc: gate.Doc{Says: "Ask the customer for what is missing", In: api.Request{}, Out: api.Entry{}, OK: http.StatusCreated}},
		{Method: "POST", Path: api.PathClose, Who: gate.StaffOnly, Scope: api.ScopeWrite, Handle: c.end, Doc: gate.Doc{Says: "End a case, or offer a solution", In: api.CloseTicket{}, Out: api.Ticket{}}},
		{Method: "POST", Path: api.PathSolution, Who: gate.OwnTicket, Handle: c.solution, Doc: gate.Doc{Says: "Say as the customer that it is solved, or not", In: api.OwnSolution{}, Out: api.Ticket{}}},
		{Method: "PATCH", Path: api.PathAnswers, Who: gate.OwnTicket, Handle: c.answers, Doc: gate.Doc{Says: "Answer as the customer what was asked", In: api.Answers{}, Out: api.Ticket{}}},
		{Method: "GET", Path: api.PathTemplates, Who: gate.Anyone, Handle: c.showTemplates, Doc: gate.Doc{Says: "Read what each kind of ticket asks", Out: api.Templates{}}},
	}
}

var timelineParams = []gate.Param{
	{Name: "before", Says: "entries with smaller IDs"},
	{Name: "after", Says: "entries with greater IDs"},
	{Name: "limit", Says: "how many"},
}

// listParams are TicketQuery's fields.
var listParams = []gate.Param{
	{Name: "text", Says: "words that it has, at most 16"},
	{Name: "before", Says: "numbers below this one"},
	{Name: "limit", Says: "1 to 200; 50 if not given"},
	{Name: "states", Many: true},
	{Name: "kinds", Many: true},
	{Name: "priorities", Many: true},
	{Name: "queues", Many: true},
	{Name: "levels", Many: true},
	{Name: "owners", Says: "staff names; - is nobody", Many: true},
	{Name: "watcher"},
	{Name: "products", Many: true},
	{Name: "modules", Many: true},
	{Name: "organisation"},
	{Name: "bug"},
	{Name: "parent"},
	{Name: "cause"},
	{Name: "escalated", Says: "true"},
	{Name: "due_before"},
	{Name: "created_from"},
	{Name: "created_to"},
}

// who is a caller, as the rules see them.
func who(c gate.Caller) rule.Who {
	return rule.Who{Actor: c.Actor(), Name: c.Shown(), Dispatcher: c.Has(api.RoleDispatcher)}
}

// customer is a ticket's customer as who does something.
func customer(t api.Ticket) rule.Who {
	return rule.Who{Actor: api.Actor{Kind: api.ActorCustomer}, Name: t.Name}
}
