package tickets

import (
	"strings"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
)

// conditions are put together by AND.
type conditions struct {
	texts []string
	args  []any
}

func (c *conditions) add(text string, args ...any) {
	c.texts = append(c.texts, text)
	c.args = append(c.args, args...)
}

// in wants one of values; none wants nothing.
func (c *conditions) in(column string, values []any) {
	switch len(values) {
	case 0:
	case 1:
		c.add(column+" = ?", values[0])
	default:
		c.add(column+" IN ("+marks(len(values))+")", values...)
	}
}

func (c *conditions) where() string {
	if len(c.texts) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.texts, " AND ")
}

// plain adds all conditions that want one value.
func (w Query) plain(c *conditions) {
	if w.Before > 0 {
		c.add("number < ?", w.Before)
	}
	switch {
	case w.Numbers != nil && len(w.Numbers) == 0:
		c.add("1 = 0")
	case w.Numbers != nil:
		c.in("number", anys(w.Numbers))
	default:
		for _, word := range strings.Fields(strings.ToLower(w.Text)) {
			c.add("search LIKE ? ESCAPE '!'", "%"+escaper.Replace(word)+"%")
		}
	}
	if w.Watcher != "" {
		c.add("number IN (SELECT ticket FROM watchers WHERE staff = ?)", w.Watcher)
	}
	if w.Bug != 0 {
		c.add("number IN (SELECT ticket FROM bug_tickets WHERE bug = ?)", w.Bug)
	}
	if w.Organisation != 0 {
		c.add("organisation = ?", w.Organisation)
	}
	if w.Parent != 0 {
		c.add("parent = ?", w.Parent)
	}
	if w.Cause != "" {
		c.add("cause = ?", w.Cause)
	}
	if w.Escalated {
		c.add("escalated IS NOT NULL")
	}
	if w.DueBefore != nil {
		c.add("due < ?", db.Micros(*w.DueBefore))
	}
	if w.CreatedFrom != nil {
		c.add("created >= ?", db.Micros(*w.CreatedFrom))
		c.add("number >= (SELECT number FROM tickets WHERE created >= ? ORDER BY created LIMIT 1)", db.Micros(w.CreatedFrom.Add(-skew)))
	}
	if w.CreatedTo != nil {
		c.add("created < ?", db.Micros(*w.CreatedTo))
		c.add("number <= (SELECT number FROM tickets WHERE created < ? ORDER BY created DESC LIMIT 1)", db.Micros(w.CreatedTo.Add(skew)))
	}
}

// skew is by how much desks' clocks may differ. Numbers follow the time of filing
// but for that, so a time is a bound of the numbers, too: the list's own order.
const skew = time.Hour

// escaper makes a text stand for itself in LIKE.
var escaper = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")
