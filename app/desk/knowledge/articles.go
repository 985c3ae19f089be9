package knowledge

import (
	"fmt"
	"net/http"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/knowledge"
)

// What the journal is told.
const (
	actWritten   = "article.written"
	actChanged   = "article.changed"
	actPublished = "article.published"
	actWithdrawn = "article.withdrawn"
	actPage      = "handbook.changed"
)

// mostVersions is how much of an article's history is given.
const mostVersions = 200

var articleParams = []gate.Param{
	{Name: "states", Says: "draft, published, withdrawn", Many: true},
	{Name: "product"},
	{Name: "language"},
	{Name: "before", Says: "IDs below this one"},
	{Name: "limit", Says: "1 to 200; 50 if not given"},
}

func (k *Knowledge) articles(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	f := form.QueryOf(r)
	q := api.ArticleQuery{Product: f.Text("product", 4*api.MaxName), Language: f.Text("language", 35), Before: f.Number("before"), Limit: f.Limit()}
	for _, s := range f.Texts("states", 20) {
		q.States = append(q.States, api.ArticleState(s))
	}
	if f.Err != nil {
		return f.Err
	}
	list, err := knowledge.Articles(r.Context(), k.db, q)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, api.ArticleList{Articles: list})
}

func (k *Knowledge) newArticle(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var n api.NewArticle
	if err := reply.Read(w, r, &n); err != nil {
		return err
	}
	a := api.Article{
		State: api.ArticleDraft, Title: n.Title, Body: n.Body, Product: n.Product, From: n.From, To: n.To,
		Language: n.Language, Of: n.Of, Ticket: n.Ticket, By: c.Staff.Name,
	}
	err := checkArticle(&a)
	if err != nil {
		return err
	}
	var made api.Article
	err = k.tx(r.Context(), func(tx *db.Tx) error {
		if err := k.fromCase(r.Context(), tx, a.Ticket); err != nil {
			return err
		}
		made, err = k.add(r.Context(), tx, a, "", c.Actor())
		return err
	})
	if err != nil {
		return err
	}
	w.Header().Set("Location", api.ArticlePath(made.ID))
	return reply.JSON(w, http.StatusCreated, made)
}

// article is a published article as everybody sees it; to staff, any as it is.
func (k *Knowledge) article(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, err := form.ID(r)
	if err != nil {
		return err
	}
	var a api.Article
	if c.Inside() {
		a, err = k.whole(r.Context(), k.db, id)
	} else {
		a, err = k.published(r.Context(), id)
	}
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, a)
}

func (k *Knowledge) changeArticle(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, err := form.ID(r)
	if err != nil {
		return err
	}
	var change api.ArticleChange
	if err := reply.Read(w, r, &change); err != nil {
		return err
	}
	if err := form.Line("note", &change.Note, api.MaxReason, false); err != nil {
		return err
	}
	var a api.Article
	err = k.tx(r.Context(), func(tx *db.Tx) error {
		a, err = k.change(r.Context(), tx, id, change, c)
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, a)
}

func (k *Knowledge) history(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	id, err := form.ID(r)
	if err != nil {
		return err
	}
	list, err := knowledge.History(r.Context(), k.db, id, mostVersions)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return fmt.Errorf("history of article %d: %w", id, db.ErrNotFound)
	}
	return reply.JSON(w, http.StatusOK, api.ArticleHistory{Versions: list})
}
