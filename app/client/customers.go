package client

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/beistand/beistand/app/api"
)

// Organisations lists organisations by name; staff only.
func (c *Client) Organisations(ctx context.Context, q api.OrganisationQuery) (api.OrganisationList, error) {
	v := values{}
	v.text("text", q.Text)
	v.text("after", q.After)
	v.number("limit", int64(q.Limit))
	var list api.OrganisationList
	err := c.call(ctx, http.MethodGet, v.on(api.PathOrganisations), nil, &list)
	return list, err
}

// Organisation reads one with its contacts, installations and open accesses.
func (c *Client) Organisation(ctx context.Context, id int64) (api.Organisation, error) {
	var o api.Organisation
	err := c.call(ctx, http.MethodGet, api.OrganisationPath(id), nil, &o)
	return o, err
}

// SaveOrganisation makes o when it has no ID, and changes it otherwise.
func (c *Client) SaveOrganisation(ctx context.Context, o api.Organisation) (api.Organisation, error) {
	var saved api.Organisation
	err := c.save(ctx, o.ID, api.PathOrganisations, api.OrganisationPath(o.ID), o, &saved)
	return saved, err
}

// DeleteOrganisation deletes one that no ticket is linked to.
func (c *Client) DeleteOrganisation(ctx context.Context, id, version int64) error {
	return c.call(ctx, http.MethodDelete, versioned(api.OrganisationPath(id), version), nil, nil)
}

// Ways reads the notes on how to get in; the look is in the journal.
func (c *Client) Ways(ctx context.Context, organisation int64) (api.Ways, error) {
	var w api.Ways
	err := c.call(ctx, http.MethodGet, api.WaysPath(organisation), nil, &w)
	return w, err
}

// SaveWays writes the notes on how to get in.
func (c *Client) SaveWays(ctx context.Context, organisation int64, w api.Ways) (api.Ways, error) {
	var saved api.Ways
	err := c.call(ctx, http.MethodPut, api.WaysPath(organisation), w, &saved)
	return saved, err
}

// SaveContact makes p when it has no ID, and changes it otherwise.
func (c *Client) SaveContact(ctx context.Context, p api.Contact) (api.Contact, error) {
	var saved api.Contact
	err := c.save(ctx, p.ID, api.ContactsPath(p.Organisation), api.ContactPath(p.ID), p, &saved)
	return saved, err
}

// DeleteContact deletes a contact; tickets stay, without the link.
func (c *Client) DeleteContact(ctx context.Context, id, version int64) error {
	return c.call(ctx, http.MethodDelete, versioned(api.ContactPath(id), version), nil, nil)
}

// SaveInstallation makes i when it has no ID, and changes it otherwise.
func (c *Client) SaveInstallation(ctx context.Context, i api.Installed) (api.Installed, error) {
	var saved api.Installed
	err := c.save(ctx, i.ID, api.InstallationsPath(i.Organisation), api.InstallationPath(i.ID), i, &saved)
	return saved, err
}

// DeleteInstallation deletes an installation; tickets stay, without the link.
func (c *Client) DeleteInstallation(ctx context.Context, id, version int64) error {
	return c.call(ctx, http.MethodDelete, versioned(api.InstallationPath(id), version), nil, nil)
}

// Accesses lists accesses to customers' systems, newest first.
func (c *Client) Accesses(ctx context.Context, q api.AccessQuery) ([]api.SystemAccess, error) {
	v := values{}
	v.number("organisation", q.Organisation)
	v.number("ticket", q.Ticket)
	v.number("before", q.Before)
	v.number("limit", int64(q.Limit))
	if q.Open {
		v.text("open", "1")
	}
	var list api.AccessList
	err := c.call(ctx, http.MethodGet, v.on(api.PathAccesses), nil, &list)
	return list.Accesses, err
}

// Access reads one access with its uses.
func (c *Client) Access(ctx context.Context, id int64) (api.SystemAccess, error) {
	var a api.SystemAccess
	err := c.call(ctx, http.MethodGet, api.AccessPath(id), nil, &a)
	return a, err
}

// RequestAccess asks for access to a customer's system.
func (c *Client) RequestAccess(ctx context.Context, a api.NewAccess) (api.SystemAccess, error) {
	var made api.SystemAccess
	err := c.call(ctx, http.MethodPost, api.PathAccesses, a, &made)
	return made, err
}

// ChangeAccess says that an access was granted, refused or ended.
func (c *Client) ChangeAccess(ctx context.Context, id int64, change api.AccessChange) (api.SystemAccess, error) {
	var a api.SystemAccess
	err := c.call(ctx, http.MethodPatch, api.AccessPath(id), change, &a)
	return a, err
}

// UseAccess notes that an access is used.
func (c *Client) UseAccess(ctx context.Context, id int64, use api.NewUse) (api.SystemAccess, error) {
	var a api.SystemAccess
	err := c.call(ctx, http.MethodPost, api.AccessUsesPath(id), use, &a)
	return a, err
}

// Customer says whose a ticket may be.
func (c *Client) Customer(ctx context.Context, ticket int64) (api.CustomerMatch, error) {
	var m api.CustomerMatch
	err := c.call(ctx, http.MethodGet, api.CustomerPath(ticket), nil, &m)
	return m, err
}

// save makes a record at all, or changes the one with id at one.
func (c *Client) save(ctx context.Context, id int64, all, one string, in, out any) error {
	if id == 0 {
		return c.call(ctx, http.MethodPost, all, in, out)
	}
	return c.call(ctx, http.MethodPut, one, in, out)
}

// values are a query's fields; what is empty is left out.
type values map[string][]string

func (v values) text(key, text string) {
	if text != "" {
		v[key] = append(v[key], text)
	}
}

func (v values) number(key string, n int64) {
	if n != 0 {
		v[key] = append(v[key], strconv.FormatInt(n, 10))
	}
}

func (v values) on(path string) string {
	if len(v) == 0 {
		return path
	}
	return path + "?" + url.Values(v).Encode()
}

func versioned(path string, version int64) string {
	return path + "?version=" + strconv.FormatInt(version, 10)
}
