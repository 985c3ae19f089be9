package rule

import (
	"crypto/rand"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/reply"
)

// changePromises takes the list as it shall be. Who has promised is the author
// of a promise that was not there before.
func changePromises(t *api.Ticket, c api.TicketChange, w Who, _ Staff, _ time.Time) error {
	if c.Promises == nil {
		return nil
	}
	if len(*c.Promises) > maxPromises {
		return reply.Invalid("there are more than %d promises", maxPromises)
	}
	before := t.Promises
	t.Promises = nil
	for _, p := range *c.Promises {
		if err := line("what is promised", &p.What, api.MaxName, true); err != nil {
			return err
		}
		for _, at := range []*time.Time{&p.Due, p.Kept, p.Remind} {
			if at != nil && !plausible(*at) {
				return reply.Invalid("the dates of a promise are between the years 2000 and 2200")
			}
		}
		p.By = w.Author()
		for _, b := range before {
			if b.What == p.What && b.Due.Equal(p.Due) {
				p.By = b.By
			}
		}
		utc(&p.Due)
		if p.Kept != nil {
			at := *p.Kept
			utc(&at)
			p.Kept = &at
		}
		if p.Remind != nil {
			at := *p.Remind
			utc(&at)
			p.Remind = &at
		}
		t.Promises = append(t.Promises, p)
	}
	return nil
}

// utc is a time as it will be read again.
func utc(t *time.Time) { *t = t.UTC().Truncate(time.Microsecond) }

func plausible(t time.Time) bool { return t.Year() >= 2000 && t.Year() <= 2200 }

// changePlan takes the list as it shall be. A step keeps who has done it; a
// step that is done now was done by who says so.
func changePlan(t *api.Ticket, c api.TicketChange, w Who, staff Staff, now time.Time) error {
	if c.Plan == nil {
		return nil
	}
	if len(*c.Plan) > maxList {
		return reply.Invalid("the plan has more than %d steps", maxList)
	}
	before := map[string]api.Step{}
	for _, s := range t.Plan {
		before[s.ID] = s
	}
	t.Plan = nil
	seen := map[string]bool{}
	for _, s := range *c.Plan {
		old, known := before[s.ID]
		if s.ID == "" {
			s.ID = rand.Text()[:10]
		} else if !known || seen[s.ID] {
			return reply.Invalid("the plan has no step %q, or has it twice; a new one has an empty id", s.ID)
		}
		seen[s.ID] = true
		if err := line("step", &s.Text, maxShort, true); err != nil {
			return err
		}
		if s.Owner != "" && s.Owner != old.Owner { // who has left since may stay
			name, err := staff.one(s.Owner)
			if err != nil {
				return err
			}
			s.Owner = name
		}
		if s.Due != "" && !day(s.Due) {
			return reply.Invalid("a step is due on a day such as 2026-11-30")
		}
		switch {
		case s.Done == nil:
			s.By = ""
		case old.Done != nil:
			s.Done, s.By = old.Done, old.By
		default:
			at := now.UTC()
			s.Done, s.By = &at, w.Author()
		}
		t.Plan = append(t.Plan, s)
	}
	return nil
}
