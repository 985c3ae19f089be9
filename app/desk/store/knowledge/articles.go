// Package knowledge keeps articles, handbook pages and what has helped, and reads the texts that are to be found: queries alone.
package knowledge

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store/db"
)

const articleColumns = `id, version, state, title, body, product, since, until, language, of, ticket, cause, checks, author, created, updated,
	(SELECT count(*) FROM outcomes WHERE ref = 'article/' || CAST(articles.id AS TEXT))`

// Article reads one.
func Article(ctx context.Context, q db.Querier, id int64) (api.Article, error) {
	a, err := scanArticle(q.QueryRowContext(ctx, "SELECT "+articleColumns+" FROM articles WHERE id = ?", id))
	if err != nil {
		return a, fmt.Errorf("read article %d: %w", id, db.Named(err))
	}
	return a, nil
}

// ArticleOf is the article that was made from a ticket's closing; ErrNotFound is none.
func ArticleOf(ctx context.Context, q db.Querier, ticket int64) (api.Article, error) {
	a, err := scanArticle(q.QueryRowContext(ctx, "SELECT "+articleColumns+" FROM articles WHERE ticket = ?", ticket))
	if err != nil {
		return a, fmt.Errorf("read article of ticket %d: %w", ticket, db.Named(err))
	}
	return a, nil
}

type scanner interface{ Scan(dest ...any) error }

func scanArticle(row scanner) (api.Article, error) {
	var a api.Article
	var of, ticket sql.NullInt64
	var checks string
	var created, updated int64
	err := row.Scan(&a.ID, &a.Version, &a.State, &a.Title, &a.Body, &a.Product, &a.From, &a.To, &a.Language, &of, &ticket, &a.Cause, &checks, &a.By,
		&created, &updated, &a.Helped)
	if err == nil && checks != "" {
		err = json.Unmarshal([]byte(checks), &a.Check)
	}
	a.Of, a.Ticket, a.Created, a.Updated = of.Int64, ticket.Int64, db.Moment(created), db.Moment(updated)
	return a, err
}

// Articles lists them, the newest first, without their bodies.
func Articles(ctx context.Context, q db.Querier, w api.ArticleQuery) ([]api.Article, error) {
	where, args := []string{"1 = 1"}, []any{}
	if len(w.States) > 0 {
		where = append(where, "state IN ("+strings.TrimSuffix(strings.Repeat("?, ", len(w.States)), ", ")+")")
		for _, s := range w.States {
			args = append(args, s)
		}
	}
	if w.Product != "" {
		where, args = append(where, "product = ?"), append(args, w.Product)
	}
	if w.Language != "" {
		where, args = append(where, "language = ?"), append(args, w.Language)
	}
	if w.Before > 0 {
		where, args = append(where, "id < ?"), append(args, w.Before)
	}
	rows, err := q.QueryContext(ctx, "SELECT "+articleColumns+" FROM articles WHERE "+strings.Join(where, " AND ")+" ORDER BY id DESC LIMIT ?", append(args, w.Limit)...)
	if err != nil {
		return nil, fmt.Errorf("list articles: %w", db.Named(err))
	}
	defer rows.Close()
	list := []api.Article{}
	for rows.Next() {
		a, err := scanArticle(rows)
		if err != nil {
			return nil, fmt.Errorf("list articles: %w", err)
		}
		a.Body = ""
		list = append(list, a)
	}
	return list, db.Named(rows.Err())
}

// AddArticle keeps a new article, and gives its ID. One of a ticket that has one is db.ErrExists.
func AddArticle(ctx context.Context, tx *db.Tx, a api.Article, note string, now time.Time) (int64, error) {
	checks, err := encoded(a.Check)
	if err != nil {
		return 0, err
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO articles (version, state, title, body, product, since, until, language, of, ticket, cause, checks, author, created, updated)
		VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		a.State, a.Title, a.Body, a.Product, a.From, a.To, a.Language, reference(a.Of), reference(a.Ticket), a.Cause, checks, a.By,
		db.Micros(now), db.Micros(now)).Scan(&a.ID)
	if err != nil {
		return 0, fmt.Errorf("write article: %w", db.Named(err))
	}
	a.Version = 1
	return a.ID, addVersion(ctx, tx, a, note, now)
}

