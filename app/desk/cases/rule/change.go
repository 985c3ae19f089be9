package rule

import (
	"slices"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/reply"
)

// Staff are names of staff by their small letters, as they are written.
type Staff map[string]string

// Names are the names of staff that a change has in it, to be looked up before.
func Names(c api.TicketChange) []string {
	var names []string
	if c.Owner != nil && *c.Owner != "" {
		names = append(names, *c.Owner)
	}
	if c.Watchers != nil {
		names = append(names, *c.Watchers...)
	}
	if c.Plan != nil {
		for _, s := range *c.Plan {
			if s.Owner != "" {
				names = append(names, s.Owner)
			}
		}
	}
	return names[:min(len(names), 2*maxList)]
}

// one gives a name as it is written.
func (s Staff) one(name string) (string, error) {
	known, ok := s[strings.ToLower(strings.TrimSpace(name))]
	if !ok {
		return "", reply.Invalid("%q is not a name of staff", name)
	}
	return known, nil
}

// Change gives a ticket as c makes it. t is not touched. Whether a parent
// exists, and whether it would be a circle, is the caller's to know.
func Change(t api.Ticket, c api.TicketChange, w Who, staff Staff, now time.Time) (api.Ticket, error) {
	for _, step := range []func(*api.Ticket, api.TicketChange, Who, Staff, time.Time) error{
		changeTexts, changeLists, changeUrgency, changeOwner, changeWatchers, changePlace, changeState, changePromises, changePlan, changeEscalation,
	} {
		if err := step(&t, c, w, staff, now); err != nil {
			return t, err
		}
	}
	return t, nil
}

func changeTexts(t *api.Ticket, c api.TicketChange, _ Who, _ Staff, _ time.Time) error {
	for _, f := range []struct {
		name string
		from *string
		to   *string
		most int
		need bool
	}{
		{"title", c.Title, &t.Title, api.MaxTitle, true},
		{"product", c.Product, &t.Product, api.MaxName, false},
		{"product version", c.ProductVersion, &t.ProductVersion, api.MaxName, false},
		{"module", c.Module, &t.Module, api.MaxName, false},
		{"queue", c.Queue, &t.Queue, api.MaxName, false},
		{"other desk", c.LevelAt, &t.LevelAt, api.MaxName, false},
	} {
		if f.from == nil {
			continue
		}
		*f.to = *f.from
		if err := line(f.name, f.to, f.most, f.need); err != nil {
			return err
		}
	}
	if c.Kind != nil {
		t.Kind = *c.Kind
		if err := oneOf("kind", t.Kind, api.Kinds); err != nil {
			return err
		}
	}
	if c.Impact != nil {
		t.Impact = *c.Impact
		if err := oneOf("impact", t.Impact, Impacts); err != nil {
			return err
		}
	}
	return nil
}

func changeLists(t *api.Ticket, c api.TicketChange, _ Who, _ Staff, _ time.Time) (err error) {
	if c.Answers != nil {
		if t.Answers, err = answered(t.Answers, c.Answers); err != nil {
			return err
		}
	}
	if c.Critical != nil {
		t.Critical, err = criticalDates(*c.Critical)
	}
	return err
}

func changeUrgency(t *api.Ticket, c api.TicketChange, w Who, _ Staff, now time.Time) error {
	u := c.Urgency
	if u == nil {
		return nil
	}
	if !w.mine(t.Owner) {
		return errOthers
	}
	reason := u.Reason
	if err := line("reason for the priority", &reason, maxShort, true); err != nil {
		return err
	}
	if u.Priority == "" { // as the customer asked
		t.Urgency = nil
		return nil
	}
	if !u.Priority.Valid() {
		return reply.Invalid("the priority is not one of critical, high, normal, low")
	}
	t.Urgency = &api.Urgency{Priority: u.Priority, Reason: reason, By: w.Author(), At: now.UTC()}
	return nil
}

var errOthers = reply.Refuse(403, api.KindForbidden, "somebody else owns this ticket; a dispatcher may change its owner and its priority")

// changeOwner lets a person take what is nobody's and give away what is theirs.
// To assign others, and to take from others, is a dispatcher's.
func changeOwner(t *api.Ticket, c api.TicketChange, w Who, staff Staff, _ time.Time) (err error) {
	if c.Owner == nil {
		return nil
	}
	to := ""
	if *c.Owner == t.Owner {
		return nil
	}
	if *c.Owner != "" {
		if to, err = staff.one(*c.Owner); err != nil {
			return err
		}
	}
	if to == t.Owner {
		return nil
	}
	if !w.mine(t.Owner) {
		return errOthers
	}
	if t.Owner == "" && !w.mine(to) {
		return reply.Refuse(403, api.KindForbidden, "a dispatcher assigns others; you can take this ticket yourself")
	}
	t.Owner = to
	return nil
}

func changeWatchers(t *api.Ticket, c api.TicketChange, _ Who, staff Staff, _ time.Time) error {
	if c.Watchers == nil {
		return nil
	}
	if len(*c.Watchers) > maxList {
		return reply.Invalid("there are more than %d watchers", maxList)
	}
	before := t.Watchers
	t.Watchers = nil
	for _, name := range *c.Watchers {
		known, err := staff.one(name)
		if slices.Contains(before, name) { // who has left since may stay
			known, err = name, nil
		}
		if err != nil {
			return err
		}
		t.Watchers = append(t.Watchers, known)
	}
	slices.Sort(t.Watchers)
	t.Watchers = slices.Compact(t.Watchers)
	return nil
}

// changePlace is where a ticket belongs: level, family, customer.
func changePlace(t *api.Ticket, c api.TicketChange, _ Who, _ Staff, _ time.Time) error {
	if c.Level != nil {
		if *c.Level < 1 || *c.Level > 3 {
			return reply.Invalid("the level is 1, 2 or 3")
		}
		t.Level = *c.Level
	}
	for _, f := range []struct {
		from, to *int64
	}{{c.Parent, &t.Parent}, {c.Organisation, &t.Organisation}, {c.Person, &t.Person}, {c.Installation, &t.Installation}} {
		if f.from == nil {
			continue
		}
		if *f.from < 0 {
			return reply.Invalid("a number is below 0")
		}
		*f.to = *f.from
	}
	if c.Parent != nil && t.Parent == t.Number {
		return errCircle
	}
	return nil
}

// Circle refuses a parent that stands below its child.
func Circle() error { return errCircle }

var errCircle = reply.Invalid("a ticket cannot stand below itself")

// changeEscalation asks the role that may reprioritise anybody's work to look. Who
// has asked, or a dispatcher, takes it back.
func changeEscalation(t *api.Ticket, c api.TicketChange, w Who, _ Staff, now time.Time) error {
	if c.Escalate == nil {
		return nil
	}
	reason := *c.Escalate
	if err := line("reason for escalating", &reason, maxShort, false); err != nil {
		return err
	}
	if reason == "" {
		if t.Escalation != nil && !w.Dispatcher && t.Escalation.By != w.Author() {
			return reply.Refuse(403, api.KindForbidden, "%s has escalated this ticket; they or a dispatcher can take it back", t.Escalation.By)
		}
		t.Escalation = nil
		return nil
	}
	if t.Escalation != nil && t.Escalation.Reason == reason {
		return nil
	}
	t.Escalation = &api.Escalation{Reason: reason, By: w.Author(), At: now.UTC()}
	return nil
}
