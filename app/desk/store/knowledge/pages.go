package knowledge

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Section is a part of a page as it is kept.
type Section struct {
	ID int64
	api.Section
	Body string // plain text
}

const pageColumns = "id, product, version, language, path, title, sha256, imported"

func scanPage(row scanner, more ...any) (api.Page, error) {
	var p api.Page
	var at int64
	err := row.Scan(append([]any{&p.ID, &p.Product, &p.Version, &p.Language, &p.Path, &p.Title, &p.SHA256, &at}, more...)...)
	p.Imported = db.Moment(at)
	return p, err
}

// Page reads one with its sections.
func Page(ctx context.Context, q db.Querier, id int64) (api.Page, error) {
	var html string
	p, err := scanPage(q.QueryRowContext(ctx, "SELECT "+pageColumns+", html FROM pages WHERE id = ?", id), &html)
	if err != nil {
		return p, fmt.Errorf("read page %d: %w", id, db.Named(err))
	}
	p.HTML = html
	list, err := sections(ctx, q, id)
	for _, s := range list {
		p.Sections = append(p.Sections, s.Section)
	}
	return p, err
}

func sections(ctx context.Context, q db.Querier, page int64) ([]Section, error) {
	rows, err := q.QueryContext(ctx, "SELECT id, anchor, title, level FROM sections WHERE page = ? ORDER BY place", page)
	if err != nil {
		return nil, fmt.Errorf("read sections of page %d: %w", page, db.Named(err))
	}
	defer rows.Close()
	var list []Section
	for rows.Next() {
		var s Section
		if err := rows.Scan(&s.ID, &s.Anchor, &s.Title, &s.Level); err != nil {
			return nil, fmt.Errorf("read sections of page %d: %w", page, err)
		}
		list = append(list, s)
	}
	return list, db.Named(rows.Err())
}

// Pages lists a handbook's pages by their IDs.
func Pages(ctx context.Context, q db.Querier, w api.Handbook) (api.PageList, error) {
	where, args := "id > ?", []any{w.After}
	for _, f := range []struct{ column, value string }{{"product", w.Product}, {"version", w.Version}, {"language", w.Language}} {
		if f.value != "" {
			where, args = where+" AND "+f.column+" = ?", append(args, f.value)
		}
	}
	rows, err := q.QueryContext(ctx, "SELECT "+pageColumns+" FROM pages WHERE "+where+" ORDER BY id LIMIT ?", append(args, w.Limit+1)...)
	if err != nil {
		return api.PageList{}, fmt.Errorf("list pages: %w", db.Named(err))
	}
	defer rows.Close()
	list := api.PageList{Pages: []api.Page{}}
	for rows.Next() {
		p, err := scanPage(rows)
		if err != nil {
			return list, fmt.Errorf("list pages: %w", err)
		}
		list.Pages = append(list.Pages, p)
	}
	if list.More = len(list.Pages) > w.Limit; list.More {
		list.Pages = list.Pages[:w.Limit]
	}
	return list, db.Named(rows.Err())
}

// PutPage keeps a page with its sections in place of one with the same path,
// and gives its ID, and the sections that are new and those that are gone. A
// section keeps its ID as long as it keeps its anchor.
func PutPage(ctx context.Context, tx *db.Tx, p api.Page, html string, parts []Section, now time.Time) (id int64, changed []int64, err error) {
	err = tx.QueryRowContext(ctx, `INSERT INTO pages (product, version, language, path, title, sha256, html, imported) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (product, version, language, path) DO UPDATE SET title = excluded.title, sha256 = excluded.sha256, html = excluded.html, imported = excluded.imported
		RETURNING id`, p.Product, p.Version, p.Language, p.Path, p.Title, p.SHA256, html, db.Micros(now)).Scan(&id)
	if err != nil {
		return 0, nil, fmt.Errorf("write page %q: %w", p.Path, db.Named(err))
	}
	before, err := sections(ctx, tx, id)
	if err != nil {
		return 0, nil, err
	}
	old := map[string]int64{}
	for _, s := range before {
		old[s.Anchor] = s.ID
		changed = append(changed, s.ID)
	}
	for i, s := range parts {
		if was, ok := old[s.Anchor]; ok {
			delete(old, s.Anchor)
			_, err = tx.ExecContext(ctx, "UPDATE sections SET place = ?, title = ?, level = ?, body = ? WHERE id = ?", i, s.Title, s.Level, s.Body, was)
		} else {
			var fresh int64
			err = tx.QueryRowContext(ctx, "INSERT INTO sections (page, place, anchor, title, level, body) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
				id, i, s.Anchor, s.Title, s.Level, s.Body).Scan(&fresh)
			changed = append(changed, fresh)
		}
		if err != nil {
			return 0, nil, fmt.Errorf("write section %q of page %q: %w", s.Anchor, p.Path, db.Named(err))
		}
	}
	for _, gone := range old {
		if _, err := tx.ExecContext(ctx, "DELETE FROM sections WHERE id = ?", gone); err != nil {
			return 0, nil, fmt.Errorf("write page %q: %w", p.Path, db.Named(err))
		}
	}
	return id, changed, nil
}

// DropPage deletes a page, and gives the sections that it had.
func DropPage(ctx context.Context, tx *db.Tx, id int64) ([]int64, error) {
	list, err := sections(ctx, tx, id)
	if err == nil {
		err = db.One(tx.ExecContext(ctx, "DELETE FROM pages WHERE id = ?", id))
	}
	if err != nil {
		return nil, fmt.Errorf("delete page %d: %w", id, err)
	}
	var gone []int64
	for _, s := range list {
		gone = append(gone, s.ID)
	}
	return gone, nil
}

// Paths gives the IDs of a handbook's pages by their paths, for links between them.
func Paths(ctx context.Context, q db.Querier, p api.Page) (map[string]int64, error) {
	rows, err := q.QueryContext(ctx, "SELECT path, id FROM pages WHERE product = ? AND version = ? AND language = ?", p.Product, p.Version, p.Language)
	if err != nil {
		return nil, fmt.Errorf("list pages: %w", db.Named(err))
	}
	defer rows.Close()
	m := map[string]int64{}
	for rows.Next() {
		var path string
		var id int64
		if err := rows.Scan(&path, &id); err != nil {
			return nil, fmt.Errorf("list pages: %w", err)
		}
		m[path] = id
	}
	return m, db.Named(rows.Err())
}

// SectionAt is the section of a page's anchor; ErrNotFound is none.
func SectionAt(ctx context.Context, q db.Querier, page int64, anchor string) (id int64, err error) {
	err = q.QueryRowContext(ctx, "SELECT id FROM sections WHERE page = ? AND anchor = ?", page, anchor).Scan(&id)
	return id, db.Named(err)
}

// Changed says whether a page is there as it is sent.
func Changed(ctx context.Context, q db.Querier, p api.Page) (before api.Page, same bool, err error) {
	before, err = scanPage(q.QueryRowContext(ctx, "SELECT "+pageColumns+" FROM pages WHERE product = ? AND version = ? AND language = ? AND path = ?",
		p.Product, p.Version, p.Language, p.Path))
	err = db.Named(err)
	if errors.Is(err, db.ErrNotFound) {
		return before, false, nil
	}
	return before, err == nil && before.SHA256 == p.SHA256, err
}
