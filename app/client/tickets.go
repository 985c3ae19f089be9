package client

import (
	"context"
	"net/http"

	"github.com/beistand/beistand/app/api"
)

// SignIn signs a member of staff in and keeps the token for later calls; when
// more is needed (SignedIn.Needs), there is none before SecondStep.
func (c *Client) SignIn(ctx context.Context, user, password string) (api.SignedIn, error) {
	return c.enter(ctx, api.PathSignIn, api.SignIn{User: user, Password: password})
}

// SignOut makes the token worthless and forgets it.
func (c *Client) SignOut(ctx context.Context) error {
	err := c.call(ctx, http.MethodPost, api.PathSignOut, nil, nil)
	if err == nil {
		none := ""
		c.token.Store(&none)
	}
	return err
}

// CreateTicket files t. Filing the same ID with the same content again gives
// the same ticket, so a caller may repeat it after any error but a refusal;
// an empty t.ID is drawn here and cannot be repeated.
func (c *Client) CreateTicket(ctx context.Context, t api.NewTicket) (api.CreatedTicket, error) {
	if t.ID == "" {
		t.ID = NewTicketID()
	}
	return ask[api.CreatedTicket](ctx, c, http.MethodPost, api.PathTickets, t)
}

// Reveal tells a ticket's desk that its customer was asked what a pseudonym
// stands for, with the ticket's own token. The value is not told.
func (c *Client) Reveal(ctx context.Context, number int64, pseudonym string) (api.Reveal, error) {
	return ask[api.Reveal](ctx, c, http.MethodPost, api.RevealsPath(number), api.Reveal{Pseudonym: pseudonym})
}

// Tickets lists tickets, newest first; staff only.
func (c *Client) Tickets(ctx context.Context, q api.TicketQuery) ([]api.Ticket, error) {
	path := api.PathTickets
	if v := q.Values(); len(v) > 0 {
		path += "?" + v.Encode()
	}
	list, err := get[api.TicketList](ctx, c, path)
	return list.Tickets, err
}

// Ticket reads one ticket with its bundles and sessions; staff, or its own token.
func (c *Client) Ticket(ctx context.Context, number int64) (api.Ticket, error) {
	return get[api.Ticket](ctx, c, api.TicketPath(number))
}
