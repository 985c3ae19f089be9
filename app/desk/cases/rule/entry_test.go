package rule

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
)

const uuid = "5d3cbe3c-5a47-4e0b-9d13-6a6a1f1f2b10"

func TestWritten(t *testing.T) {
	for name, c := range map[string]struct {
		entry  api.NewEntry
		public bool
		status int
	}{
		"a note":                 {api.NewEntry{Kind: api.EntryNote, Text: "x"}, false, 0},
		"a public note":          {api.NewEntry{Kind: api.EntryNote, Text: "x", Public: true}, true, 0},
		"a call with minutes":    {api.NewEntry{Kind: api.EntryCall, Text: "x", Minutes: 10}, false, 0},
		"time is never public":   {api.NewEntry{Kind: api.EntryTime, Minutes: 10, Public: true}, false, 0},
		"a mail to the customer": {api.NewEntry{Kind: api.EntryMailOut, Text: "x"}, true, 0},
		"a mail to a vendor":     {api.NewEntry{Kind: api.EntryMailOut, Text: "x", To: []string{"a@example.com"}, Party: api.PartyVendor}, false, 0},
		"no text":                {api.NewEntry{Kind: api.EntryNote, Text: " "}, false, 422},
		"no minutes":             {api.NewEntry{Kind: api.EntryTime}, false, 422},
		"too many minutes":       {api.NewEntry{Kind: api.EntryTime, Minutes: 24*60 + 1}, false, 422},
		"negative minutes":       {api.NewEntry{Kind: api.EntryNote, Text: "x", Minutes: -1}, false, 422},
		"a note to somebody":     {api.NewEntry{Kind: api.EntryNote, Text: "x", To: []string{"a@example.com"}}, false, 422},
		"an address":             {api.NewEntry{Kind: api.EntryMailOut, Text: "x", To: []string{"a"}}, false, 422},
		"an address with a name": {api.NewEntry{Kind: api.EntryMailOut, Text: "x", To: []string{"A <a@example.com>"}}, false, 422},
		"an address of lines":    {api.NewEntry{Kind: api.EntryMailOut, Text: "x", To: []string{"a@example.com\r\nBcc: b@example.com"}}, false, 422},
		"a party":                {api.NewEntry{Kind: api.EntryMailOut, Text: "x", Party: "friend"}, false, 422},
		"a kind that is not":     {api.NewEntry{Kind: api.EntrySession, Text: "x"}, false, 422},
		"no kind":                {api.NewEntry{Text: "x"}, false, 422},
		"no id":                  {api.NewEntry{ID: "x", Kind: api.EntryNote, Text: "x"}, false, 422},
	} {
		if c.entry.ID == "" {
			c.entry.ID = strings.ToUpper(uuid)
		}
		got, err := Written(c.entry)
		if status(err) != c.status || err == nil && (got.Public != c.public || got.ID != uuid) {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
}

func TestSaid(t *testing.T) {
	got, err := Said(api.NewEntry{ID: uuid, Text: " x\r\ny "})
	if err != nil || got.Kind != api.EntryNote || !got.Public || got.Text != "x\ny" {
		t.Errorf("%+v %v", got, err)
	}
	for name, e := range map[string]api.NewEntry{
		"no text": {}, "a call": {Text: "x", Kind: api.EntryCall}, "minutes": {Text: "x", Minutes: 1},
		"an address": {Text: "x", To: []string{"a@example.com"}}, "a party": {Text: "x", Party: api.PartyVendor},
		"many files": {Text: "x", Files: make([]string, maxList+1)},
	} {
		e.ID = uuid
		if _, err := Said(e); status(err) != 422 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMentioned(t *testing.T) {
	known := Staff{"sam": "sam", "kim": "Kim", "uj@example.com": "uj@example.com"}
	for text, want := range map[string][]string{
		"":                               nil,
		"@sam please":                    {"sam"},
		"ask @KIM, then @sam.":           {"Kim", "sam"},
		"(@kim) @kim @Kim":               {"Kim"},
		"write to a@sam or x@kim.":       nil,
		"@eve is nobody":                 nil,
		"@@sam":                          nil,
		"line\n@sam\n":                   {"sam"},
		"@uj@example.com has an address": {"uj@example.com"},
	} {
		if got := known.Known(Mentioned(text)); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// FuzzMentioned proves that names are words of the text behind an @, and that there are not very many.
func FuzzMentioned(f *testing.F) {
	f.Add("ask @kim, and @sam. a@b")
	f.Add("@\xff @")
	f.Fuzz(func(t *testing.T, text string) {
		names := Mentioned(text)
		if len(names) > maxList {
			t.Errorf("%d names", len(names))
		}
		for _, n := range names {
			if !strings.Contains(text, "@"+n) || strings.ContainsFunc(n, unicode.IsSpace) || utf8.RuneCountInString(n) > 80 {
				t.Errorf("%q of %q", n, text)
			}
		}
	})
}

// FuzzFiled proves that what is kept of a ticket is kept the same when it comes again.
func FuzzFiled(f *testing.F) {
	f.Add("title", "a\r\nb", "de", "2026-11-30", "q", "a")
	f.Add("\u202e", "\x00", "../de", "2026-13-01", "", "\t")
	f.Fuzz(func(t *testing.T, title, description, language, day, question, answer string) {
		got, err := Filed(api.NewTicket{
			ID: uuid, Priority: api.Low, Title: title, Description: description, Language: language,
			Critical: []api.CriticalDate{{From: day}}, Answers: []api.Answer{{Question: question, Text: answer}}, Signs: []string{description},
		})
		if err != nil {
			return
		}
		again, err := Filed(got)
		if err != nil || again.Title != got.Title || again.Description != got.Description || !slices.Equal(again.Answers, got.Answers) ||
			!slices.Equal(again.Critical, got.Critical) || !slices.Equal(again.Signs, got.Signs) {
			t.Errorf("%+v becomes %+v, %v", got, again, err)
		}
	})
}
