package numbers

import (
	"math"
	"strconv"
	"time"

	"github.com/beistand/beistand/app/desk/store/db"
	kept "github.com/beistand/beistand/app/desk/store/numbers"
)

// The measures. Each is a sum per week, part and place.
const (
	filed    = "filed"    // tickets
	answered = "answered" // for the first time
	solved   = "solved"
	first    = "first"    // solved at the first check
	kind     = "kind"     // filed; place: of which kind
	hour     = "hour"     // filed; place: at which hour of the day, 0 to 23
	weekday  = "weekday"  // filed; place: on which day, 0 is Monday
	cause    = "cause"    // solved; place: why there was a ticket
	quick    = "quick"    // solved at the first check; place: why there was a ticket
	answer   = "answer"   // answered; place: the span since it was filed
	solution = "solution" // solved; place: the span since it was filed
)

// day is a length of time.
const day = 24 * time.Hour

// monday is the week of a time: days from 1970-01-01 to its Monday, in the zone.
func monday(t time.Time, zone *time.Location) int64 {
	y, m, d := t.In(zone).Date()
	days := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / int64(day/time.Second)
	return days - int64(weekdayOf(t, zone))
}

// weekdayOf is 0 on Mondays.
func weekdayOf(t time.Time, zone *time.Location) int { return (int(t.In(zone).Weekday()) + 6) % 7 }

// spanStep is how much longer each span is than the one before: the middle of
// one is within 5 percent of everything in it.
const spanStep = 1.1

// span is the place of a length of time.
func span(from, to int64) string {
	seconds := max(1, float64(to-from)/1e6)
	return strconv.Itoa(int(math.Log(seconds) / math.Log(spanStep)))
}

// length is the middle of a span, in seconds.
func length(place int) int64 { return int64(math.Round(math.Pow(spanStep, float64(place)+0.5))) }

// sums are all that a ticket with these facts is part of.
func sums(f kept.Facts, zone *time.Location) map[kept.Key]int {
	all := map[kept.Key]int{}
	add := func(at int64, measure, place string) {
		k := kept.Key{Scope: kept.All, Week: monday(db.Moment(at), zone), Measure: measure, Place: place}
		all[k]++
		if f.Product == "" {
			return
		}
		k.Scope, k.Product = kept.Product, f.Product
		all[k]++
		if f.Module != "" {
			k.Scope, k.Module = kept.Module, f.Module
			all[k]++
		}
	}
	when := db.Moment(f.Filed).In(zone)
	add(f.Filed, filed, "")
	add(f.Filed, kind, f.Kind)
	add(f.Filed, hour, strconv.Itoa(when.Hour()))
	add(f.Filed, weekday, strconv.Itoa(weekdayOf(when, zone)))
	if f.Answered.Valid {
		add(f.Answered.Int64, answered, "")
		add(f.Answered.Int64, answer, span(f.Filed, f.Answered.Int64))
	}
	if f.Solved.Valid {
		add(f.Solved.Int64, solved, "")
		add(f.Solved.Int64, cause, f.Cause)
		add(f.Solved.Int64, solution, span(f.Filed, f.Solved.Int64))
		if f.FirstCheck {
			add(f.Solved.Int64, first, "")
			add(f.Solved.Int64, quick, f.Cause)
		}
	}
	return all
}

// difference is what has to be added to the sums when a ticket's facts change.
func difference(before, after map[kept.Key]int) map[kept.Key]int {
	delta := map[kept.Key]int{}
	for k, n := range after {
		delta[k] += n
	}
	for k, n := range before {
		if delta[k] -= n; delta[k] == 0 {
			delete(delta, k)
		}
	}
	return delta
}
