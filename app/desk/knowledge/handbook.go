package knowledge

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/form"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/knowledge/page"
	"github.com/beistand/beistand/app/desk/reply"
	"github.com/beistand/beistand/app/desk/search"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/knowledge"
)

var pageParams = []gate.Param{
	{Name: "product"}, {Name: "version"}, {Name: "language"}, {Name: "after", Says: "IDs above this one"}, {Name: "limit", Says: "1 to 200; 50 if not given"},
}

func (k *Knowledge) pages(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	f := form.QueryOf(r)
	q := api.Handbook{Product: f.Text("product", 4*api.MaxName), Version: f.Text("version", 4*api.MaxVersion), Language: f.Text("language", 35), After: f.Number("after"), Limit: f.Limit()}
	if f.Err != nil {
		return f.Err
	}
	list, err := knowledge.Pages(r.Context(), k.db, q)
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, list)
}

// page is a page with its links as they lead to the others that are there now.
func (k *Knowledge) page(w http.ResponseWriter, r *http.Request, _ gate.Caller) error {
	id, err := form.ID(r)
	if err != nil {
		return err
	}
	var p api.Page
	err = k.db.View(r.Context(), func(tx *db.Tx) error {
		if p, err = knowledge.Page(r.Context(), tx, id); err != nil {
			return err
		}
		ids, err := knowledge.Paths(r.Context(), tx, p)
		p.HTML = page.Linked(p.HTML, p.Path, ids)
		return err
	})
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, p)
}

func (k *Knowledge) putPage(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	var n api.NewPage
	if err := reply.ReadMost(w, r, &n, 6*api.MaxPage+64<<10); err != nil { // each character may be written as \u and four digits
		return err
	}
	p, _, err := k.Import(r.Context(), n, c.Actor())
	if err != nil {
		return err
	}
	return reply.JSON(w, http.StatusOK, p)
}

// Import keeps a handbook's page; same says that it was there as it is.
func (k *Knowledge) Import(ctx context.Context, n api.NewPage, by api.Actor) (p api.Page, same bool, err error) {
	if err := checkPage(&n); err != nil {
		return p, false, err
	}
	made, err := page.Of(n.Path, n.Text)
	if err != nil {
		return p, false, reply.Invalid("%v", err)
	}
	sum := sha256.Sum256([]byte(n.Text))
	p = api.Page{Product: n.Product, Version: n.Version, Language: n.Language, Path: n.Path, Title: made.Title, SHA256: hex.EncodeToString(sum[:])}
	if p.Title == "" {
		p.Title = path.Base(n.Path)
	}
	var parts []knowledge.Section
	for _, s := range made.Sections {
		one := knowledge.Section{Section: api.Section{Anchor: s.Anchor, Title: s.Title, Level: s.Level}, Body: s.Text}
		if one.Title == "" {
			one.Title = p.Title
		}
		parts = append(parts, one)
	}
	err = k.tx(ctx, func(tx *db.Tx) error {
		before, is, err := knowledge.Changed(ctx, tx, p)
		if same = is; err != nil || is {
			p.ID = before.ID
			return err
		}
		id, changed, err := knowledge.PutPage(ctx, tx, p, made.HTML, parts, k.cfg.Now())
		if err != nil {
			return err
		}
		p.ID = id
		return k.pageChanged(ctx, tx, by, id, changed)
	})
	if err != nil {
		return p, false, err
	}
	p, err = knowledge.Page(ctx, k.db, p.ID)
	return p, same, err
}

func (k *Knowledge) pageChanged(ctx context.Context, tx *db.Tx, by api.Actor, id int64, sections []int64) error {
	docs := make([]int64, len(sections))
	for i, s := range sections {
		docs[i] = search.Pages.Doc(s)
	}
	return errors.Join(k.note(ctx, tx, by, 0, actPage, fmt.Sprintf("page/%d", id), nil), k.index.Due(ctx, tx, docs...))
}

func checkPage(n *api.NewPage) error {
	for _, err := range []error{
		form.Line("product", &n.Product, api.MaxName, true),
		form.Line("version", &n.Version, api.MaxVersion, false),
		form.Language(&n.Language),
		form.Line("path", &n.Path, api.MaxPagePath, true),
	} {
		if err != nil {
			return err
		}
	}
	switch {
	case n.Language == "":
		return reply.Invalid("the language is missing")
	case len(n.Text) > api.MaxPage:
		return reply.Invalid("the page has %d bytes; %d fit", len(n.Text), api.MaxPage)
	case !utf8.ValidString(n.Text) || strings.Contains(n.Text, "\x00"):
		return reply.Invalid("the page is not UTF-8")
	case n.Path != path.Clean(n.Path) || strings.HasPrefix(n.Path, "/") || strings.HasPrefix(n.Path, "..") || strings.Contains(n.Path, `\`):
		return reply.Invalid("%q is not the path of a page in its handbook", n.Path)
	}
	return nil
}

func (k *Knowledge) dropPage(w http.ResponseWriter, r *http.Request, c gate.Caller) error {
	id, err := form.ID(r)
	if err != nil {
		return err
	}
	if err := k.Drop(r.Context(), id, c.Actor()); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// Drop deletes a handbook's page.
func (k *Knowledge) Drop(ctx context.Context, id int64, by api.Actor) error {
	return k.tx(ctx, func(tx *db.Tx) error {
		gone, err := knowledge.DropPage(ctx, tx, id)
		if err != nil {
			return err
		}
		return k.pageChanged(ctx, tx, by, id, gone)
	})
}
