package knowledge

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Text is what a document is found by and shown with.
type Text struct {
	Number   int64
	Page     int64 // of a section
	Anchor   string
	Language string
	Product  string
	Version  string
	At       int64 // microseconds
	Title    string
	Body     string
	Answers  string
	Solution string // of a ticket; of a bug its workaround and fix
	Tried    string
	Signs    string // one a line
	Entries  string // of a timeline
	State    api.State
	Cause    api.Cause
	Closer   string // a name of staff
	FixedIn  string
	Article  api.ArticleState
}

// maxEntries bounds what is read of one timeline, in bytes.
const maxEntries = 64 << 10

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

func anys(list []int64) []any {
	out := make([]any, len(list))
	for i, n := range list {
		out[i] = n
	}
	return out
}

// Tickets reads tickets' texts, with what was written onto their timelines when that is wanted.
func Tickets(ctx context.Context, q db.Querier, numbers []int64, entries bool) ([]Text, error) {
	var list []Text
	at := map[int64]int{}
	err := each(ctx, q, `SELECT number, language, product, product_version, updated, title, description, answers, signs, solution, tried, state, cause, closed_by
		FROM tickets WHERE number IN (`+marks(len(numbers))+`)`, anys(numbers), func(row scanner) error {
		var t Text
		var answers, signs string
		if err := row.Scan(&t.Number, &t.Language, &t.Product, &t.Version, &t.At, &t.Title, &t.Body, &answers, &signs, &t.Solution, &t.Tried, &t.State, &t.Cause, &t.Closer); err != nil {
			return err
		}
		var given []api.Answer
		var lines []string
		if answers != "" {
			if err := json.Unmarshal([]byte(answers), &given); err != nil {
				return err
			}
		}
		if signs != "" {
			if err := json.Unmarshal([]byte(signs), &lines); err != nil {
				return err
			}
		}
		var said []string
		for _, a := range given {
			said = append(said, a.Text)
		}
		t.Answers, t.Signs = strings.Join(said, "\n"), strings.Join(lines, "\n")
		at[t.Number] = len(list)
		list = append(list, t)
		return nil
	})
	if err != nil || !entries {
		return list, err
	}
	err = each(ctx, q, `SELECT ticket, subject, body FROM entries WHERE ticket IN (`+marks(len(numbers))+`)
		AND kind IN ('note', 'call', 'mail-in', 'mail-out') ORDER BY ticket, id`, anys(numbers), func(row scanner) error {
		var n int64
		var subject, body string
		if err := row.Scan(&n, &subject, &body); err != nil {
			return err
		}
		i, ok := at[n]
		if t := &list[i]; ok && len(t.Entries) < maxEntries {
			t.Entries += subject + "\n" + body + "\n"
		}
		return nil
	})
	return list, err
}

// ArticleTexts reads articles' texts.
func ArticleTexts(ctx context.Context, q db.Querier, ids []int64) ([]Text, error) {
	var list []Text
	err := each(ctx, q, "SELECT id, language, product, since, updated, title, body, cause, state FROM articles WHERE id IN ("+marks(len(ids))+")", anys(ids), func(row scanner) error {
		var t Text
		if err := row.Scan(&t.Number, &t.Language, &t.Product, &t.Version, &t.At, &t.Title, &t.Body, &t.Cause, &t.Article); err != nil {
			return err
		}
		list = append(list, t)
		return nil
	})
	return list, err
}

// SectionTexts reads sections' texts.
func SectionTexts(ctx context.Context, q db.Querier, ids []int64) ([]Text, error) {
	var list []Text
	err := each(ctx, q, `SELECT sections.id, page, anchor, language, product, version, imported, pages.title, sections.title, body
		FROM sections JOIN pages ON pages.id = sections.page WHERE sections.id IN (`+marks(len(ids))+`)`, anys(ids), func(row scanner) error {
		var t Text
		var page string
		if err := row.Scan(&t.Number, &t.Page, &t.Anchor, &t.Language, &t.Product, &t.Version, &t.At, &page, &t.Title, &t.Body); err != nil {
			return err
		}
		if t.Title != page && page != "" {
			t.Title = strings.TrimPrefix(page+" – "+t.Title, " – ")
		}
		list = append(list, t)
		return nil
	})
	return list, err
}

func each(ctx context.Context, q db.Querier, query string, args []any, fn func(scanner) error) error {
	if len(args) == 0 {
		return nil
	}
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("read texts: %w", db.Named(err))
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return fmt.Errorf("read texts: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read texts: %w", db.Named(err))
	}
	return nil
}

// numbers reads one column of numbers.
func numbers(ctx context.Context, q db.Querier, query string, args ...any) (list []int64, err error) {
	err = each(ctx, q, query, args, func(row scanner) error {
		var n int64
		err := row.Scan(&n)
		list = append(list, n)
		return err
	})
	return list, err
}

// Above gives the next numbers of a table, in order: tickets, articles, bugs or sections.
func Above(ctx context.Context, q db.Querier, table Table, above int64, limit int) ([]int64, error) {
	return numbers(ctx, q, "SELECT "+table.key+" FROM "+table.name+" WHERE "+table.key+" > ? ORDER BY "+table.key+" LIMIT ?", above, limit)
}

// Table is one that has texts.
type Table struct{ name, key string }

// The tables.
var (
	TicketTable  = Table{"tickets", "number"}
	ArticleTable = Table{"articles", "id"}
	BugTable     = Table{"bugs", "id"}
	SectionTable = Table{"sections", "id"}
)

// Closers are who closed tickets: names of staff by the tickets' numbers.
func Closers(ctx context.Context, q db.Querier, tickets []int64) (map[int64]string, error) {
	m := map[int64]string{}
	err := each(ctx, q, `SELECT number, display_name FROM tickets JOIN staff ON lower(staff.name) = lower(tickets.closed_by)
		WHERE closed IS NOT NULL AND number IN (`+marks(len(tickets))+`)`, anys(tickets), func(row scanner) error {
		var n int64
		var name string
		err := row.Scan(&n, &name)
		m[n] = name
		return err
	})
	return m, err
}
