package client

import (
	"context"
	"net/http"

	"github.com/beistand/beistand/app/api"
)

// Hooks lists the webhooks.
func (c *Client) Hooks(ctx context.Context) (api.HookList, error) {
	return get[api.HookList](ctx, c, api.PathHooks)
}

// CreateHook makes a webhook; its secret is shown this once.
func (c *Client) CreateHook(ctx context.Context, h api.Hook) (api.CreatedHook, error) {
	return ask[api.CreatedHook](ctx, c, http.MethodPost, api.PathHooks, h)
}

// ChangeHook changes a webhook to h, whose Version is the one that was read.
func (c *Client) ChangeHook(ctx context.Context, h api.Hook) (api.Hook, error) {
	return ask[api.Hook](ctx, c, http.MethodPut, api.HookPath(h.ID), h)
}

// DropHook deletes a webhook.
func (c *Client) DropHook(ctx context.Context, id, version int64) error {
	return c.drop(ctx, versioned(api.HookPath(id), version))
}

// Deliveries lists what a webhook was sent, the newest first.
func (c *Client) Deliveries(ctx context.Context, hook int64) (api.DeliveryList, error) {
	return get[api.DeliveryList](ctx, c, api.DeliveriesPath(hook))
}

// TryHook sends a webhook a test and says what came of it.
func (c *Client) TryHook(ctx context.Context, id int64) (api.Delivery, error) {
	return ask[api.Delivery](ctx, c, http.MethodPost, api.HookTestPath(id), nil)
}

// Journal reads entries behind after.
func (c *Client) Journal(ctx context.Context, after int64, limit int) (api.JournalPage, error) {
	v := values{}
	v.number("after", after)
	v.number("limit", int64(limit))
	return get[api.JournalPage](ctx, c, v.on(api.PathJournal))
}

// SayAlarms says what is wrong, as a monitor with a key.
func (c *Client) SayAlarms(ctx context.Context, a api.Alarms) (api.AlarmsTaken, error) {
	return ask[api.AlarmsTaken](ctx, c, http.MethodPost, api.PathAlarms, a)
}
