package staff

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/console/page"
)

// conflict is what somebody typed beside what is there by now.
type conflict struct {
	Version int64 // as it is now
	Action  string
	Lines   []conflictLine
	Fields  []conflictField // all that was typed, to be sent once more
}

type conflictLine struct{ Field, Mine, Now string }

type conflictField struct{ Name, Value string }

// compare says what of the form differs from the ticket as it is now.
func compare(p *page.Request, now api.Ticket) *conflict {
	c := &conflict{Version: now.Version, Action: p.R.URL.Path}
	is := fields(now)
	for name, values := range p.Form {
		for _, v := range values {
			if name != "version" {
				c.Fields = append(c.Fields, conflictField{name, v})
			}
			if v := strings.TrimSpace(v); name != "version" && name != "form" && name != "id" && v != is[name] && (v != "" || is[name] != "") {
				c.Lines = append(c.Lines, conflictLine{name, v, is[name]})
			}
		}
	}
	slices.SortFunc(c.Lines, func(a, b conflictLine) int { return strings.Compare(a.Field, b.Field) })
	slices.SortFunc(c.Fields, func(a, b conflictField) int { return strings.Compare(a.Name, b.Name) })
	return c
}

// fields are a ticket's fields as the form on its page has them.
func fields(t api.Ticket) map[string]string {
	f := map[string]string{
		"title": t.Title, "kind": string(t.Kind), "product": t.Product, "product_version": t.ProductVersion, "module": t.Module,
		"impact": string(t.Impact), "queue": t.Queue, "level": strconv.Itoa(max(t.Level, 1)), "level_at": t.LevelAt, "owner": t.Owner,
		"state": string(t.State), "parent": "", "escalate": "", "organisation": "", "person": "", "installation": "",
		"urgency": string(t.Priority), "watchers": strings.Join(t.Watchers, " "),
	}
	for name, n := range map[string]int64{"parent": t.Parent, "organisation": t.Organisation, "person": t.Person, "installation": t.Installation} {
		if n != 0 {
			f[name] = strconv.FormatInt(n, 10)
		}
	}
	if t.Urgency != nil {
		f["urgency"], f["reason"] = string(t.Urgency.Priority), t.Urgency.Reason
	}
	if t.Escalation != nil {
		f["escalate"] = t.Escalation.Reason
	}
	if t.Waiting != nil {
		f["waiting_for"] = t.Waiting.For
	}
	if t.Closing != nil {
		f["solution"], f["tried"], f["cause"] = t.Closing.Solution, t.Closing.Tried, string(t.Closing.Cause)
	}
	return f
}

// change sets the fields that a form brings and that are others than before.
func change(p *page.Request) error {
	c, err := changes(p)
	if err != nil {
		return err
	}
	return after(p, p.Tell(http.MethodPatch, api.TicketPath(p.Number("n")), c), "")
}

func changes(p *page.Request) (api.TicketChange, error) {
	t, err := p.API.Ticket(p.R.Context(), p.Number("n"))
	if err != nil {
		return api.TicketChange{}, err
	}
	c := api.TicketChange{Version: version(p)}
	was := fields(t)
	// set takes a field when it is in the form and new. On a version that is not
	// the ticket's any more all of them go, for the conflict to be one.
	set := func(name string, to func(string)) {
		values, there := p.Form[name]
		if there && (t.Version != c.Version || strings.TrimSpace(values[0]) != was[name]) {
			to(strings.TrimSpace(values[0]))
		}
	}
	str := func(name string, field **string) { set(name, func(v string) { *field = &v }) }
	id := func(name string, field **int64) {
		set(name, func(v string) {
			n, _ := strconv.ParseInt(v, 10, 64)
			*field = &n
		})
	}
	str("title", &c.Title)
	str("product", &c.Product)
	str("product_version", &c.ProductVersion)
	str("module", &c.Module)
	str("queue", &c.Queue)
	str("level_at", &c.LevelAt)
	str("owner", &c.Owner)
	str("escalate", &c.Escalate)
	id("parent", &c.Parent)
	id("organisation", &c.Organisation)
	id("person", &c.Person)
	id("installation", &c.Installation)
	set("kind", func(v string) { c.Kind = new(api.Kind(v)) })
	set("impact", func(v string) { c.Impact = new(api.Impact(v)) })
	set("level", func(v string) {
		n, _ := strconv.Atoi(v)
		c.Level = &n
	})
	set("watchers", func(v string) { c.Watchers = new(slices.Compact(strings.Fields(strings.ReplaceAll(v, ",", " ")))) })
	set("state", func(v string) { c.State = new(api.State(v)) })
	if c.State != nil && *c.State == api.StateWaitingThird || p.Get("state") == string(api.StateWaitingThird) {
		str("waiting_for", &c.WaitingFor)
	}
	if c.State != nil && *c.State == api.StateWaitingThird && c.WaitingFor == nil {
		c.WaitingFor = new(p.Get("waiting_for"))
	}
	if u := p.Get("urgency"); u != "" && (u != was["urgency"] || p.Get("reason") != was["reason"]) {
		c.Urgency = &api.SetUrgency{Priority: api.Priority(u), Reason: p.Get("reason")}
	}
	return c, nil
}

func version(p *page.Request) int64 {
	v, _ := strconv.ParseInt(p.Get("version"), 10, 64)
	return v
}

// request asks the customer for what is missing.
func request(p *page.Request) error {
	return after(p, p.Tell(http.MethodPost, api.RequestsPath(p.Number("n")), api.Request{Wants: p.Form["want"], Text: p.Get("text")}), "#newest")
}

// closing offers a solution or ends the case.
func closing(p *page.Request) error {
	c := api.CloseTicket{
		Version: version(p), State: api.State(p.Get("state")), Cause: api.Cause(p.Get("cause")), Solution: p.Get("solution"),
		Tried: p.Get("tried"), FirstCheck: p.Get("first_check") != "", Helped: p.Get("helped"),
	}
	return after(p, p.Tell(http.MethodPost, api.ClosePath(p.Number("n")), c), "")
}

func linkBug(p *page.Request) error {
	n := p.Number("n")
	bug, _ := strconv.ParseInt(p.Get("bug"), 10, 64)
	if p.Get("unlink") != "" {
		return after(p, p.API.UnlinkBug(p.R.Context(), bug, n), "")
	}
	_, err := p.API.LinkBug(p.R.Context(), bug, n)
	return after(p, err, "")
}

// requestAccess writes down that a customer is asked for access.
func requestAccess(p *page.Request) error {
	t, err := p.API.Ticket(p.R.Context(), p.Number("n"))
	if err != nil {
		return err
	}
	a := api.NewAccess{Organisation: t.Organisation, Installation: t.Installation, Ticket: t.Number, Why: p.Get("why"), Scope: p.Get("scope")}
	if until := day(p.Get("until")); until != nil {
		a.Until = until.AddDate(0, 0, 1)
	}
	_, err = p.API.RequestAccess(p.R.Context(), a)
	return after(p, err, "")
}
