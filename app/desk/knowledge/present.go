package knowledge

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/search"
	"github.com/beistand/beistand/app/desk/search/terms"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/knowledge"
)

// kinds are what a room's documents are called in an answer.
var kinds = map[search.Room]api.MatchKind{
	search.Tickets: api.MatchTicket, search.Drafts: api.MatchArticle, search.Articles: api.MatchArticle,
	search.Bugs: api.MatchBug, search.PublicBugs: api.MatchBug, search.Pages: api.MatchPage,
}

// matches makes of results what people are shown, in the same order. What has
// gone since it was indexed is left out.
func (k *Knowledge) matches(ctx context.Context, q db.Querier, found []search.Result, asked []terms.Word, language string) ([]api.Match, error) {
	docs := make([]int64, len(found))
	for i, r := range found {
		docs[i] = r.Doc
	}
	texts := map[int64]knowledge.Text{}
	err := byRoom(docs, func(room search.Room, numbers []int64) error {
		list, err := read(ctx, q, room, numbers, true, language)
		for _, t := range list {
			texts[room.Doc(t.Number)] = t
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	list := []api.Match{}
	for _, r := range found {
		if t, ok := texts[r.Doc]; ok {
			list = append(list, match(r, t, asked))
		}
	}
	return list, nil
}

func match(r search.Result, t knowledge.Text, asked []terms.Word) api.Match {
	room, _ := search.Split(r.Doc)
	m := api.Match{
		Ref: refOf(room, t), Kind: kinds[room], Number: t.Number, Anchor: t.Anchor, Title: t.Title, Hits: []api.Hit{},
		Product: t.Product, Version: t.Version, Language: t.Language, At: db.Moment(t.At), Strength: r.Strength, Helped: int(r.Helped),
		State: t.State, Cause: t.Cause, Solution: cut(t.Solution), FixedIn: t.FixedIn, Draft: room == search.Drafts,
	}
	if room == search.Pages {
		m.Number = t.Page
	}
	var hit []terms.Word
	for _, h := range r.Hits {
		w := asked[h.Word]
		hit = append(hit, w)
		m.Hits = append(m.Hits, api.Hit{Text: cut(w.Text), Sign: w.Sign, Weight: h.Share})
	}
	m.Excerpt, m.Marks = excerpt(hit, t.Body, t.Answers, t.Solution, t.Tried, t.Signs, t.Entries)
	return m
}

// cut is a text's beginning, as lists show it.
func cut(text string) string {
	if utf8.RuneCountInString(text) <= api.MaxExcerpt {
		return text
	}
	return string([]rune(text)[:api.MaxExcerpt-1]) + "…"
}

// maxLooked is how much of one text an excerpt is looked for in, in bytes.
const maxLooked = 16 << 10

// excerpt is where most of what was asked for stands, of several texts: words
// that weigh more come first in asked.
func excerpt(asked []terms.Word, texts ...string) (string, []api.Mark) {
	best, from, spans := "", 0, []terms.Span(nil)
	most := 0
	for _, text := range texts {
		if len(text) > maxLooked {
			text = strings.ToValidUTF8(text[:maxLooked], "")
		}
		if best == "" {
			best = text
		}
		found := terms.Find(text, asked)
		for i := range found {
			worth := 0
			seen := map[int]bool{}
			for _, s := range found[i:] {
				if s.To-found[i].From > api.MaxExcerpt-60 {
					break
				}
				if !seen[s.Word] {
					seen[s.Word] = true
					worth += len(asked) - s.Word
				}
			}
			if worth > most {
				most, best, from, spans = worth, text, found[i].From, found
			}
		}
	}
	return window(best, from, spans)
}

// window is a text's part around a place, with its marks in characters.
func window(text string, at int, spans []terms.Span) (string, []api.Mark) {
	from := at
	for n := 0; from > 0 && n < 50; n++ { // some words before
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	if from > 0 && from < at {
		if i := strings.IndexAny(text[from:at], " \n"); i >= 0 {
			from += i + 1
		}
	}
	to := from
	for n := 0; to < len(text) && n < api.MaxExcerpt-2; n++ {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	before, after := "", ""
	if from > 0 {
		before = "…"
	}
	if to < len(text) {
		after = "…"
	}
	var marks []api.Mark
	for _, s := range spans {
		if s.From >= from && s.From < to {
			shift := utf8.RuneCountInString(before)
			marks = append(marks, api.Mark{
				From: shift + utf8.RuneCountInString(text[from:s.From]),
				To:   shift + utf8.RuneCountInString(text[from:min(s.To, to)]),
			})
		}
	}
	flat := strings.Map(func(r rune) rune { // one character stays one
		if r == '\n' || r == '\t' || r == '\r' {
			return ' '
		}
		return r
	}, text[from:to])
	return before + flat + after, slices.Clip(marks)
}
