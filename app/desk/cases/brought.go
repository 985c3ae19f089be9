package cases

import (
	"context"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/cases/rule"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/tickets"
)

const actBundle = "bundle.added"

// bundleDetail is what the journal keeps of a bundle that came.
type bundleDetail struct {
	Bundle string `json:"bundle"`
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Brought writes a bundle that came onto its ticket's timeline. A file is
// written there by the entry that names it. With all that its customer was asked
// for, the ticket waits for them no longer. It is a store.Also.
func (c *Cases) Brought(ctx context.Context, tx *db.Tx, u store.Upload) error {
	if u.Kind != api.UploadBundle {
		return nil
	}
	by := rule.Named(u.Author)
	if u.Author == "" {
		t, err := tickets.Read(ctx, tx, u.Ticket)
		if err != nil {
			return err
		}
		by = customer(t)
	}
	now := c.cfg.Now().UTC()
	_, _, err := c.Add(ctx, tx, by, api.Entry{
		Ticket: u.Ticket, At: now, Kind: api.EntryEvidence, Public: true, By: by.Author(), Name: by.Name, Ref: u.ID,
		Files: []api.File{{ID: u.ID, Name: u.Name, Size: u.Size, SHA256: u.SHA256, Type: "application/zip"}},
	}, "", nil)
	if err != nil {
		return fmt.Errorf("write down bundle: %w", err)
	}
	if err := c.note(ctx, tx, now, by.Actor, u.Ticket, actBundle, bundleDetail{Bundle: u.ID, Name: u.Name, Size: u.Size, SHA256: u.SHA256}); err != nil {
		return err
	}
	if u.Author != "" {
		return nil
	}
	_, err = c.turn(ctx, tx, u.Ticket, -1, by, false, func(t api.Ticket, now time.Time) (api.Ticket, error) {
		done, err := c.Fulfilled(ctx, tx, t)
		if err == nil && done {
			t, _ = rule.Heard(t, now)
		}
		return t, err
	})
	return err
}
