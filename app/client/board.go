package client

import (
	"context"
	"net/http"

	"github.com/beistand/beistand/app/api"
)

// Views lists the views that everybody has, with how many tickets each has for whoever asks.
func (c *Client) Views(ctx context.Context) (api.ViewList, error) {
	return get[api.ViewList](ctx, c, api.PathViews)
}

// Filters lists saved filters: one's own and those that are shared.
func (c *Client) Filters(ctx context.Context) ([]api.Filter, error) {
	list, err := get[api.FilterList](ctx, c, api.PathFilters)
	return list.Filters, err
}

// SaveFilter makes f when it has no ID, and changes it otherwise.
func (c *Client) SaveFilter(ctx context.Context, f api.Filter) (api.Filter, error) {
	return save(ctx, c, f.ID, api.PathFilters, api.FilterPath(f.ID), f)
}

// DeleteFilter deletes a saved filter.
func (c *Client) DeleteFilter(ctx context.Context, id, version int64) error {
	return c.drop(ctx, versioned(api.FilterPath(id), version))
}

// Queues lists queues with who looks after them.
func (c *Client) Queues(ctx context.Context) ([]api.Queue, error) {
	list, err := get[api.QueueList](ctx, c, api.PathQueues)
	return list.Queues, err
}

// SetQueue says who looks after a queue.
func (c *Client) SetQueue(ctx context.Context, name string, s api.SetQueue) (api.Queue, error) {
	return ask[api.Queue](ctx, c, http.MethodPut, api.QueuePath(name), s)
}

// Bulk changes many tickets in the same way; the answer has a result for each.
func (c *Client) Bulk(ctx context.Context, b api.Bulk) (api.BulkDone, error) {
	return ask[api.BulkDone](ctx, c, http.MethodPost, api.PathBulk, b)
}

// Board is what a team talks about standing up.
func (c *Client) Board(ctx context.Context, q api.BoardQuery) (api.Board, error) {
	v := values{}
	v.text("by", q.By)
	for _, queue := range q.Queues {
		v.text("queue", queue)
	}
	return get[api.Board](ctx, c, v.on(api.PathBoard))
}

// Numbers says how the work goes, in whole weeks.
func (c *Client) Numbers(ctx context.Context, q api.NumbersQuery) (api.Numbers, error) {
	v := values{}
	v.text("from", q.From)
	v.text("to", q.To)
	v.text("product", q.Product)
	v.text("module", q.Module)
	return get[api.Numbers](ctx, c, v.on(api.PathNumbers))
}
