package client

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/beistand/beistand/app/api"
)

// Hooks lists the webhooks.
func (c *Client) Hooks(ctx context.Context) (list api.HookList, err error) {
	err = c.call(ctx, http.MethodGet, api.PathHooks, nil, &list)
	return list, err
}

// CreateHook makes a webhook; its secret is shown this once.
func (c *Client) CreateHook(ctx context.Context, h api.Hook) (made api.CreatedHook, err error) {
	err = c.call(ctx, http.MethodPost, api.PathHooks, h, &made)
	return made, err
}

// ChangeHook changes a webhook to h, whose Version is the one that was read.
func (c *Client) ChangeHook(ctx context.Context, h api.Hook) (now api.Hook, err error) {
	err = c.call(ctx, http.MethodPut, api.HookPath(h.ID), h, &now)
	return now, err
}

// DropHook deletes a webhook.
func (c *Client) DropHook(ctx context.Context, id int64) error {
	return c.call(ctx, http.MethodDelete, api.HookPath(id), nil, nil)
}

// Deliveries lists what a webhook was sent, the newest first.
func (c *Client) Deliveries(ctx context.Context, hook int64) (list api.DeliveryList, err error) {
	err = c.call(ctx, http.MethodGet, api.DeliveriesPath(hook), nil, &list)
	return list, err
}

// TryHook sends a webhook a test and says what came of it.
func (c *Client) TryHook(ctx context.Context, id int64) (d api.Delivery, err error) {
	err = c.call(ctx, http.MethodPost, api.HookTestPath(id), nil, &d)
	return d, err
}

// Journal reads entries behind after.
func (c *Client) Journal(ctx context.Context, after int64, limit int) (page api.JournalPage, err error) {
	q := url.Values{"after": {strconv.FormatInt(after, 10)}, "limit": {strconv.Itoa(limit)}}
	err = c.call(ctx, http.MethodGet, api.PathJournal+"?"+q.Encode(), nil, &page)
	return page, err
}

// SayAlarms says what is wrong, as a monitor with a key.
func (c *Client) SayAlarms(ctx context.Context, a api.Alarms) (taken api.AlarmsTaken, err error) {
	err = c.call(ctx, http.MethodPost, api.PathAlarms, a, &taken)
	return taken, err
}
