package client

import (
	"context"
	"net/http"

	"github.com/beistand/beistand/app/api"
)

// SimilarTo gives what is known of a case that is not sent yet: published
// answers to everybody, the best first.
func (c *Client) SimilarTo(ctx context.Context, q api.SimilarQuery) (list api.MatchList, err error) {
	err = c.call(ctx, http.MethodPost, api.PathSimilarTo, q, &list)
	return list, err
}

// Similar gives the cases and answers that are similar to a ticket.
func (c *Client) Similar(ctx context.Context, number int64) (list api.MatchList, err error) {
	err = c.call(ctx, http.MethodGet, api.SimilarPath(number), nil, &list)
	return list, err
}

// Helped says which answer it was.
func (c *Client) Helped(ctx context.Context, h api.Helped) error {
	return c.call(ctx, http.MethodPost, api.PathHelped, h, nil)
}

// Article reads an article.
func (c *Client) Article(ctx context.Context, id int64) (a api.Article, err error) {
	err = c.call(ctx, http.MethodGet, api.ArticlePath(id), nil, &a)
	return a, err
}

// HandbookPage reads a page of a handbook.
func (c *Client) HandbookPage(ctx context.Context, id int64) (p api.Page, err error) {
	err = c.call(ctx, http.MethodGet, api.PagePath(id), nil, &p)
	return p, err
}
