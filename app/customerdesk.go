//go:build !headless

package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"sync"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/revise"
)

// customerDesk sends a report and listens to its ticket.
type customerDesk struct {
	address, version, folder string
	cleaning                 *caseCleaning
	keys                     *deskKeys

	mu     sync.Mutex // guards packed; held while sending, so that there is one at a time
	packed *packed    // what is in the selected bundle on disk; nil when there is none
}

// packed is what was chosen for a bundle.
type packed struct {
	paths   []string
	changes revise.Changes
}

// Send is part of page.CustomerDesk.
func (d *customerDesk) Send(ctx context.Context, r page.Report, progress func(page.Sent)) (api.CreatedTicket, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, err := dial(d.address, d.version, "")
	if err != nil {
		return api.CreatedTicket{}, err
	}
	met, err := c.Health(ctx)
	if err != nil {
		return api.CreatedTicket{}, err
	}
	if err := d.keys.meet(c.Desk(), met.DeskKey); err != nil {
		return api.CreatedTicket{}, err
	}
	selected := filepath.Join(d.folder, "selected.zip")
	reader, evidence := r.Evidence.(*bundle.Reader)
	if evidence {
		progress(page.Sent{Step: page.Packing})
		if err := d.pack(ctx, selected, reader, r); err != nil {
			return api.CreatedTicket{}, fmt.Errorf("pack what is ticked: %w", err)
		}
	}
	progress(page.Sent{Step: page.Filing})
	created, err := c.CreateTicket(ctx, r.Ticket)
	if client.KindOf(err) == api.KindConflict {
		// The desk has this ID with other words: they were changed after a
		// first try. The newer words must arrive too, so they become a ticket.
		r.Ticket.ID = client.NewTicketID()
		created, err = c.CreateTicket(ctx, r.Ticket)
	}
	if err != nil {
		return created, fmt.Errorf("file the ticket: %w", err)
	}
	if !evidence {
		return created, nil
	}
	uploaded, err := c.WithToken(created.Token).Upload(ctx, created.Ticket.Number, selected, func(sent, total int64) {
		progress(page.Sent{Step: page.Uploading, Done: sent, Total: total})
	}, holds(reader.Manifest(), r.Keep)...)
	if err != nil {
		return created, fmt.Errorf("send the bundle: %w", err)
	}
	created.Ticket.Bundles = append(created.Ticket.Bundles, uploaded)
	d.packed = nil
	number := created.Ticket.Number
	kept := filed{Desk: c.Desk(), Number: number, Token: created.Token}.save(filepath.Join(d.folder, fmt.Sprintf("names-%d.json", number)))
	return created, errors.Join(d.tidy(selected), d.cleaning.sent(number), kept)
}

// pack writes the selection, unless the same one is there from a try before:
// then the upload goes on where it was.
func (d *customerDesk) pack(ctx context.Context, path string, src *bundle.Reader, r page.Report) error {
	next := &packed{changes: r.Changes}
	for _, f := range src.Manifest().Files {
		if r.Keep(f) {
			next.paths = append(next.paths, f.Path)
		}
	}
	if d.packed != nil && reflect.DeepEqual(next, d.packed) {
		return nil
	}
	if err := removeFile(path); err != nil {
		return err
	}
	d.packed = nil
	if err := bundle.SelectRevised(ctx, path, src, r.Keep, d.cleaning.Revise(src, r.Changes)); err != nil {
		return err
	}
	d.packed = next
	return nil
}

// tidy removes what is safely at the desk. The open reader keeps its bundle
// readable for the window until it is closed.
func (d *customerDesk) tidy(selected string) error {
	if err := removeFile(selected); err != nil {
		return err
	}
	return removeFile(filepath.Join(d.folder, "collected.zip"))
}

func removeFile(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove what was sent: %w", err)
	}
	return nil
}

// Listen is part of page.CustomerDesk.
func (d *customerDesk) Listen(ctx context.Context, ticket api.CreatedTicket, event func(api.Event)) error {
	c, err := dial(d.address, d.version, ticket.Token)
	if err != nil {
		return err
	}
	return c.Events(ctx, ticket.Ticket.Number, event)
}
