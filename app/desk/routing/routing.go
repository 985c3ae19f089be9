// Package routing says where a case belongs, by the rules of the profile, and sees to it when a case is filed.
package routing

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/routing/fit"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// Config is what Routing is made from. DB and Cases are needed.
type Config struct {
	DB    *db.DB
	Cases cases
	Rules []api.RoutingRule // of the profile, in their order
	Now   func() time.Time
	Log   logger

	Say func(english string) string // the desk's own language; nil is English
}

type logger interface {
	Printf(format string, args ...any)
}

// cases changes tickets, and writes onto their timelines.
type cases interface {
	ChangeIn(ctx context.Context, tx *db.Tx, number int64, change api.TicketChange, by rule.Who) (api.Ticket, error)
	Add(ctx context.Context, tx *db.Tx, by rule.Who, e api.Entry, uid string, content []byte) (api.Entry, bool, error)
}

// Routing says where cases belong.
type Routing struct{ cfg Config }

// New makes Routing.
func New(cfg Config) *Routing {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Say == nil {
		cfg.Say = func(english string) string { return english }
	}
	return &Routing{cfg}
}

// Routes are the endpoints.
func (x *Routing) Routes() []gate.Route {
	return []gate.Route{
		{Method: "GET", Path: api.PathRules, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: x.rules, Doc: gate.Doc{Says: "Read the rules by which cases are routed", Out: api.RoutingRules{}}},
		{Method: "POST", Path: api.PathRulesTry, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: x.try, Doc: gate.Doc{Says: "Try the rules with a case", In: api.RoutingCase{}, Out: api.Routing{}}},
		{Method: "GET", Path: api.PathRouting, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: x.routing, Doc: gate.Doc{Says: "Read where a ticket belongs, and who has solved similar ones", Out: api.Routing{}}},
	}
}

func (x *Routing) rules(w http.ResponseWriter, _ *http.Request, _ gate.Caller) error {
	return reply.JSON(w, http.StatusOK, api.RoutingRules{Rules: append([]api.RoutingRule{}, x.cfg.Rules...)})
}

func (x *Routing) try(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	var c api.RoutingCase
	if err := reply.Read(w, r, &c); err != nil {
		return err
	}
	if len(c.Signs) > api.MaxSigns || len(c.Findings) > 1000 {
		return reply.Invalid("there are too many signs or findings")
	}
	for _, err := range []error{
		form.Line("title", &c.Title, api.MaxTitle, false),
		form.Text("description", &c.Description, api.MaxDescription, false),
	} {
		if err != nil {
			return err
		}
	}
	return reply.JSON(w, http.StatusOK, x.judge(c))
}

// judge is what the rules say of a case.
func (x *Routing) judge(c api.RoutingCase) api.Routing {
	one, why, ok := fit.Match(x.cfg.Rules, c)
	if !ok {
		return api.Routing{}
	}
	said := api.Routing{Rule: one.ID, Queue: one.Queue, Owner: one.Owner, Set: one.Set}
	for _, reason := range why {
		said.Why = append(said.Why, x.cfg.Say(words[reason.By])+" "+reason.Value)
	}
	return said
}

// words are what reasons are called, in English.
var words = map[string]string{
	fit.ByProduct: "product", fit.ByModule: "module", fit.ByWords: "words", fit.ByOrganisation: "organisation", fit.ByFinding: "finding", fit.ByKind: "kind",
}

// wordRule stands before a rule's name.
const wordRule = "Routing rule"

// Texts are the English texts that are said in every language.
func Texts() []string {
	list := []string{wordRule}
	for _, w := range words {
		list = append(list, w)
	}
	return list
}

func (x *Routing) routing(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	t, err := tickets.Read(r.Context(), x.cfg.DB, c.Number)
	if err != nil {
		return err
	}
	as, err := caseOf(r.Context(), x.cfg.DB, t)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, x.judge(as))
}

// caseOf is a ticket as the rules see it.
func caseOf(ctx context.Context, q db.Querier, t api.Ticket) (api.RoutingCase, error) {
	c := api.RoutingCase{Title: t.Title, Description: t.Description, Product: t.Product, Module: t.Module, Findings: t.Findings, Signs: t.Signs, Kind: t.Kind}
	for _, a := range t.Answers {
		c.Description += "\n" + a.Text
	}
	if t.Organisation == 0 {
		return c, nil
	}
	err := db.Named(q.QueryRowContext(ctx, "SELECT name FROM organisations WHERE id = ?", t.Organisation).Scan(&c.Organisation))
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		return c, fmt.Errorf("read organisation %d: %w", t.Organisation, err)
	}
	return c, nil
}

// Follow applies the rules to what was filed: a journal's consumer.
func (x *Routing) Follow(ctx context.Context, tx *db.Tx, e journal.Entry) error {
	if e.Action != "ticket.filed" || len(x.cfg.Rules) == 0 {
		return nil
	}
	t, err := tickets.Read(ctx, tx, e.Ticket)
	if errors.Is(err, db.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	c, err := caseOf(ctx, tx, t)
	if err != nil {
		return err
	}
	if said := x.judge(c); said.Rule != "" && said.Set {
		return x.apply(ctx, tx, t, said)
	}
	return nil
}

// apply sets what nobody has set, and says on the timeline why. An owner who
// is not there is left out: the queue's people see it, and so does the log.
func (x *Routing) apply(ctx context.Context, tx *db.Tx, t api.Ticket, said api.Routing) error {
	by := rule.Who{Actor: api.Actor{Kind: api.ActorRule, Name: said.Rule}, Dispatcher: true}
	change := api.TicketChange{Version: t.Version}
	if said.Queue != "" && t.Queue == "" {
		change.Queue = &said.Queue
	}
	if said.Owner != "" && t.Owner == "" {
		change.Owner = &said.Owner
	}
	if change.Queue == nil && change.Owner == nil {
		return nil
	}
	_, err := x.cfg.Cases.ChangeIn(ctx, tx, t.Number, change, by)
	var refused *reply.Refusal
	if errors.As(err, &refused) && refused.Status == http.StatusUnprocessableEntity && change.Owner != nil {
		x.cfg.Log.Printf("routing: rule %q: owner %q: %v", said.Rule, said.Owner, err)
		if change.Owner = nil; change.Queue == nil {
			return nil
		}
		_, err = x.cfg.Cases.ChangeIn(ctx, tx, t.Number, change, by)
	}
	if err != nil {
		return err
	}
	text := fmt.Sprintf("%s “%s”: %s", x.cfg.Say(wordRule), said.Rule, strings.Join(said.Why, ", "))
	_, _, err = x.cfg.Cases.Add(ctx, tx, by, api.Entry{Ticket: t.Number, At: x.cfg.Now(), Kind: api.EntryNote, By: by.Author(), Text: text}, "", nil)
	return err
}
