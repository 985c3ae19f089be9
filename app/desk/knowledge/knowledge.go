// Package knowledge answers for what is known: similar cases, searches, articles, handbooks, and what has helped.
package knowledge

import (
	"context"
	"net/http"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/search"
	"github.com/beistand/beistand/app/desk/store/db"
)

// Config is what Knowledge is made from. DB is needed.
type Config struct {
	DB      *db.DB
	Now     func() time.Time // nil is time.Now
	Log     logger
	Journal Journal // nil: nothing is written down

	Admit  func(*http.Request) error               // bounds how often anybody asks; nil: it is not bounded
	Thanks func(r *http.Request, ref string) error // and says that something helped
}

type logger interface {
	Printf(format string, args ...any)
}

// Journal writes down who has done what, in the transaction that does it. Kick
// is called once that is on disk.
type Journal interface {
	Write(ctx context.Context, tx *db.Tx, at time.Time, by api.Actor, ticket int64, action, subject string, detail any) error
	Kick()
}

// Knowledge answers for what is known.
type Knowledge struct {
	cfg   Config
	db    *db.DB
	index *search.Index
}

// New makes Knowledge with its index.
func New(cfg Config) *Knowledge {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	k := &Knowledge{cfg: cfg, db: cfg.DB}
	k.index = search.New(search.Config{DB: cfg.DB, Source: source{}, Log: cfg.Log, Now: cfg.Now})
	return k
}

// Index is what everything is found by.
func (k *Knowledge) Index() *search.Index { return k.index }

// Routes are the endpoints.
func (k *Knowledge) Routes() []gate.Route {
	editor := []api.Role{api.RoleEditor}
	return []gate.Route{
		{Method: "POST", Path: api.PathSimilarTo, Who: gate.Anyone, Handle: k.similarTo, Doc: gate.Doc{Says: "Read what is published about a case that is not sent yet", In: api.SimilarQuery{}, Out: api.MatchList{}}},
		{Method: "POST", Path: api.PathHelped, Who: gate.Anyone, Handle: k.helped, Doc: gate.Doc{Says: "Say that something published has helped", In: api.Helped{}, OK: http.StatusNoContent}},
		{Method: "GET", Path: api.PathSimilar, Who: gate.TicketParty, Scope: api.ScopeRead, Handle: k.similar, Doc: gate.Doc{Says: "Read what is similar to a ticket", Query: []gate.Param{{Name: "limit", Says: "1 to 50; 10 if not given"}}, Out: api.MatchList{}}},
		{Method: "GET", Path: api.PathSearch, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: k.search, Doc: gate.Doc{Says: "Search everything that the desk knows", Query: searchParams, Out: api.MatchList{}}},
		{Method: "GET", Path: api.PathArticles, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: k.articles, Doc: gate.Doc{Says: "List articles, newest first", Query: articleParams, Out: api.ArticleList{}}},
		{Method: "POST", Path: api.PathArticles, Who: gate.StaffOnly, Handle: k.newArticle, Doc: gate.Doc{Says: "Write an article's draft", In: api.NewArticle{}, Out: api.Article{}, OK: http.StatusCreated}},
		{Method: "GET", Path: api.PathArticle, Who: gate.Everybody, Scope: api.ScopeRead, Handle: k.article, Doc: gate.Doc{Says: "Read a published article, or as staff any", Out: api.Article{}}},
		{Method: "PATCH", Path: api.PathArticle, Who: gate.StaffOnly, Handle: k.changeArticle, Doc: gate.Doc{Says: "Change an article, or publish it as an editor", In: api.ArticleChange{}, Out: api.Article{}}},
		{Method: "GET", Path: api.PathArticleHistory, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: k.history, Doc: gate.Doc{Says: "Read what an article was", Out: api.ArticleHistory{}}},
		{Method: "GET", Path: api.PathPages, Who: gate.Anyone, Handle: k.pages, Doc: gate.Doc{Says: "List a handbook's pages", Query: pageParams, Out: api.PageList{}}},
		{Method: "PUT", Path: api.PathPages, Who: gate.StaffOnly, Roles: editor, Handle: k.putPage, Doc: gate.Doc{Says: "Import a handbook's page", In: api.NewPage{}, Out: api.Page{}}},
		{Method: "GET", Path: api.PathPage, Who: gate.Anyone, Handle: k.page, Doc: gate.Doc{Says: "Read a handbook's page", Out: api.Page{}}},
		{Method: "DELETE", Path: api.PathPage, Who: gate.StaffOnly, Roles: editor, Handle: k.dropPage, Doc: gate.Doc{Says: "Delete a handbook's page", OK: http.StatusNoContent}},
		{Method: "GET", Path: api.PathOutcomes, Who: gate.StaffOnly, Scope: api.ScopeRead, Handle: k.outcomes, Doc: gate.Doc{Says: "Read what came of looking for similar cases", Query: outcomeParams, Out: api.Outcomes{}}},
	}
}

// tx runs fn, and wakes those who follow the journal, and the index.
func (k *Knowledge) tx(ctx context.Context, fn func(*db.Tx) error) error {
	err := k.db.Tx(ctx, fn)
	if err == nil {
		k.index.Kick()
		if k.cfg.Journal != nil {
			k.cfg.Journal.Kick()
		}
	}
	return err
}

func (k *Knowledge) note(ctx context.Context, tx *db.Tx, by api.Actor, ticket int64, action, subject string, detail any) error {
	if k.cfg.Journal == nil {
		return nil
	}
	return k.cfg.Journal.Write(ctx, tx, k.cfg.Now(), by, ticket, action, subject, detail)
}
