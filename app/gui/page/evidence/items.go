//go:build !headless

package evidence

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/bundle"
)

// Item is one line of a bundle's list: a file, or what there is no file of.
type Item struct {
	File  bundle.File // Path is "" when there is none
	Title string      // in the person's language
	About string      // second line: where from, how much
	State string      // in a word
	Tone  widget.Tone
	Why   string // what is wrong with it, or ""
	Head  bool   // the heading of those below it

	Locked bool // it has no box to tick: there is more to be said before

	Body func() fyne.CanvasObject // what is looked at instead of a file; nil for all that comes from a bundle
}

// Ready says whether there is a file to look at.
func (i Item) Ready() bool { return i.File.Path != "" }

// Items lists a bundle's files, then what could not be had and what was left out.
func Items(m bundle.Manifest) []Item {
	outcomes, order := map[string]bundle.Outcome{}, map[string]int{}
	for i, o := range m.Collectors {
		outcomes[o.Name], order[o.Name] = o, i
	}
	// The archive has them in the order in which they came to be finished.
	files := slices.Clone(m.Files)
	slices.SortStableFunc(files, func(a, b bundle.File) int { return cmp.Compare(order[a.Collector], order[b.Collector]) })
	var items []Item
	for _, f := range files {
		item := Item{File: f, Title: Title(f.Title, f.Source), About: f.Path + "  ·  " + page.Size(f.Size), Why: Reason(f.Cut)}
		state := bundle.OK
		if f.Cut != "" {
			state = bundle.Cut
		} else if o := outcomes[f.Collector]; o.State == bundle.TimedOut || o.State == bundle.Cancelled {
			state, item.Why = o.State, Reason(o.Error)
		}
		item.State, item.Tone = State(string(state))
		if state == bundle.OK && f.Outside != "" {
			item.State = lang.L("Within the asked time")
		}
		items = append(items, item)
	}
	for _, o := range m.Collectors {
		if o.Files > 0 || o.State == bundle.OK || told(m.LeftOut, o) {
			continue
		}
		item := Item{Title: Title(o.Title, o.Source), About: Reason(o.Error), Why: Reason(o.Error)}
		item.State, item.Tone = State(string(o.State))
		items = append(items, item)
	}
	for _, l := range m.LeftOut {
		item := Item{Title: Title(l.Title, ""), About: l.Path + "  ·  " + Reason(l.Why), Why: Reason(l.Why)}
		item.State, item.Tone = State(string(bundle.Skipped))
		items = append(items, item)
	}
	return items
}

// told says whether a collector has nothing because each of its files was left
// out for the same reason, which the files' own lines tell.
func told(all []bundle.LeftOut, o bundle.Outcome) bool {
	return o.State == bundle.Skipped && o.Error != "" &&
		slices.ContainsFunc(all, func(l bundle.LeftOut) bool { return l.Why == o.Error })
}

// Title is a title in the person's language with where it comes from: of a
// path its last part.
func Title(title, source string) string {
	title = page.Known(title)
	if i := strings.LastIndexAny(source, `/\`); i >= 0 && i+1 < len(source) {
		source = source[i+1:]
	}
	if source != "" {
		title += ": " + source
	}
	return title
}

// State is a collector's state in one word and its tone.
func State(s string) (word string, tone widget.Tone) {
	switch bundle.State(s) {
	case "waiting":
		return lang.L("Waiting"), widget.Neutral
	case "running":
		return lang.L("Running"), widget.Primary
	case bundle.OK:
		return lang.L("Complete"), widget.Good
	case bundle.Cut:
		return lang.L("Shortened"), widget.Warning
	case bundle.Failed:
		return lang.L("Not available"), widget.Warning
	case bundle.TimedOut:
		return lang.L("Took too long"), widget.Warning
	case bundle.Cancelled:
		return lang.L("Stopped"), widget.Neutral
	default:
		return lang.L("Left out"), widget.Neutral
	}
}
