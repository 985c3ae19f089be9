package knowledge

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/beistand/beistand/app/desk/search"
	"github.com/beistand/beistand/app/desk/search/terms"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/knowledge"
)

// How much a word counts, by where it stands.
const (
	ofTitle    = 3
	ofSolution = 2
	ofSigns    = 1.5
	ofEntries  = 0.5
)

// source gives the index its texts.
type source struct{}

var tables = map[search.Room]knowledge.Table{
	search.Tickets: knowledge.TicketTable, search.Drafts: knowledge.ArticleTable, search.Articles: knowledge.ArticleTable,
	search.Bugs: knowledge.BugTable, search.PublicBugs: knowledge.BugTable, search.Pages: knowledge.SectionTable,
}

// All is part of search.Source.
func (source) All(ctx context.Context, q db.Querier, room search.Room, above int64, limit int) ([]int64, error) {
	return knowledge.Above(ctx, q, tables[room], above, limit)
}

// Documents is part of search.Source.
func (source) Documents(ctx context.Context, q db.Querier, docs []int64) ([]search.Document, error) {
	var list []search.Document
	var refs []string
	err := byRoom(docs, func(room search.Room, numbers []int64) error {
		texts, err := read(ctx, q, room, numbers, true, "")
		for _, t := range texts {
			list = append(list, document(room, t))
			refs = append(refs, refOf(room, t))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	helped, err := knowledge.HelpedOf(ctx, q, refs)
	for i, ref := range refs {
		list[i].Helped = int64(helped[ref])
	}
	return list, err
}

// byRoom gives documents' numbers room by room.
func byRoom(docs []int64, each func(search.Room, []int64) error) error {
	by := map[search.Room][]int64{}
	for _, doc := range docs {
		room, n := search.Split(doc)
		by[room] = append(by[room], n)
	}
	for room := range tables {
		if len(by[room]) == 0 {
			continue
		}
		if err := each(room, by[room]); err != nil {
			return err
		}
	}
	return nil
}

// read reads texts of a room as it shows them; in language, where there are several.
func read(ctx context.Context, q db.Querier, room search.Room, numbers []int64, entries bool, language string) ([]knowledge.Text, error) {
	switch room {
	case search.Tickets:
		return knowledge.Tickets(ctx, q, numbers, entries)
	case search.Bugs, search.PublicBugs:
		return knowledge.BugTexts(ctx, q, numbers, room == search.PublicBugs, language)
	case search.Pages:
		return knowledge.SectionTexts(ctx, q, numbers)
	}
	list, err := knowledge.ArticleTexts(ctx, q, numbers)
	var fit []knowledge.Text
	for _, t := range list {
		if roomOf(t.Article) == room {
			fit = append(fit, t)
		}
	}
	return fit, err
}

func document(room search.Room, t knowledge.Text) search.Document {
	return search.Document{
		Doc: room.Doc(t.Number), Language: t.Language, Product: t.Product, Version: t.Version, At: t.At,
		Fields: []terms.Field{
			{Text: t.Title, Weight: ofTitle},
			{Text: t.Body},
			{Text: t.Answers},
			{Text: t.Solution, Weight: ofSolution},
			{Text: t.Tried},
			{Text: t.Signs, Weight: ofSigns, Sign: true},
			{Text: t.Entries, Weight: ofEntries},
		},
	}
}

// words are what rooms are called in a ref.
var words = map[search.Room]string{
	search.Tickets: "ticket", search.Drafts: "article", search.Articles: "article", search.Bugs: "bug", search.PublicBugs: "bug", search.Pages: "page",
}

func refOf(room search.Room, t knowledge.Text) string {
	if room == search.Pages {
		ref := fmt.Sprintf("page/%d", t.Page)
		if t.Anchor != "" {
			ref += "#" + t.Anchor
		}
		return ref
	}
	return fmt.Sprintf("%s/%d", words[room], t.Number)
}

// maxRef bounds a ref, in bytes.
const maxRef = 300

// parseRef is the other way round: the word, the number, and a page's anchor.
func parseRef(ref string) (word string, number int64, anchor string, ok bool) {
	if len(ref) > maxRef {
		return "", 0, "", false
	}
	ref, anchor, _ = strings.Cut(ref, "#")
	word, n, _ := strings.Cut(ref, "/")
	number, err := strconv.ParseInt(n, 10, 64)
	if err != nil || number < 1 || number >= 1<<40 || strconv.FormatInt(number, 10) != n {
		return "", 0, "", false
	}
	switch word {
	case "ticket", "article", "bug":
		return word, number, "", anchor == ""
	case "page":
		return word, number, anchor, true
	}
	return "", 0, "", false
}

// docsOf are the documents that a ref means, as everybody sees them (public) or staff do.
func docsOf(ctx context.Context, q db.Querier, ref string, public bool) ([]int64, error) {
	word, n, anchor, ok := parseRef(ref)
	if !ok {
		return nil, nil
	}
	var docs []int64
	switch word {
	case "ticket":
		docs = []int64{search.Tickets.Doc(n)}
	case "article":
		docs = []int64{search.Drafts.Doc(n), search.Articles.Doc(n)}
	case "bug":
		docs = []int64{search.Bugs.Doc(n), search.PublicBugs.Doc(n)}
	case "page":
		id, err := knowledge.SectionAt(ctx, q, n, anchor)
		if err != nil {
			return nil, ignoreMissing(err)
		}
		docs = []int64{search.Pages.Doc(id)}
	}
	var there []int64
	err := byRoom(docs, func(room search.Room, numbers []int64) error {
		if public && !isPublic(room) {
			return nil
		}
		list, err := read(ctx, q, room, numbers, false, "")
		if len(list) > 0 {
			there = append(there, room.Doc(n))
			if room == search.Pages {
				there[len(there)-1] = docs[0]
			}
		}
		return err
	})
	return there, err
}

func isPublic(room search.Room) bool {
	return room == search.Articles || room == search.PublicBugs || room == search.Pages
}
