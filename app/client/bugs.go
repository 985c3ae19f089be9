package client

import (
	"context"
	"net/http"

	"github.com/beistand/beistand/app/api"
)

// Bugs lists bugs, the newest first; staff only.
func (c *Client) Bugs(ctx context.Context, q api.BugQuery) ([]api.Bug, error) {
	v := values{}
	v.text("text", q.Text)
	v.text("product", q.Product)
	for _, s := range q.States {
		v.text("state", string(s))
	}
	v.number("ticket", q.Ticket)
	v.number("before", q.Before)
	v.number("limit", int64(q.Limit))
	list, err := get[api.BugList](ctx, c, v.on(api.PathBugs))
	return list.Bugs, err
}

// Bug reads one with its tickets and who was told.
func (c *Client) Bug(ctx context.Context, id int64) (api.Bug, error) {
	return get[api.Bug](ctx, c, api.BugPath(id))
}

// SaveBug makes b when it has no ID, and changes it otherwise.
func (c *Client) SaveBug(ctx context.Context, b api.Bug) (api.Bug, error) {
	return save(ctx, c, b.ID, api.PathBugs, api.BugPath(b.ID), b)
}

// LinkBug links a ticket to a bug. Linking it again changes nothing.
func (c *Client) LinkBug(ctx context.Context, id, ticket int64) (api.Bug, error) {
	return ask[api.Bug](ctx, c, http.MethodPost, api.BugTicketsPath(id), api.LinkTicket{Ticket: ticket})
}

// UnlinkBug takes a ticket from a bug.
func (c *Client) UnlinkBug(ctx context.Context, id, ticket int64) error {
	return c.drop(ctx, api.BugTicketPath(id, ticket))
}

// TellBug tells the customers of every linked ticket. A long action goes on
// after the answer: Tellings says how far it is.
func (c *Client) TellBug(ctx context.Context, id int64, t api.Tell) (api.Telling, error) {
	return ask[api.Telling](ctx, c, http.MethodPost, api.BugToldPath(id), t)
}

// Tellings says who was told of a bug, the newest first.
func (c *Client) Tellings(ctx context.Context, id int64) ([]api.Telling, error) {
	list, err := get[api.TellingList](ctx, c, api.BugToldPath(id))
	return list.Tellings, err
}

// Releases lists releases, the last published first.
func (c *Client) Releases(ctx context.Context, q api.ReleaseQuery) ([]api.Release, error) {
	v := values{}
	v.text("product", q.Product)
	v.number("limit", int64(q.Limit))
	list, err := get[api.ReleaseList](ctx, c, v.on(api.PathReleases))
	return list.Releases, err
}

// Release reads one release.
func (c *Client) Release(ctx context.Context, id int64) (api.Release, error) {
	return get[api.Release](ctx, c, api.ReleasePath(id))
}

// SaveRelease makes r when it has no ID, and changes it otherwise.
func (c *Client) SaveRelease(ctx context.Context, r api.Release) (api.Release, error) {
	return save(ctx, c, r.ID, api.PathReleases, api.ReleasePath(r.ID), r)
}

// DeleteRelease deletes a release; its bugs stay as they are.
func (c *Client) DeleteRelease(ctx context.Context, id, version int64) error {
	return c.drop(ctx, versioned(api.ReleasePath(id), version))
}
