package cases

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// Limits of a question for tickets.
const (
	maxText   = 400 // bytes
	maxWords  = 16
	maxValues = 50              // of one field
	maxValue  = 4 * api.MaxName // bytes
	atOnce    = 1000            // tickets that have a text and are narrowed down in one step
	maxLooked = 20_000          // in all
)

// List gives the tickets that q selects, as lists show them.
func (c *Cases) List(ctx context.Context, q api.TicketQuery) ([]api.Ticket, error) {
	if q.Limit == 0 {
		q.Limit = 50
	}
	list, err := c.found(ctx, q)
	if err != nil {
		return nil, err
	}
	now := c.cfg.Now()
	for i := range list {
		t := &list[i]
		t.Suggested = rule.Suggest(t.Priority, t.Impact, t.Critical, now)
		t.Critical = nil
		if text := []rune(t.Description); len(text) > api.MaxExcerpt {
			t.Description = string(text[:api.MaxExcerpt]) + "…"
		}
	}
	return list, nil
}

// found are the tickets of q. Those that have its text are found elsewhere, newest
// first, and narrowed down here, until there are enough or it has no more.
func (c *Cases) found(ctx context.Context, q api.TicketQuery) ([]api.Ticket, error) {
	d := c.cfg.Store.DB()
	if strings.TrimSpace(q.Text) == "" || c.cfg.Texts == nil {
		return tickets.List(ctx, d, tickets.Query{TicketQuery: q})
	}
	list, before, some := []api.Ticket{}, q.Before, q.Limit
	for looked := 0; looked < maxLooked; looked += some {
		if looked > 0 {
			some = atOnce
		}
		numbers, err := c.cfg.Texts.Numbers(ctx, q.Text, before, some)
		if err != nil {
			return nil, err
		}
		w := tickets.Query{TicketQuery: q, Numbers: append([]int64{}, numbers...)} // never nil: that is all there is
		w.Limit = q.Limit - len(list)
		more, err := tickets.List(ctx, d, w)
		if err != nil {
			return nil, err
		}
		if list = append(list, more...); len(list) == q.Limit || len(numbers) < some {
			break
		}
		before = numbers[len(numbers)-1]
	}
	return list, nil
}

// query reads an api.TicketQuery as api.TicketQuery.Values writes it. Names that
// it does not know are passed over.
func query(raw string) (api.TicketQuery, error) {
	v, err := url.ParseQuery(raw)
	if err != nil {
		return api.TicketQuery{}, reply.BadRequest("the query is not well formed")
	}
	q := api.TicketQuery{Text: v.Get("text"), Watcher: v.Get("watcher"), Cause: api.Cause(v.Get("cause"))}
	if len(q.Text) > maxText || !utf8.ValidString(q.Text) || len(strings.Fields(q.Text)) > maxWords {
		return q, reply.BadRequest("text is at most %d bytes and %d words", maxText, maxWords)
	}
	for name, values := range v {
		if len(values) > maxValues {
			return q, reply.BadRequest("%s has more than %d values", name, maxValues)
		}
		for _, one := range values {
			if len(one) > maxValue || !utf8.ValidString(one) || strings.ContainsRune(one, 0) {
				return q, reply.BadRequest("a value of %s is too long, or no text", name)
			}
		}
	}
	if q.Cause != "" && !slices.Contains(api.Causes, q.Cause) {
		return q, reply.BadRequest("the cause is not one that there is")
	}
	if q.Escalated, err = flag(v, "escalated"); err != nil {
		return q, err
	}
	for name, to := range map[string]*int64{"before": &q.Before, "organisation": &q.Organisation, "bug": &q.Bug, "parent": &q.Parent} {
		if *to, err = whole(v, name); err != nil {
			return q, err
		}
	}
	limit, err := whole(v, "limit")
	if err != nil || limit > 200 {
		return q, reply.BadRequest("limit is 1 to 200")
	}
	if q.Limit = int(limit); q.Limit == 0 {
		q.Limit = 50
	}
	for name, to := range map[string]**time.Time{"due_before": &q.DueBefore, "created_from": &q.CreatedFrom, "created_to": &q.CreatedTo} {
		if *to, err = when(v, name); err != nil {
			return q, err
		}
	}
	q.Queues, q.Owners, q.Products, q.Modules = v["queues"], v["owners"], v["products"], v["modules"]
	return q, chosen(v, &q)
}

// chosen reads the fields that have words of their own.
func chosen(v url.Values, q *api.TicketQuery) (err error) {
	if q.States, err = among(v, "states", api.States); err != nil {
		return err
	}
	if q.Kinds, err = among(v, "kinds", api.Kinds); err != nil {
		return err
	}
	if q.Priorities, err = among(v, "priorities", api.Priorities); err != nil {
		return err
	}
	for _, l := range v["levels"] {
		level, err := strconv.Atoi(l)
		if err != nil || level < 1 || level > 3 {
			return reply.BadRequest("levels are 1, 2 and 3")
		}
		q.Levels = append(q.Levels, level)
	}
	return nil
}

func among[T ~string](v url.Values, name string, all []T) (list []T, err error) {
	for _, one := range v[name] {
		if !slices.Contains(all, T(one)) {
			return nil, reply.BadRequest("%q is not one of the %s", one, name)
		}
		list = append(list, T(one))
	}
	return list, nil
}

func whole(v url.Values, name string) (int64, error) {
	text := v.Get(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, reply.BadRequest("%s is a whole number from 0", name)
	}
	return n, nil
}

func flag(v url.Values, name string) (bool, error) {
	text := v.Get(name)
	if text == "" {
		return false, nil
	}
	is, err := strconv.ParseBool(text)
	if err != nil {
		return false, reply.BadRequest("%s is true or false", name)
	}
	return is, nil
}

func when(v url.Values, name string) (*time.Time, error) {
	text := v.Get(name)
	if text == "" {
		return nil, nil
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil || t.Year() < 1970 || t.Year() > 9999 {
		return nil, reply.BadRequest("%s is a time such as 2026-11-30T08:00:00Z", name)
	}
	return &t, nil
}
