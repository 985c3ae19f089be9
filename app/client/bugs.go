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
	var list api.BugList
	err := c.call(ctx, http.MethodGet, v.on(api.PathBugs), nil, &list)
	return list.Bugs, err
}

// Bug reads one with its tickets and who was told.
func (c *Client) Bug(ctx context.Context, id int64) (api.Bug, error) {
	var b api.Bug
	err := c.call(ctx, http.MethodGet, api.BugPath(id), nil, &b)
	return b, err
}

// SaveBug makes b when it has no ID, and changes it otherwise.
func (c *Client) SaveBug(ctx context.Context, b api.Bug) (api.Bug, error) {
	var saved api.Bug
	err := c.save(ctx, b.ID, api.PathBugs, api.BugPath(b.ID), b, &saved)
	return saved, err
}

// LinkBug links a ticket to a bug. Linking it again changes nothing.
func (c *Client) LinkBug(ctx context.Context, id, ticket int64) (api.Bug, error) {
	var b api.Bug
	err := c.call(ctx, http.MethodPost, api.BugTicketsPath(id), api.LinkTicket{Ticket: ticket}, &b)
	return b, err
}

// UnlinkBug takes a ticket from a bug.
func (c *Client) UnlinkBug(ctx context.Context, id, ticket int64) error {
	return c.call(ctx, http.MethodDelete, api.BugTicketPath(id, ticket), nil, nil)
}

// TellBug tells the customers of every linked ticket. A long action goes on
// after the answer: Tellings says how far it is.
func (c *Client) TellBug(ctx context.Context, id int64, t api.Tell) (api.Telling, error) {
	var told api.Telling
	err := c.call(ctx, http.MethodPost, api.BugToldPath(id), t, &told)
	return told, err
}

// Tellings says who was told of a bug, the newest first.
func (c *Client) Tellings(ctx context.Context, id int64) ([]api.Telling, error) {
	var list api.TellingList
	err := c.call(ctx, http.MethodGet, api.BugToldPath(id), nil, &list)
	return list.Tellings, err
}

// Releases lists releases, the last published first.
func (c *Client) Releases(ctx context.Context, q api.ReleaseQuery) ([]api.Release, error) {
	v := values{}
	v.text("product", q.Product)
	v.number("limit", int64(q.Limit))
	var list api.ReleaseList
	err := c.call(ctx, http.MethodGet, v.on(api.PathReleases), nil, &list)
	return list.Releases, err
}

// Release reads one release.
func (c *Client) Release(ctx context.Context, id int64) (api.Release, error) {
	var r api.Release
	err := c.call(ctx, http.MethodGet, api.ReleasePath(id), nil, &r)
	return r, err
}

// SaveRelease makes r when it has no ID, and changes it otherwise.
func (c *Client) SaveRelease(ctx context.Context, r api.Release) (api.Release, error) {
	var saved api.Release
	err := c.save(ctx, r.ID, api.PathReleases, api.ReleasePath(r.ID), r, &saved)
	return saved, err
}

// DeleteRelease deletes a release; its bugs stay as they are.
func (c *Client) DeleteRelease(ctx context.Context, id, version int64) error {
	return c.call(ctx, http.MethodDelete, versioned(api.ReleasePath(id), version), nil, nil)
}
