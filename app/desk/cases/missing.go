package cases

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
	"github.com/beistand/beistand/assets"
)

func (c *Cases) showTemplates(w http.ResponseWriter, _ *http.Request, _ gate.Caller) error {
	return reply.JSON(w, http.StatusOK, c.templates.Templates())
}

func (c *Cases) completeness(w http.ResponseWriter, r *http.Request, caller gate.Caller) error {
	var out api.Completeness
	err := c.cfg.Store.DB().View(r.Context(), func(tx *db.Tx) error {
		t, err := tickets.Read(r.Context(), tx, caller.Number)
		if err != nil {
			return err
		}
		language := t.Language
		if caller.Inside() {
			language = accepted(r)
		}
		out, err = c.needs(r.Context(), tx, t, language)
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, out)
}

// needs is what a ticket needs and lacks, and when its customer was asked last.
func (c *Cases) needs(ctx context.Context, q db.Querier, t api.Ticket, language string) (api.Completeness, error) {
	have, err := tickets.Collectors(ctx, q, t.Number)
	if err != nil {
		return api.Completeness{}, err
	}
	out := c.templates.Needs(t, have, language)
	asked, err := tickets.LastRequest(ctx, q, t.Number)
	if errors.Is(err, db.ErrNotFound) {
		return out, nil
	}
	out.Asked = &asked.At
	return out, err
}

// accepted is the first language of a request's reader that the desk has.
func accepted(r *http.Request) string {
	for one := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(one, ";")
		short, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if slices.Contains(assets.Languages, short) {
			return short
		}
	}
	return assets.Languages[0]
}

// request asks the customer for what is missing.
func (c *Cases) request(w http.ResponseWriter, r *http.Request, caller gate.Caller) error {
	var asked api.Request
	if err := reply.Read(w, r, &asked); err != nil {
		return err
	}
	if err := rule.Asked(&asked); err != nil {
		return err
	}
	by := who(caller)
	var e api.Entry
	err := c.tx(r.Context(), func(tx *db.Tx) error {
		t, err := tickets.Read(r.Context(), tx, caller.Number)
		if err != nil {
			return err
		}
		needs, err := c.needs(r.Context(), tx, t, t.Language)
		if err != nil {
			return err
		}
		wants, err := rule.Wanted(needs, asked.Wants)
		if err != nil {
			return err
		}
		text := asked.Text
		if text == "" {
			text = say(t.Language, textNeeded, nil)
		}
		e = api.Entry{
			Ticket: t.Number, At: c.cfg.Now().UTC(), Kind: api.EntryRequest, Public: true, By: by.Author(), Name: by.Name, Text: text, Wants: wants,
		}
		if e, _, err = c.Add(r.Context(), tx, by, e, "", nil); err != nil {
			return err
		}
		_, err = c.turn(r.Context(), tx, t.Number, asRead(asked.Version), by, false, func(t api.Ticket, now time.Time) (api.Ticket, error) { return rule.Ask(t, now) })
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusCreated, e)
}

// answers takes what the customer answers to what was asked. When nothing of
// what they were asked for last is missing any more, they are not waited for any longer.
func (c *Cases) answers(w http.ResponseWriter, r *http.Request, caller gate.Caller) error {
	if err := c.cfg.Saying(caller.Number); err != nil {
		return err
	}
	var given api.Answers
	if err := reply.Read(w, r, &given); err != nil {
		return err
	}
	var t api.Ticket
	err := c.tx(r.Context(), func(tx *db.Tx) error {
		before, err := tickets.Read(r.Context(), tx, caller.Number)
		if err != nil {
			return err
		}
		t, err = c.turn(r.Context(), tx, caller.Number, asRead(given.Version), customer(before), true, func(t api.Ticket, now time.Time) (api.Ticket, error) {
			next, err := rule.Answered(t, given)
			if err != nil {
				return t, err
			}
			done, err := c.Fulfilled(r.Context(), tx, next)
			if err == nil && done {
				next, _ = rule.Heard(next, now)
			}
			return next, err
		})
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, t)
}

// Fulfilled says whether a ticket that waits for its customer has all that they
// were asked for last. Who was asked for nothing in particular has given it.
func (c *Cases) Fulfilled(ctx context.Context, tx *db.Tx, t api.Ticket) (bool, error) {
	if t.State != api.StateWaitingCustomer {
		return false, nil
	}
	asked, err := tickets.LastRequest(ctx, tx, t.Number)
	if errors.Is(err, db.ErrNotFound) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	needs, err := c.needs(ctx, tx, t, t.Language)
	if err != nil {
		return false, err
	}
	for _, want := range asked.Wants {
		if slices.ContainsFunc(needs.Missing, func(m api.Want) bool { return m.ID == want.ID }) {
			return false, nil
		}
	}
	return true, nil
}
