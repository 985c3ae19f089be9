package client

import (
	"context"
	"net/http"

	"github.com/beistand/beistand/app/api"
)

// ChangeTicket changes a ticket's fields; staff. A version that is not the
// ticket's any more is refused as a conflict: Current gives it as it is.
func (c *Client) ChangeTicket(ctx context.Context, number int64, change api.TicketChange) (api.Ticket, error) {
	var t api.Ticket
	err := c.call(ctx, http.MethodPatch, api.TicketPath(number), change, &t)
	return t, err
}

// Timeline reads a part of a ticket's timeline: entries before an ID, or after
// one; 0 says nothing. Without either it is the newest. A limit of 0 is the desk's.
func (c *Client) Timeline(ctx context.Context, number, before, after int64, limit int) (api.Timeline, error) {
	var t api.Timeline
	err := c.call(ctx, http.MethodGet, api.EntriesPage(number, before, after, limit), nil, &t)
	return t, err
}

// AddEntry writes onto a ticket's timeline; staff, or the ticket's own token.
// Writing the same ID with the same content again adds nothing; an empty e.ID is
// drawn here and cannot be repeated.
func (c *Client) AddEntry(ctx context.Context, number int64, e api.NewEntry) (api.Added, error) {
	if e.ID == "" {
		e.ID = NewTicketID()
	}
	var added api.Added
	err := c.call(ctx, http.MethodPost, api.EntriesPath(number), e, &added)
	return added, err
}

// Completeness says what a ticket needs and lacks; staff, or the ticket's own token.
func (c *Client) Completeness(ctx context.Context, number int64) (api.Completeness, error) {
	var out api.Completeness
	err := c.call(ctx, http.MethodGet, api.CompletenessPath(number), nil, &out)
	return out, err
}

// AskForMissing asks a ticket's customer for what is missing; staff.
func (c *Client) AskForMissing(ctx context.Context, number int64, r api.Request) (api.Entry, error) {
	var e api.Entry
	err := c.call(ctx, http.MethodPost, api.RequestsPath(number), r, &e)
	return e, err
}

// GiveAnswers answers what was asked; the ticket's own token.
func (c *Client) GiveAnswers(ctx context.Context, number int64, a api.Answers) (api.Ticket, error) {
	var t api.Ticket
	err := c.call(ctx, http.MethodPatch, api.AnswersPath(number), a, &t)
	return t, err
}

// CloseTicket ends a ticket, or offers its customer a solution; staff.
func (c *Client) CloseTicket(ctx context.Context, number int64, closing api.CloseTicket) (api.Ticket, error) {
	var t api.Ticket
	err := c.call(ctx, http.MethodPost, api.ClosePath(number), closing, &t)
	return t, err
}

// TellSolution says how a ticket ended for its customer; the ticket's own token.
func (c *Client) TellSolution(ctx context.Context, number int64, s api.OwnSolution) (api.Ticket, error) {
	var t api.Ticket
	err := c.call(ctx, http.MethodPost, api.SolutionPath(number), s, &t)
	return t, err
}

// Templates are the questions that the desk asks, by kind and product.
func (c *Client) Templates(ctx context.Context) (api.Templates, error) {
	var t api.Templates
	err := c.call(ctx, http.MethodGet, api.PathTemplates, nil, &t)
	return t, err
}
