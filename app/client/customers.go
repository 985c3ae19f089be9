package client

import (
	"context"
	"net/http"

	"github.com/beistand/beistand/app/api"
)

// Organisations lists organisations by name; staff only.
func (c *Client) Organisations(ctx context.Context, q api.OrganisationQuery) (api.OrganisationList, error) {
	v := values{}
	v.text("text", q.Text)
	v.text("after", q.After)
	v.number("limit", int64(q.Limit))
	return get[api.OrganisationList](ctx, c, v.on(api.PathOrganisations))
}

// Organisation reads one with its contacts, installations and open accesses.
func (c *Client) Organisation(ctx context.Context, id int64) (api.Organisation, error) {
	return get[api.Organisation](ctx, c, api.OrganisationPath(id))
}

// SaveOrganisation makes o when it has no ID, and changes it otherwise.
func (c *Client) SaveOrganisation(ctx context.Context, o api.Organisation) (api.Organisation, error) {
	return save(ctx, c, o.ID, api.PathOrganisations, api.OrganisationPath(o.ID), o)
}

// DeleteOrganisation deletes one that no ticket is linked to.
func (c *Client) DeleteOrganisation(ctx context.Context, id, version int64) error {
	return c.drop(ctx, versioned(api.OrganisationPath(id), version))
}

// Ways reads the notes on how to get in; the look is in the journal.
func (c *Client) Ways(ctx context.Context, organisation int64) (api.Ways, error) {
	return get[api.Ways](ctx, c, api.WaysPath(organisation))
}

// SaveWays writes the notes on how to get in.
func (c *Client) SaveWays(ctx context.Context, organisation int64, w api.Ways) (api.Ways, error) {
	return ask[api.Ways](ctx, c, http.MethodPut, api.WaysPath(organisation), w)
}

// SaveContact makes p when it has no ID, and changes it otherwise.
func (c *Client) SaveContact(ctx context.Context, p api.Contact) (api.Contact, error) {
	return save(ctx, c, p.ID, api.ContactsPath(p.Organisation), api.ContactPath(p.ID), p)
}

// DeleteContact deletes a contact; tickets stay, without the link.
func (c *Client) DeleteContact(ctx context.Context, id, version int64) error {
	return c.drop(ctx, versioned(api.ContactPath(id), version))
}

// SaveInstallation makes i when it has no ID, and changes it otherwise.
func (c *Client) SaveInstallation(ctx context.Context, i api.Installed) (api.Installed, error) {
	return save(ctx, c, i.ID, api.InstallationsPath(i.Organisation), api.InstallationPath(i.ID), i)
}

// DeleteInstallation deletes an installation; tickets stay, without the link.
func (c *Client) DeleteInstallation(ctx context.Context, id, version int64) error {
	return c.drop(ctx, versioned(api.InstallationPath(id), version))
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
	list, err := get[api.AccessList](ctx, c, v.on(api.PathAccesses))
	return list.Accesses, err
}

// Access reads one access with its uses.
func (c *Client) Access(ctx context.Context, id int64) (api.SystemAccess, error) {
	return get[api.SystemAccess](ctx, c, api.AccessPath(id))
}

// RequestAccess asks for access to a customer's system.
func (c *Client) RequestAccess(ctx context.Context, a api.NewAccess) (api.SystemAccess, error) {
	return ask[api.SystemAccess](ctx, c, http.MethodPost, api.PathAccesses, a)
}

// ChangeAccess says that an access was granted, refused or ended.
func (c *Client) ChangeAccess(ctx context.Context, id int64, change api.AccessChange) (api.SystemAccess, error) {
	return ask[api.SystemAccess](ctx, c, http.MethodPatch, api.AccessPath(id), change)
}

// UseAccess notes that an access is used.
func (c *Client) UseAccess(ctx context.Context, id int64, use api.NewUse) (api.SystemAccess, error) {
	return ask[api.SystemAccess](ctx, c, http.MethodPost, api.AccessUsesPath(id), use)
}

// Customer says whose a ticket may be.
func (c *Client) Customer(ctx context.Context, ticket int64) (api.CustomerMatch, error) {
	return get[api.CustomerMatch](ctx, c, api.CustomerPath(ticket))
}
