package knowledge

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/knowledge/page"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/search"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/knowledge"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

// roomOf is where an article of a state is found; -1 is nowhere.
func roomOf(s api.ArticleState) search.Room {
	switch s {
	case api.ArticleDraft:
		return search.Drafts
	case api.ArticlePublished:
		return search.Articles
	}
	return -1
}

// fromCase refuses an article of a case that there is not, or that has one.
func (k *Knowledge) fromCase(ctx context.Context, tx *db.Tx, ticket int64) error {
	if ticket == 0 {
		return nil
	}
	if err := tickets.Exists(ctx, tx, ticket); errors.Is(err, db.ErrNotFound) {
		return reply.Invalid("there is no ticket %d that it could come from", ticket)
	} else if err != nil {
		return err
	}
	before, err := knowledge.ArticleOf(ctx, tx, ticket)
	if err == nil {
		return reply.Refuse(http.StatusConflict, api.KindConflict, "ticket %d has an article already: %d", ticket, before.ID)
	}
	return ignoreMissing(err)
}

// Add keeps a new article, whose fields the caller has checked, in its state.
func (k *Knowledge) Add(ctx context.Context, a api.Article, by api.Actor) (api.Article, error) {
	err := k.tx(ctx, func(tx *db.Tx) (err error) {
		a, err = k.add(ctx, tx, a, "", by)
		return err
	})
	return a, err
}

// add keeps a new article and gives it as staff see it.
func (k *Knowledge) add(ctx context.Context, tx *db.Tx, a api.Article, note string, by api.Actor) (api.Article, error) {
	if err := k.original(ctx, tx, a); err != nil {
		return a, err
	}
	id, err := knowledge.AddArticle(ctx, tx, a, note, k.cfg.Now())
	if err == nil {
		err = errors.Join(
			k.note(ctx, tx, by, a.Ticket, actWritten, fmt.Sprintf("article/%d", id), nil),
			k.index.Due(ctx, tx, search.Drafts.Doc(id), search.Articles.Doc(id)),
		)
	}
	if err != nil {
		return a, err
	}
	return k.whole(ctx, tx, id)
}

// original refuses a translation of what is not there, of itself or of a translation.
func (k *Knowledge) original(ctx context.Context, q db.Querier, a api.Article) error {
	if a.Of == 0 {
		return nil
	}
	of, err := knowledge.Article(ctx, q, a.Of)
	switch {
	case errors.Is(err, db.ErrNotFound), err == nil && (of.ID == a.ID || of.Of != 0):
		return reply.Invalid("article %d is none that can be translated", a.Of)
	case err == nil && of.Language == a.Language:
		return reply.Invalid("article %d is in this language", a.Of)
	}
	return err
}

func checkArticle(a *api.Article) error {
	for _, err := range []error{
		form.Line("title", &a.Title, api.MaxTitle, true),
		form.Text("body", &a.Body, api.MaxArticle, true),
		form.Line("product", &a.Product, api.MaxName, false),
		form.Line("version from", &a.From, api.MaxVersion, false),
		form.Line("version to", &a.To, api.MaxVersion, false),
		form.Language(&a.Language),
	} {
		if err != nil {
			return err
		}
	}
	if a.Language == "" {
		return reply.Invalid("the language is missing")
	}
	return nil
}

// published is an article as everybody sees it; one that is not published is not there.
func (k *Knowledge) published(ctx context.Context, id int64) (api.Article, error) {
	a, err := knowledge.Article(ctx, k.db, id)
	if err == nil && a.State != api.ArticlePublished {
		err = db.ErrNotFound
	}
	if err == nil {
		a.Translations, err = knowledge.Translations(ctx, k.db, a, true)
	}
	if err == nil {
		err = render(&a)
	}
	a.By, a.Ticket, a.Check = "", 0, nil
	return a, err
}

// whole is an article as staff see it.
func (k *Knowledge) whole(ctx context.Context, q db.Querier, id int64) (api.Article, error) {
	a, err := knowledge.Article(ctx, q, id)
	if err == nil {
		a.Translations, err = knowledge.Translations(ctx, q, a, false)
	}
	if err == nil {
		err = render(&a)
	}
	return a, err
}

func render(a *api.Article) error {
	p, err := page.Markdown(a.Body)
	a.HTML = page.Linked(p.HTML, "", nil)
	return err
}

func (k *Knowledge) change(ctx context.Context, tx *db.Tx, id int64, change api.ArticleChange, c gate.Caller) (api.Article, error) {
	a, err := knowledge.Article(ctx, tx, id)
	if err != nil {
		return a, err
	}
	if a.Version != change.Version {
		current, err := k.whole(ctx, tx, id)
		if err != nil {
			return a, err
		}
		return a, reply.Conflict(current)
	}
	before := a
	for _, f := range []struct{ to, from *string }{
		{&a.Title, change.Title}, {&a.Body, change.Body}, {&a.Product, change.Product}, {&a.From, change.From}, {&a.To, change.To}, {&a.Language, change.Language},
	} {
		if f.from != nil {
			*f.to = *f.from
		}
	}
	if change.Of != nil {
		a.Of = *change.Of
	}
	if change.State != nil {
		a.State = *change.State
	}
	// What is published, and what becomes of it, is an editor's.
	if (before.State == api.ArticlePublished || a.State == api.ArticlePublished || a.State != before.State) && !c.Has(api.RoleEditor) {
		return a, reply.Refuse(http.StatusForbidden, api.KindForbidden, "editors publish, change what is published, and withdraw it")
	}
	switch a.State {
	case api.ArticleDraft, api.ArticleWithdrawn:
	case api.ArticlePublished:
		a.Check = nil // an editor has looked
	default:
		return a, reply.Invalid("%q is not a state of an article", a.State)
	}
	if err := checkArticle(&a); err != nil {
		return a, err
	}
	if a.Of != before.Of || a.Language != before.Language {
		if err := k.original(ctx, tx, a); err != nil {
			return a, err
		}
	}
	a.By = c.Staff.Name
	action := actChanged
	switch {
	case a.State == before.State:
	case a.State == api.ArticlePublished:
		action = actPublished
	case before.State == api.ArticlePublished:
		action = actWithdrawn
	}
	if err := k.keep(ctx, tx, &a, action, change.Note, c.Actor()); err != nil {
		return a, err
	}
	return k.whole(ctx, tx, id)
}

// keep writes what became of an article, and says so.
func (k *Knowledge) keep(ctx context.Context, tx *db.Tx, a *api.Article, action, note string, by api.Actor) error {
	if err := knowledge.WriteArticle(ctx, tx, a, note, k.cfg.Now()); err != nil {
		return err
	}
	detail := struct {
		Version int64            `json:"version"`
		State   api.ArticleState `json:"state"`
	}{a.Version, a.State}
	return errors.Join(
		k.note(ctx, tx, by, a.Ticket, action, fmt.Sprintf("article/%d", a.ID), detail),
		k.index.Due(ctx, tx, search.Drafts.Doc(a.ID), search.Articles.Doc(a.ID)),
	)
}
