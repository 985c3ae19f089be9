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

	Admit   func(*http.Request) error // bounds filing, nil: it is not bounded
	Texts   Texts                     // nil: the words of title and description are looked for
	Journal Journal                   // nil: nothing is written down
	Fill    []Fill                    // what else is known of a ticket, for staff alone
	Check   Check                     // nil: what a ticket refers to is not looked at
}

// Texts finds tickets by words: their numbers, at most limit. It is asked only
// for a text that is not empty.
type Texts interface {
	Numbers(ctx context.Context, text string, limit int) ([]int64, error)
}

// Journal writes down who has done what, in the transaction that does it. Kick
// is called once that is on disk.
type Journal interface {
	Write(ctx context.Context, tx *db.Tx, at time.Time, by api.Actor, ticket int64, action, subject string, detail any) error
	Kick()
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
	return &Cases{cfg: cfg, templates: template.New(cfg.Templates)}
}

// Routes are the endpoints.
func (c *Cases) Routes() []gate.Route {
	return []gate.Route{
		{Method: "POST", Path: api.PathTickets, Who: gate.Anyone, Handle: c.create},
		{Method: "GET", Path: api.PathTickets, Who: gate.StaffOnly, Handle: c.list},
		{Method: "GET", Path: api.PathTicket, Who: gate.TicketParty, Handle: c.show},
		{Method: "PATCH", Path: api.PathTicket, Who: gate.StaffOnly, Handle: c.patch},
		{Method: "GET", Path: api.PathEntries, Who: gate.TicketParty, Handle: c.timeline},
		{Method: "POST", Path: api.PathEntries, Who: gate.TicketParty, Handle: c.write},
		{Method: "GET", Path: api.PathCompleteness, Who: gate.TicketParty, Handle: c.completeness},
		{Method: "POST", Path: api.PathRequests, Who: gate.StaffOnly, Handle: c.request},
		{Method: "POST", Path: api.PathClose, Who: gate.StaffOnly, Handle: c.end},
		{Method: "POST", Path: api.PathSolution, Who: gate.OwnTicket, Handle: c.solution},
		{Method: "PATCH", Path: api.PathAnswers, Who: gate.OwnTicket, Handle: c.answers},
		{Method: "GET", Path: api.PathTemplates, Who: gate.Anyone, Handle: c.showTemplates},
	}
}

// who is a caller, as the rules see them.
func who(c gate.Caller) rule.Who {
	w := rule.Who{Actor: c.Actor(), Dispatcher: c.Has(api.RoleDispatcher)}
	if c.Staff != nil {
		w.Name = c.Staff.DisplayName
	}
	return w
}

// customer is a ticket's customer as who does something.
func customer(t api.Ticket) rule.Who {
	return rule.Who{Actor: api.Actor{Kind: api.ActorCustomer}, Name: t.Name}
}
