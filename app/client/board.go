package client

import (
	"context"
	"net/http"

	"github.com/beistand/beistand/app/api"
)

// Views lists the views that everybody has, with how many tickets each has for whoever asks.
func (c *Client) Views(ctx context.Context) (api.ViewList, error) {
	var list api.ViewList
	err := c.call(ctx, http.MethodGet, api.PathViews, nil, &list)
	return list, err
}

// Filters lists saved filters: one's own and those that are shared.
func (c *Client) Filters(ctx context.Context) ([]api.Filter, error) {
	var list api.FilterList
	err := c.call(ctx, http.MethodGet, api.PathFilters, nil, &list)
	return list.Filters, err
}

// SaveFilter makes f when it has no ID, and changes it otherwise.
func (c *Client) SaveFilter(ctx context.Context, f api.Filter) (api.Filter, error) {
	var saved api.Filter
	err := c.save(ctx, f.ID, api.PathFilters, api.FilterPath(f.ID), f, &saved)
	return saved, err
}

// DeleteFilter deletes a saved filter.
func (c *Client) DeleteFilter(ctx context.Context, id, version int64) error {
	return c.call(ctx, http.MethodDelete, versioned(api.FilterPath(id), version), nil, nil)
}

// Queues lists queues with who looks after them.
func (c *Client) Queues(ctx context.Context) ([]api.Queue, error) {
	var list api.QueueList
	err := c.call(ctx, http.MethodGet, api.PathQueues, nil, &list)
	return list.Queues, err
}

// SetQueue says who looks after a queue.
func (c *Client) SetQueue(ctx context.Context, name string, s api.SetQueue) (api.Queue, error) {
	var q api.Queue
	err := c.call(ctx, http.MethodPut, api.QueuePath(name), s, &q)
	return q, err
}

// Bulk changes many tickets in the same way; the answer has a result for each.
func (c *Client) Bulk(ctx context.Context, b api.Bulk) (api.BulkDone, error) {
	var done api.BulkDone
	err := c.call(ctx, http.MethodPost, api.PathBulk, b, &done)
	return done, err
}

// Board is what a team talks about standing up.
func (c *Client) Board(ctx context.Context, q api.BoardQuery) (api.Board, error) {
	v := values{}
	v.text("by", q.By)
	for _, queue := range q.Queues {
		v.text("queue", queue)
	}
	var b api.Board
	err := c.call(ctx, http.MethodGet, v.on(api.PathBoard), nil, &b)
	return b, err
}

// Numbers says how the work goes, in whole weeks.
func (c *Client) Numbers(ctx context.Context, q api.NumbersQuery) (api.Numbers, error) {
	v := values{}
	v.text("from", q.From)
	v.text("to", q.To)
	v.text("product", q.Product)
	v.text("module", q.Module)
	var n api.Numbers
	err := c.call(ctx, http.MethodGet, v.on(api.PathNumbers), nil, &n)
	return n, err
}
