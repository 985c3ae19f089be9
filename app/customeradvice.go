//go:build !headless

package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag/bundle"
)

// Templates is part of page.Advice.
func (d *customerDesk) Templates(ctx context.Context) (api.Templates, error) {
	c, err := dial(d.address, d.version, "")
	if err != nil {
		return api.Templates{}, err
	}
	defer c.CloseIdle()
	return c.Templates(ctx)
}

// Known is part of page.Advice.
func (d *customerDesk) Known(ctx context.Context, q api.SimilarQuery) ([]api.Match, error) {
	c, err := dial(d.address, d.version, "")
	if err != nil {
		return nil, err
	}
	defer c.CloseIdle()
	list, err := c.SimilarTo(ctx, q)
	return list.Matches, err
}

// Read is part of page.Advice.
func (d *customerDesk) Read(ctx context.Context, m api.Match) (string, error) {
	if m.Kind != api.MatchArticle { // a handbook's page is HTML: its section, as far as it was sent, is shown
		return strings.TrimSpace(m.Excerpt + "\n\n" + m.Solution), nil
	}
	c, err := dial(d.address, d.version, "")
	if err != nil {
		return "", err
	}
	defer c.CloseIdle()
	a, err := c.Article(ctx, m.Number)
	return a.Body, err
}

// Helped is part of page.Advice.
func (d *customerDesk) Helped(ctx context.Context, ref string) error {
	c, err := dial(d.address, d.version, "")
	if err != nil {
		return err
	}
	defer c.CloseIdle()
	return c.Helped(ctx, api.Helped{Ref: ref})
}

// Wanted is part of page.Requests: of the newest request, what is still missing.
func (d *customerDesk) Wanted(ctx context.Context, ticket api.CreatedTicket) (page.Wanted, error) {
	c, err := dial(d.address, d.version, ticket.Token)
	if err != nil {
		return page.Wanted{}, err
	}
	defer c.CloseIdle()
	needs, err := c.Completeness(ctx, ticket.Ticket.Number)
	if err != nil || needs.Asked == nil || len(needs.Missing) == 0 {
		return page.Wanted{}, err
	}
	list, err := c.Timeline(ctx, ticket.Ticket.Number, 0, 0, 200)
	if err != nil {
		return page.Wanted{}, err
	}
	var out page.Wanted
	for _, e := range list.Entries {
		if e.Kind != api.EntryRequest {
			continue
		}
		out = page.Wanted{Text: e.Text}
		for _, w := range e.Wants {
			for _, missing := range needs.Missing {
				if missing.ID == w.ID {
					out.Wants = append(out.Wants, missing)
				}
			}
		}
	}
	return out, nil
}

// Begin is part of page.Requests.
func (d *customerDesk) Begin(ticket api.CreatedTicket) error {
	return d.cleaning.again(ticket.Ticket.Number)
}

// Bring is part of page.Requests.
func (d *customerDesk) Bring(ctx context.Context, ticket api.CreatedTicket, answers []api.Answer, r page.Report, progress func(page.Sent)) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, err := dial(d.address, d.version, ticket.Token)
	if err != nil {
		return err
	}
	number := ticket.Ticket.Number
	selected := filepath.Join(d.folder, "selected.zip")
	reader, evidence := r.Evidence.(*bundle.Reader)
	if evidence {
		progress(page.Sent{Step: page.Packing})
		if err := d.pack(ctx, selected, reader, r); err != nil {
			return fmt.Errorf("pack what is ticked: %w", err)
		}
	}
	progress(page.Sent{Step: page.Filing})
	if len(answers) > 0 {
		if _, err := c.GiveAnswers(ctx, number, api.Answers{Answers: answers}); err != nil {
			return fmt.Errorf("send the answers: %w", err)
		}
	}
	if !evidence {
		return nil
	}
	if _, err := c.Upload(ctx, number, selected, func(sent, total int64) {
		progress(page.Sent{Step: page.Uploading, Done: sent, Total: total})
	}, holds(reader.Manifest(), r.Keep)...); err != nil {
		return fmt.Errorf("send the bundle: %w", err)
	}
	d.packed = nil
	return errors.Join(d.tidy(selected), d.cleaning.sent(number))
}

var (
	_ page.Advice   = (*customerDesk)(nil)
	_ page.Requests = (*customerDesk)(nil)
)
