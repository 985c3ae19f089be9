package rule

import (
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
)

var now = time.Date(2026, 11, 23, 15, 4, 5, 0, time.UTC) // a Monday

func TestSuggest(t *testing.T) {
	on := func(from, to string) []api.CriticalDate { return []api.CriticalDate{{From: from, To: to}} }
	for name, c := range map[string]struct {
		asked    api.Priority
		impact   api.Impact
		critical []api.CriticalDate
		want     api.Priority
	}{
		"as asked":                  {api.Low, api.ImpactOne, nil, api.Low},
		"nothing known":             {"", "", nil, api.Normal},
		"many":                      {api.Low, api.ImpactMany, nil, api.High},
		"many and critical":         {api.Critical, api.ImpactMany, nil, api.Critical},
		"standstill":                {api.Low, api.ImpactStandstill, nil, api.Critical},
		"in four days":              {api.Normal, api.ImpactOne, on("2026-11-27", "2026-11-27"), api.Normal},
		"in three days":             {api.Normal, api.ImpactOne, on("2026-11-26", "2026-11-26"), api.High},
		"low in three days":         {api.Low, api.ImpactOne, on("2026-11-26", "2026-11-26"), api.Normal},
		"low tomorrow":              {api.Low, api.ImpactOne, on("2026-11-24", "2026-11-24"), api.High},
		"today":                     {api.Low, api.ImpactOne, on("2026-11-23", "2026-11-23"), api.High},
		"high today":                {api.High, api.ImpactOne, on("2026-11-23", "2026-11-23"), api.Critical},
		"critical today":            {api.Critical, api.ImpactOne, on("2026-11-23", "2026-11-23"), api.Critical},
		"in the middle of its days": {api.Low, api.ImpactOne, on("2026-11-20", "2026-11-30"), api.High},
		"over":                      {api.Low, api.ImpactOne, on("2026-11-20", "2026-11-22"), api.Low},
		"the next of several":       {api.Low, api.ImpactOne, append(on("2026-11-01", "2026-11-02"), append(on("2026-12-24", "2026-12-24"), on("2026-11-25", "2026-11-25")...)...), api.Normal},
		"no date":                   {api.Low, api.ImpactOne, on("tomorrow", ""), api.Low},
		"many, and in three days":   {api.Low, api.ImpactMany, on("2026-11-26", "2026-11-26"), api.Critical},
		"standstill, and today":     {api.Low, api.ImpactStandstill, on("2026-11-23", "2026-11-23"), api.Critical},
	} {
		if got := Suggest(c.asked, c.impact, c.critical, now); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestSuggestHere: a day is one of those who read it.
func TestSuggestHere(t *testing.T) {
	late := time.Date(2026, 11, 23, 23, 30, 0, 0, time.UTC)
	critical := []api.CriticalDate{{From: "2026-11-27", To: "2026-11-27"}}
	if got := Suggest(api.Low, api.ImpactOne, critical, late); got != api.Low {
		t.Errorf("in London: %s", got)
	}
	if got := Suggest(api.Low, api.ImpactOne, critical, late.In(time.FixedZone("CET", 3600))); got != api.Normal {
		t.Errorf("in Berlin: %s", got)
	}
}
