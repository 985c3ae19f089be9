package client

import (
	"context"
	"net/http"

	"github.com/beistand/beistand/app/api"
)

// SimilarTo gives what is known of a case that is not sent yet: published
// answers to everybody, the best first.
func (c *Client) SimilarTo(ctx context.Context, q api.SimilarQuery) (api.MatchList, error) {
	return ask[api.MatchList](ctx, c, http.MethodPost, api.PathSimilarTo, q)
}

// Similar gives the cases and answers that are similar to a ticket.
func (c *Client) Similar(ctx context.Context, number int64) (api.MatchList, error) {
	return get[api.MatchList](ctx, c, api.SimilarPath(number))
}

// Helped says which answer it was.
func (c *Client) Helped(ctx context.Context, h api.Helped) error {
	return c.call(ctx, http.MethodPost, api.PathHelped, h, nil)
}

// Article reads an article.
func (c *Client) Article(ctx context.Context, id int64) (api.Article, error) {
	return get[api.Article](ctx, c, api.ArticlePath(id))
}

// HandbookPage reads a page of a handbook.
func (c *Client) HandbookPage(ctx context.Context, id int64) (api.Page, error) {
	return get[api.Page](ctx, c, api.PagePath(id))
}

// Search looks through everything that the desk knows; staff only.
func (c *Client) Search(ctx context.Context, q api.SearchQuery) (api.MatchList, error) {
	v := values{"text": {q.Text}}
	for _, k := range q.Kinds {
		v.text("kinds", string(k))
	}
	v.text("product", q.Product)
	v.text("version", q.Version)
	v.text("language", q.Language)
	v.number("limit", int64(q.Limit))
	return get[api.MatchList](ctx, c, v.on(api.PathSearch))
}

// Articles lists articles, the newest first; staff only.
func (c *Client) Articles(ctx context.Context, q api.ArticleQuery) ([]api.Article, error) {
	v := values{}
	for _, s := range q.States {
		v.text("states", string(s))
	}
	v.text("product", q.Product)
	v.text("language", q.Language)
	v.number("before", q.Before)
	v.number("limit", int64(q.Limit))
	list, err := get[api.ArticleList](ctx, c, v.on(api.PathArticles))
	return list.Articles, err
}

// WriteArticle begins an article as a draft.
func (c *Client) WriteArticle(ctx context.Context, n api.NewArticle) (api.Article, error) {
	return ask[api.Article](ctx, c, http.MethodPost, api.PathArticles, n)
}

// ChangeArticle changes an article, and publishes it when an editor says so.
func (c *Client) ChangeArticle(ctx context.Context, id int64, change api.ArticleChange) (api.Article, error) {
	return ask[api.Article](ctx, c, http.MethodPatch, api.ArticlePath(id), change)
}

// ArticleHistory is what an article was, the newest first.
func (c *Client) ArticleHistory(ctx context.Context, id int64) ([]api.ArticleVersion, error) {
	h, err := get[api.ArticleHistory](ctx, c, api.ArticleHistoryPath(id))
	return h.Versions, err
}

// Pages lists a handbook's pages by their IDs.
func (c *Client) Pages(ctx context.Context, h api.Handbook) (api.PageList, error) {
	v := values{}
	v.text("product", h.Product)
	v.text("version", h.Version)
	v.text("language", h.Language)
	v.number("after", h.After)
	v.number("limit", int64(h.Limit))
	return get[api.PageList](ctx, c, v.on(api.PathPages))
}

// PutPage imports a handbook's page, as an editor.
func (c *Client) PutPage(ctx context.Context, n api.NewPage) (api.Page, error) {
	return ask[api.Page](ctx, c, http.MethodPut, api.PathPages, n)
}

// DropPage deletes a handbook's page, as an editor.
func (c *Client) DropPage(ctx context.Context, id int64) error {
	return c.drop(ctx, api.PagePath(id))
}

// Outcomes say what came of looking for similar cases, from one day (2026-11-01) up to another; "" are the last 30.
func (c *Client) Outcomes(ctx context.Context, from, to string) (api.Outcomes, error) {
	v := values{}
	v.text("from", from)
	v.text("to", to)
	return get[api.Outcomes](ctx, c, v.on(api.PathOutcomes))
}

// RoutingRules are the rules of the profile by which cases are routed.
func (c *Client) RoutingRules(ctx context.Context) ([]api.RoutingRule, error) {
	r, err := get[api.RoutingRules](ctx, c, api.PathRules)
	return r.Rules, err
}

// TryRouting says what the rules would do with a case.
func (c *Client) TryRouting(ctx context.Context, of api.RoutingCase) (api.Routing, error) {
	return ask[api.Routing](ctx, c, http.MethodPost, api.PathRulesTry, of)
}

// Routing says where a ticket belongs, and who has solved similar ones.
func (c *Client) Routing(ctx context.Context, number int64) (api.Routing, error) {
	return get[api.Routing](ctx, c, api.RoutingPath(number))
}
