// Package knowledge is the console's pages for what is known: articles as they are written, read and published, and handbooks.
package knowledge

import (
	"embed"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/console/page"
	"github.com/beistand/beistand/app/desk/console/staff"
)

// HTML is the pages' templates.
//
//go:embed html
var HTML embed.FS

// Rows are the pages and forms.
func Rows() []page.Row {
	return []page.Row{
		staff.Get("/desk/articles", list),
		staff.Get("/desk/articles/new", blank),
		staff.Post("/desk/articles/new", save),
		staff.Get("/desk/articles/{id}", one),
		staff.Get("/desk/articles/{id}/edit", edit),
		staff.Post("/desk/articles/{id}/edit", save),
		staff.Post("/desk/articles/{id}/state", move),
		staff.Get("/desk/handbook", handbook),
		staff.Get("/desk/handbook/{id}", handbookPage),
	}
}

func at(id int64) string { return "/desk/articles/" + strconv.FormatInt(id, 10) }

type listView struct {
	State, Product, Language string
	Articles                 []api.Article
	Next                     string
}

func list(p *page.Request) error {
	v := p.R.URL.Query()
	d := listView{State: v.Get("state"), Product: strings.TrimSpace(v.Get("product")), Language: v.Get("language")}
	q := url.Values{"limit": {"50"}}
	for name, value := range map[string]string{"states": d.State, "product": d.Product, "language": d.Language, "before": v.Get("before")} {
		if value != "" {
			q.Set(name, value)
		}
	}
	all, err := page.Read[api.ArticleList](p, api.PathArticles+"?"+q.Encode())
	if err != nil {
		return err
	}
	if d.Articles = all.Articles; len(all.Articles) == 50 {
		next := url.Values{"state": {d.State}, "product": {d.Product}, "language": {d.Language}, "before": {strconv.FormatInt(all.Articles[49].ID, 10)}}
		d.Next = "/desk/articles?" + next.Encode()
	}
	return p.Show(http.StatusOK, "articles", d)
}

// view is the page of one article, read or written.
type view struct {
	api.Article
	History []api.ArticleVersion
	Refused *page.Refused
	Editor  bool
	Preview string // HTML of what is typed; "" is none
}

func one(p *page.Request) error { return show(p, http.StatusOK, nil) }

func show(p *page.Request, status int, refused *page.Refused) error {
	d, err := read(p)
	if err != nil {
		return err
	}
	d.Refused = refused
	if h, err := page.Read[api.ArticleHistory](p, api.ArticleHistoryPath(d.ID)); err == nil {
		d.History = h.Versions
	}
	return p.Show(status, "article", d)
}

func read(p *page.Request) (*view, error) {
	a, err := page.Read[api.Article](p, api.ArticlePath(p.Number("id")))
	return &view{Article: a, Editor: p.Me.Is(string(api.RoleEditor))}, err
}

func blank(p *page.Request) error {
	v := p.R.URL.Query()
	d := &view{Article: api.Article{Language: p.Language, Product: v.Get("product")}, Editor: p.Me.Is(string(api.RoleEditor))}
	d.Of, _ = strconv.ParseInt(v.Get("of"), 10, 64)
	return p.Show(http.StatusOK, "articleedit", d)
}

func edit(p *page.Request) error {
	d, err := read(p)
	if err != nil {
		return err
	}
	return p.Show(http.StatusOK, "articleedit", d)
}

// save keeps what is typed, or shows what would become of it.
func save(p *page.Request) error {
	d := &view{Article: api.Article{Language: p.Get("language"), Of: p.Int("of")}, Editor: p.Me.Is(string(api.RoleEditor))}
	id, body := p.Number("id"), strings.TrimSpace(p.Form.Get("body"))
	if id != 0 {
		var err error
		if d, err = read(p); err != nil {
			return err
		}
	}
	if p.Get("do") == "preview" {
		made, err := preview(body)
		if err != nil {
			return err
		}
		d.Preview = made
		return p.Show(http.StatusOK, "articleedit", d)
	}
	var saved api.Article
	var err error
	if id == 0 {
		saved, err = page.Ask[api.Article](p, http.MethodPost, api.PathArticles, api.NewArticle{
			Title: p.Get("title"), Body: body, Product: p.Get("product"), From: p.Get("from"), To: p.Get("to"), Language: p.Get("language"), Of: p.Int("of"),
		})
	} else {
		saved, err = page.Ask[api.Article](p, http.MethodPatch, api.ArticlePath(id), api.ArticleChange{
			Version: p.Int("version"), Title: new(p.Get("title")), Body: &body, Product: new(p.Get("product")), From: new(p.Get("from")), To: new(p.Get("to")),
			Language: new(p.Get("language")), Note: p.Get("note"),
		})
	}
	if err == nil {
		return p.Go(at(saved.ID))
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	d.Refused = refused
	return p.Show(refused.Status, "articleedit", d)
}

// move publishes an article, withdraws it, or makes it a draft again.
func move(p *page.Request) error {
	state := api.ArticleState(p.Get("state"))
	_, err := page.Ask[api.Article](p, http.MethodPatch, api.ArticlePath(p.Number("id")), api.ArticleChange{Version: p.Int("version"), State: &state, Note: p.Get("note")})
	if err == nil {
		return p.Go(at(p.Number("id")))
	}
	refused, ok := p.Refused(err)
	if !ok {
		return err
	}
	return show(p, refused.Status, refused)
}

type handbookView struct {
	Product, Language string
	Pages             []api.Page
	Next              int64
}

func handbook(p *page.Request) error {
	v := p.R.URL.Query()
	d := handbookView{Product: strings.TrimSpace(v.Get("product")), Language: v.Get("language")}
	q := url.Values{"limit": {"200"}}
	for name, value := range map[string]string{"product": d.Product, "language": d.Language, "after": v.Get("after")} {
		if value != "" {
			q.Set(name, value)
		}
	}
	all, err := page.Read[api.PageList](p, api.PathPages+"?"+q.Encode())
	if err != nil {
		return err
	}
	if d.Pages = all.Pages; all.More && len(all.Pages) > 0 {
		d.Next = all.Pages[len(all.Pages)-1].ID
	}
	return p.Show(http.StatusOK, "handbook", d)
}

func handbookPage(p *page.Request) error {
	h, err := page.Read[api.Page](p, api.PagePath(p.Number("id")))
	if err != nil {
		return err
	}
	return p.Show(http.StatusOK, "handbookpage", h)
}
