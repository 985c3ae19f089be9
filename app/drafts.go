//go:build !headless

package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag/revise"
)

const (
	maxDraft   = 1 << 20 // bytes of the draft's file
	maxChanges = 4 << 20 // bytes of the changes' file

	// changesName is the file of a case's folder that has what the customer
	// has hidden: just what nobody else is to read stays with the evidence.
	changesName = "changes.json"
)

// drafts keeps what the customer has typed in one file, and what of the
// evidence is changed in the case's own folder.
type drafts struct {
	path, language string
	cases          string // folder of all cases
	name           string // of this case's folder in it
}

// keptDraft is the draft's file.
type keptDraft struct {
	api.NewTicket
	Case string `json:"case,omitempty"` // the folder with the changes
}

// Load is part of page.Drafts. A file that cannot be read as a draft is set
// aside, not overwritten: somebody typed it.
func (d drafts) Load() (page.Draft, error) {
	fresh := page.Draft{Ticket: api.NewTicket{ID: client.NewTicketID(), Priority: api.Normal, Language: d.language}}
	var kept keptDraft
	err := readKept(d.path, maxDraft, &kept)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fresh, nil
	case errors.Is(err, errNotRead):
		return fresh, err
	case err != nil || kept.ID == "":
		return fresh, errors.Join(err, os.Rename(d.path, d.path+".unreadable"))
	}
	kept.Language = d.language
	draft := page.Draft{Ticket: kept.NewTicket}
	if name := filepath.Base(kept.Case); name == kept.Case && name != "." && name != ".." && d.cases != "" {
		var changes revise.Changes
		err = readKept(filepath.Join(d.cases, name, changesName), maxChanges, &changes)
		if err == nil {
			draft.Changes = changes
		}
		if errors.Is(err, fs.ErrNotExist) {
			err = nil // nothing was changed
		}
	}
	return draft, err
}

// Save is part of page.Drafts. The new draft takes the old one's place whole.
func (d drafts) Save(draft page.Draft) error {
	var kept keptDraft
	before := readKept(d.path, maxDraft, &kept)
	if draft.Ticket.ID == "" {
		err := errors.Join(d.forget(d.name), removeIfThere(d.path))
		if before == nil && kept.Case != d.name {
			err = errors.Join(err, d.forget(kept.Case))
		}
		return err
	}
	next := keptDraft{NewTicket: draft.Ticket}
	if !draft.Changes.Empty() && d.cases != "" {
		next.Case = d.name
		if err := writeKept(filepath.Join(d.cases, d.name, changesName), draft.Changes); err != nil {
			return fmt.Errorf("write changes: %w", err)
		}
	}
	if err := writeKept(d.path, next); err != nil {
		return fmt.Errorf("write draft: %w", err)
	}
	// Only now: the changes are in the new place or are none.
	if before == nil && kept.Case != next.Case {
		return d.forget(kept.Case)
	}
	return nil
}

// forget removes the changes of a case.
func (d drafts) forget(name string) error {
	if name == "" || d.cases == "" || filepath.Base(name) != name || name == ".." {
		return nil
	}
	return removeIfThere(filepath.Join(d.cases, name, changesName))
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove draft: %w", err)
	}
	return nil
}

// errNotRead is of a file that is there and that the system does not give.
var errNotRead = errors.New("it cannot be opened")

func readKept(path string, most int64, v any) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err != nil {
		return fmt.Errorf("open draft: %w: %w", errNotRead, err)
	}
	defer f.Close()
	if err := json.NewDecoder(io.LimitReader(f, most)).Decode(v); err != nil {
		return fmt.Errorf("read draft: %w", err)
	}
	return nil
}

// writeKept writes a file that its owner alone can read, whole or not at all.
func writeKept(path string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	next := path + ".new"
	if err := os.WriteFile(next, text, 0o600); err != nil {
		return err
	}
	return os.Rename(next, path)
}
