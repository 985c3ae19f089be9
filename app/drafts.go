//go:build !headless

package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

// maxDraft bounds the draft's file, in bytes.
const maxDraft = 1 << 20

// drafts keeps what the customer has typed in one file.
type drafts struct {
	path, language string
}

// Load is part of page.Drafts. A file that cannot be read as a draft is set
// aside, not overwritten: somebody typed it.
func (d drafts) Load() (api.NewTicket, error) {
	fresh := api.NewTicket{ID: client.NewTicketID(), Priority: api.Normal, Language: d.language}
	f, err := os.Open(d.path)
	if errors.Is(err, fs.ErrNotExist) {
		return fresh, nil
	}
	if err != nil {
		return fresh, fmt.Errorf("open draft: %w", err)
	}
	defer f.Close()
	var kept api.NewTicket
	if err := json.NewDecoder(io.LimitReader(f, maxDraft)).Decode(&kept); err != nil || kept.ID == "" {
		return fresh, errors.Join(err, os.Rename(d.path, d.path+".unreadable"))
	}
	kept.Language = d.language
	return kept, nil
}

// Save is part of page.Drafts. The new draft takes the old one's place whole.
func (d drafts) Save(t api.NewTicket) error {
	if t.ID == "" {
		if err := os.Remove(d.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove draft: %w", err)
		}
		return nil
	}
	text, err := json.Marshal(t)
	if err != nil {
		return fmt.Errorf("encode draft: %w", err)
	}
	next := d.path + ".new"
	if err := os.WriteFile(next, text, 0o600); err != nil {
		return fmt.Errorf("write draft: %w", err)
	}
	if err := os.Rename(next, d.path); err != nil {
		return fmt.Errorf("write draft: %w", err)
	}
	return nil
}
