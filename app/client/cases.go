package client

import (
	"context"
	"net/http"

	"github.com/beistand/beistand/app/api"
)

// ChangeTicket changes a ticket's fields; staff. A version that is not the
// ticket's any more is refused as a conflict: Current gives it as it is.
func (c *Client) ChangeTicket(ctx context.Context, number int64, change api.TicketChange) (api.Ticket, error) {
	return ask[api.Ticket](ctx, c, http.MethodPatch, api.TicketPath(number), change)
}

// Timeline reads a part of a ticket's timeline: entries before an ID, or after
// one; 0 says nothing. Without either it is the newest. A limit of 0 is the desk's.
func (c *Client) Timeline(ctx context.Context, number, before, after int64, limit int) (api.Timeline, error) {
	return get[api.Timeline](ctx, c, api.EntriesPage(number, before, after, limit))
}

// AddEntry writes onto a ticket's timeline; staff, or the ticket's own token.
// Writing the same ID with the same content again adds nothing; an empty e.ID is
// drawn here and cannot be repeated.
func (c *Client) AddEntry(ctx context.Context, number int64, e api.NewEntry) (api.Added, error) {
	if e.ID == "" {
		e.ID = NewTicketID()
	}
	return ask[api.Added](ctx, c, http.MethodPost, api.EntriesPath(number), e)
}

// Completeness says what a ticket needs and lacks; staff, or the ticket's own token.
func (c *Client) Completeness(ctx context.Context, number int64) (api.Completeness, error) {
	return get[api.Completeness](ctx, c, api.CompletenessPath(number))
}

// AskForMissing asks a ticket's customer for what is missing; staff.
func (c *Client) AskForMissing(ctx context.Context, number int64, r api.Request) (api.Entry, error) {
	return ask[api.Entry](ctx, c, http.MethodPost, api.RequestsPath(number), r)
}

// GiveAnswers answers what was asked; the ticket's own token.
func (c *Client) GiveAnswers(ctx context.Context, number int64, a api.Answers) (api.Ticket, error) {
	return ask[api.Ticket](ctx, c, http.MethodPatch, api.AnswersPath(number), a)
}

// CloseTicket ends a ticket, or offers its customer a solution; staff.
func (c *Client) CloseTicket(ctx context.Context, number int64, closing api.CloseTicket) (api.Ticket, error) {
	return ask[api.Ticket](ctx, c, http.MethodPost, api.ClosePath(number), closing)
}

// TellSolution says how a ticket ended for its customer; the ticket's own token.
func (c *Client) TellSolution(ctx context.Context, number int64, s api.OwnSolution) (api.Ticket, error) {
	return ask[api.Ticket](ctx, c, http.MethodPost, api.SolutionPath(number), s)
}

// Templates are the questions that the desk asks, by kind and product.
func (c *Client) Templates(ctx context.Context) (api.Templates, error) {
	return get[api.Templates](ctx, c, api.PathTemplates)
}
