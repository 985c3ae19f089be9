package client

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/beistand/beistand/app/api"
)

// Search looks through everything that the desk knows; staff only.
func (c *Client) Search(ctx context.Context, q api.SearchQuery) (api.MatchList, error) {
	v := url.Values{"text": {q.Text}}
	for _, k := range q.Kinds {
		v.Add("kinds", string(k))
	}
	set(v, "product", q.Product)
	set(v, "version", q.Version)
	set(v, "language", q.Language)
	if q.Limit > 0 {
		v.Set("limit", strconv.Itoa(q.Limit))
	}
	var list api.MatchList
	err := c.call(ctx, http.MethodGet, api.PathSearch+"?"+v.Encode(), nil, &list)
	return list, err
}

func set(v url.Values, name, value string) {
	if value != "" {
		v.Set(name, value)
	}
}

// Articles lists articles, the newest first; staff only.
func (c *Client) Articles(ctx context.Context, q api.ArticleQuery) ([]api.Article, error) {
	v := url.Values{}
	for _, s := range q.States {
		v.Add("states", string(s))
	}
	set(v, "product", q.Product)
	set(v, "language", q.Language)
	if q.Before > 0 {
		v.Set("before", strconv.FormatInt(q.Before, 10))
	}
	if q.Limit > 0 {
		v.Set("limit", strconv.Itoa(q.Limit))
	}
	var list api.ArticleList
	err := c.call(ctx, http.MethodGet, api.PathArticles+"?"+v.Encode(), nil, &list)
	return list.Articles, err
}

// WriteArticle begins an article as a draft.
func (c *Client) WriteArticle(ctx context.Context, n api.NewArticle) (api.Article, error) {
	var a api.Article
	err := c.call(ctx, http.MethodPost, api.PathArticles, n, &a)
	return a, err
}

// ChangeArticle changes an article, and publishes it when an editor says so.
func (c *Client) ChangeArticle(ctx context.Context, id int64, change api.ArticleChange) (api.Article, error) {
	var a api.Article
	err := c.call(ctx, http.MethodPatch, api.ArticlePath(id), change, &a)
	return a, err
}

// ArticleHistory is what an article was, the newest first.
func (c *Client) ArticleHistory(ctx context.Context, id int64) ([]api.ArticleVersion, error) {
	var h api.ArticleHistory
	err := c.call(ctx, http.MethodGet, api.ArticleHistoryPath(id), nil, &h)
	return h.Versions, err
}

// Pages lists a handbook's pages by their IDs.
func (c *Client) Pages(ctx context.Context, h api.Handbook) (api.PageList, error) {
	v := url.Values{}
	set(v, "product", h.Product)
	set(v, "version", h.Version)
	set(v, "language", h.Language)
	if h.After > 0 {
		v.Set("after", strconv.FormatInt(h.After, 10))
	}
	if h.Limit > 0 {
		v.Set("limit", strconv.Itoa(h.Limit))
	}
	var list api.PageList
	err := c.call(ctx, http.MethodGet, api.PathPages+"?"+v.Encode(), nil, &list)
	return list, err
}

// PutPage imports a handbook's page, as an editor.
func (c *Client) PutPage(ctx context.Context, n api.NewPage) (api.Page, error) {
	var p api.Page
	err := c.call(ctx, http.MethodPut, api.PathPages, n, &p)
	return p, err
}

// DropPage deletes a handbook's page, as an editor.
func (c *Client) DropPage(ctx context.Context, id int64) error {
	return c.call(ctx, http.MethodDelete, api.PagePath(id), nil, nil)
}

// Outcomes say what came of looking for similar cases, from one day (2026-11-01) up to another; "" are the last 30.
func (c *Client) Outcomes(ctx context.Context, from, to string) (api.Outcomes, error) {
	v := url.Values{}
	set(v, "from", from)
	set(v, "to", to)
	var o api.Outcomes
	err := c.call(ctx, http.MethodGet, api.PathOutcomes+"?"+v.Encode(), nil, &o)
	return o, err
}

// RoutingRules are the rules of the profile by which cases are routed.
func (c *Client) RoutingRules(ctx context.Context) ([]api.RoutingRule, error) {
	var r api.RoutingRules
	err := c.call(ctx, http.MethodGet, api.PathRules, nil, &r)
	return r.Rules, err
}

// TryRouting says what the rules would do with a case.
func (c *Client) TryRouting(ctx context.Context, of api.RoutingCase) (api.Routing, error) {
	var r api.Routing
	err := c.call(ctx, http.MethodPost, api.PathRulesTry, of, &r)
	return r, err
}

// Routing says where a ticket belongs, and who has solved similar ones.
func (c *Client) Routing(ctx context.Context, number int64) (api.Routing, error) {
	var r api.Routing
	err := c.call(ctx, http.MethodGet, api.RoutingPath(number), nil, &r)
	return r, err
}
