package rule

import (
	"slices"
	"time"

	"github.com/beistand/beistand/app/api"
)

// dayForm is how days are written (RFC 3339, full-date).
const dayForm = "2006-01-02"

// near is how many days before a critical date it raises the priority.
const near = 3

// Suggest is the priority that follows from what the customer asked for, how
// far the problem reaches, and the days on which they cannot do without:
// standstill is critical, many are at least high, a critical date within three
// days raises it by one step, and today or tomorrow it is at least high.
// Days are those of now's location.
func Suggest(asked api.Priority, impact api.Impact, critical []api.CriticalDate, now time.Time) api.Priority {
	step := slices.Index(api.Priorities, asked)
	if step < 0 {
		step = slices.Index(api.Priorities, api.Normal)
	}
	high := slices.Index(api.Priorities, api.High)
	switch impact {
	case api.ImpactStandstill:
		step = 0
	case api.ImpactMany:
		step = min(step, high)
	}
	switch days := daysUntil(critical, now); {
	case days < 0 || days > near:
	case days <= 1:
		step = min(max(0, step-1), high)
	default:
		step = max(0, step-1)
	}
	return api.Priorities[step]
}

// daysUntil counts to the next critical date that is not over: 0 on its days, -1 without any.
func daysUntil(critical []api.CriticalDate, now time.Time) int {
	today, _ := time.Parse(dayForm, now.Format(dayForm))
	next := -1
	for _, c := range critical {
		from, err1 := time.Parse(dayForm, c.From)
		to, err2 := time.Parse(dayForm, c.To)
		if err1 != nil || err2 != nil || to.Before(today) {
			continue
		}
		days := max(0, int(from.Sub(today).Hours()/24))
		if next < 0 || days < next {
			next = days
		}
	}
	return next
}