// WriteArticle keeps what became of an article. Its Version must be the kept
// one, else it is db.ErrConflict; it gets the next.
func WriteArticle(ctx context.Context, tx *db.Tx, a *api.Article, note string, now time.Time) error {
	checks, err := encoded(a.Check)
	if err != nil {
		return err
	}
	r, err := tx.ExecContext(ctx, `UPDATE articles SET version = version + 1, state = ?, title = ?, body = ?, product = ?, since = ?, until = ?,
		language = ?, of = ?, cause = ?, checks = ?, author = ?, updated = ? WHERE id = ? AND version = ?`,
		a.State, a.Title, a.Body, a.Product, a.From, a.To, a.Language, reference(a.Of), a.Cause, checks, a.By, db.Micros(now), a.ID, a.Version)
	if err == nil {
		var n int64
		if n, err = r.RowsAffected(); err == nil && n == 0 {
			err = db.ErrConflict
		}
	}
	if err != nil {
		return fmt.Errorf("write article %d: %w", a.ID, db.Named(err))
	}
	a.Version++
	a.Updated = db.Moment(db.Micros(now))
	return addVersion(ctx, tx, *a, note, now)
}

func addVersion(ctx context.Context, tx *db.Tx, a api.Article, note string, now time.Time) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO article_versions (article, version, changed, author, note, state, title, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		a.ID, a.Version, db.Micros(now), a.By, note, a.State, a.Title, a.Body)
	if err != nil {
		return fmt.Errorf("write history of article %d: %w", a.ID, db.Named(err))
	}
	return nil
}

// History is what an article was, the newest first, at most limit of it.
func History(ctx context.Context, q db.Querier, id int64, limit int) ([]api.ArticleVersion, error) {
	rows, err := q.QueryContext(ctx, "SELECT version, changed, author, note, state, title, body FROM article_versions WHERE article = ? ORDER BY version DESC LIMIT ?", id, limit)
	if err != nil {
		return nil, fmt.Errorf("read history of article %d: %w", id, db.Named(err))
	}
	defer rows.Close()
	list := []api.ArticleVersion{}
	for rows.Next() {
		var v api.ArticleVersion
		var at int64
		if err := rows.Scan(&v.Version, &at, &v.By, &v.Note, &v.State, &v.Title, &v.Body); err != nil {
			return nil, fmt.Errorf("read history of article %d: %w", id, err)
		}
		v.At = db.Moment(at)
		list = append(list, v)
	}
	return list, db.Named(rows.Err())
}

// Translations are the other languages of an article: what it translates, and what translates that.
func Translations(ctx context.Context, q db.Querier, a api.Article, published bool) ([]api.Translation, error) {
	first := a.ID
	if a.Of != 0 {
		first = a.Of
	}
	rows, err := q.QueryContext(ctx, "SELECT id, language, title, state FROM articles WHERE (id = ? OR of = ?) AND id <> ? ORDER BY language, id LIMIT 50", first, first, a.ID)
	if err != nil {
		return nil, fmt.Errorf("read translations of article %d: %w", a.ID, db.Named(err))
	}
	defer rows.Close()
	var list []api.Translation
	for rows.Next() {
		var t api.Translation
		var state api.ArticleState
		if err := rows.Scan(&t.ID, &t.Language, &t.Title, &state); err != nil {
			return nil, fmt.Errorf("read translations of article %d: %w", a.ID, err)
		}
		if state == api.ArticlePublished || !published && state != api.ArticleWithdrawn {
			list = append(list, t)
		}
	}
	return list, db.Named(rows.Err())
}

func encoded(list []string) (string, error) {
	if len(list) == 0 {
		return "", nil
	}
	b, err := json.Marshal(list)
	return string(b), err
}

func reference(n int64) sql.NullInt64 { return sql.NullInt64{Int64: n, Valid: n != 0} }
