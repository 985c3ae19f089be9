//go:build !headless

package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/diag/redact"
	"github.com/beistand/beistand/diag/revise"
)

// caseCleaning is what the evidence of the present case is cleaned of. It stays
// in the case's folder.
type caseCleaning struct {
	folder string

	mu    sync.Mutex // guards what follows
	names *redact.Names
	known *redact.Known
}

// table gives the present case's, which it begins if need be.
func (c *caseCleaning) table(ctx context.Context) (revise.Table, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		known := diag.Own(ctx)
		c.known = &known
	}
	if c.names == nil {
		names, err := diag.OpenNames(c.path())
		if err != nil {
			return revise.Table{}, err
		}
		c.names = names
	}
	return revise.Table{Names: c.names, Known: *c.known}, nil
}

func (c *caseCleaning) path() string { return filepath.Join(c.folder, caseNames) }

// save keeps the pseudonyms that were given by now.
func (c *caseCleaning) save() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.names == nil {
		return nil
	}
	return diag.SaveNames(c.path(), c.names)
}

// sent keeps the pseudonyms of a ticket that was filed under its number. The
// next case has others.
func (c *caseCleaning) sent(ticket int64) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.names == nil {
		return nil
	}
	c.names = nil
	if err := os.Rename(c.path(), filepath.Join(c.folder, fmt.Sprintf("names-%d.json", ticket))); err != nil {
		return fmt.Errorf("keep the names: %w", err)
	}
	if err := os.RemoveAll(filepath.Join(c.folder, caseHeld)); err != nil {
		return fmt.Errorf("remove what was held back: %w", err)
	}
	return nil
}

// Revise is part of page.Cleaning.
func (c *caseCleaning) Revise(e page.Evidence, changes revise.Changes) *revise.Revision {
	c.mu.Lock()
	defer c.mu.Unlock()
	table := revise.Table{Names: c.names}
	if c.known != nil {
		table.Known = *c.known
	}
	return revise.New(e, table, changes)
}

// again takes up the pseudonyms of a ticket that was filed, for what it still
// needs: the same name is the same word in both bundles.
func (c *caseCleaning) again(ticket int64) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.names != nil {
		return nil
	}
	names, err := diag.OpenNames(filepath.Join(c.folder, fmt.Sprintf("names-%d.json", ticket)))
	if err != nil {
		return fmt.Errorf("take up the ticket's names: %w", err)
	}
	if err := diag.SaveNames(c.path(), names); err != nil {
		return err
	}
	c.names = names
	return nil
}
