package numbers

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/numbers"
)

const (
	usualWeeks = 12  // that are given when nobody says how many
	maxParts   = 100 // products and modules
)

func (n *Numbers) answer(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	v := form.QueryOf(r)
	q := api.NumbersQuery{
		From: v.Text("from", 20), To: v.Text("to", 20), Product: v.Text("product", 4*api.MaxName), Module: v.Text("module", 4*api.MaxName),
	}
	if v.Err != nil {
		return v.Err
	}
	from, to, err := n.weeks(q)
	if err != nil {
		return err
	}
	k := kept.Key{Scope: kept.All, Product: q.Product, Module: q.Module, Week: from}
	switch {
	case q.Product != "" && q.Module != "":
		k.Scope = kept.Module
	case q.Product != "":
		k.Scope = kept.Product
	case q.Module != "":
		return reply.Invalid("say of which product the module is")
	}
	var list []kept.Sum
	var parts []api.PartNumber
	err = n.cfg.DB.View(r.Context(), func(tx *db.Tx) (err error) {
		if list, err = kept.Sums(r.Context(), tx, k, to); err != nil {
			return err
		}
		parts, err = kept.Parts(r.Context(), tx, q.Product, q.Module, from, to, maxParts)
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, together(list, parts, from, to, n.cfg.Zone.String()))
}

// weeks are the Mondays of the first and the last week that are asked for.
func (n *Numbers) weeks(q api.NumbersQuery) (from, to int64, err error) {
	to = monday(n.cfg.Now(), n.cfg.Zone)
	if q.To != "" {
		t, err := form.Day("last day", q.To)
		if err != nil {
			return 0, 0, err
		}
		to = monday(t, time.UTC)
	}
	from = to - 7*(usualWeeks-1)
	if q.From != "" {
		t, err := form.Day("first day", q.From)
		if err != nil {
			return 0, 0, err
		}
		from = monday(t, time.UTC)
	}
	if from > to || (to-from)/7 >= api.MaxWeeks {
		return 0, 0, reply.Invalid("the last day is behind the first one, by %d weeks at most", api.MaxWeeks)
	}
	return from, to, nil
}

// date is a day, counted from 1970-01-01.
func date(days int64) string { return time.Unix(days*86400, 0).UTC().Format(time.DateOnly) }

// together makes sums the answer; every week is there, and every cause.
func together(list []kept.Sum, parts []api.PartNumber, from, to int64, zone string) api.Numbers {
	n := api.Numbers{From: date(from), To: date(to + 6), Zone: zone}
	for week := from; week <= to; week += 7 {
		n.Weeks = append(n.Weeks, api.Week{Monday: date(week)})
	}
	causes, kinds := map[string]*api.CauseNumber{}, map[string]int{}
	for _, c := range api.Causes {
		causes[string(c)] = &api.CauseNumber{Cause: c}
	}
	answers, solutions := map[int]int{}, map[int]int{}
	for _, s := range list {
		place, _ := strconv.Atoi(s.Place) // of spans, hours and days, which are numbers
		week := &api.Week{}
		if s.Week != 0 {
			week = &n.Weeks[(s.Week-from)/7]
		}
		switch s.Measure {
		case filed:
			week.Filed += s.N
		case answered:
			week.Answered += s.N
		case solved:
			week.Solved += s.N
		case first:
			week.FirstCheck += s.N
		case kind:
			kinds[s.Place] += s.N
		case hour:
			n.Hours[place] += s.N
		case weekday:
			n.Weekdays[place] += s.N
		case cause, quick:
			c := causes[s.Place]
			if c == nil {
				c = &api.CauseNumber{Cause: api.Cause(s.Place)} // nobody has said why
				causes[s.Place] = c
			}
			if s.Measure == cause {
				c.Solved += s.N
			} else {
				c.FirstCheck += s.N
			}
		case answer:
			answers[place] += s.N
		case solution:
			solutions[place] += s.N
		}
	}
	for _, c := range causes {
		n.Causes = append(n.Causes, *c)
	}
	slices.SortFunc(n.Causes, func(x, y api.CauseNumber) int {
		return cmp.Or(y.Solved-x.Solved, slices.Index(api.Causes, x.Cause)-slices.Index(api.Causes, y.Cause))
	})
	for _, k := range api.Kinds {
		n.Kinds = append(n.Kinds, api.KindNumber{Kind: k, Filed: kinds[string(k)]})
	}
	n.Products = parts
	slices.SortFunc(n.Products, func(x, y api.PartNumber) int { // as bytes, whatever order the database has
		return cmp.Or(y.Filed-x.Filed, cmp.Compare(x.Product, y.Product), cmp.Compare(x.Module, y.Module))
	})
	n.FirstAnswer, n.Solution = median(answers), median(solutions)
	return n
}

// median is the length that half of what was counted does not exceed; nil for nothing.
func median(spans map[int]int) *int64 {
	total := 0
	places := make([]int, 0, len(spans))
	for place, n := range spans {
		if n > 0 {
			total += n
			places = append(places, place)
		}
	}
	slices.Sort(places)
	seen := 0
	for _, place := range places {
		if seen += spans[place]; 2*seen >= total {
			l := length(place)
			return &l
		}
	}
	return nil
}
