package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// What a case's folder has beside the evidence. It never leaves the machine.
const (
	caseNames = "names.json"   // what each pseudonym stands for
	sentNames = "names-*.json" // of tickets that were filed, by number
	caseHeld  = "held"         // folder with what could not be redacted
)

// caseFolder is where the case of a bundle is that was made without a window.
func caseFolder(data, bundlePath string) (string, error) {
	p, err := placesFor(data)
	if err != nil {
		return "", err
	}
	base := filepath.Base(bundlePath)
	return filepath.Join(p.state, "cases", strings.TrimSuffix(base, filepath.Ext(base))), nil
}

// filed is the ticket that a case became. Token opens that ticket alone.
type filed struct {
	Desk   string `json:"desk"`
	Number int64  `json:"number"`
	Token  string `json:"token"`
}

// save keeps it in the case's folder, beside the names; the newest counts.
func (f filed) save(folder string) error {
	text, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("encode ticket of the case: %w", err)
	}
	for _, name := range []string{"ticket.json", fmt.Sprintf("ticket-%d.json", f.Number)} {
		next := filepath.Join(folder, name+".new")
		if err := os.WriteFile(next, text, 0o600); err != nil {
			return fmt.Errorf("keep ticket of the case: %w", err)
		}
		if err := os.Rename(next, filepath.Join(folder, name)); err != nil {
			return fmt.Errorf("keep ticket of the case: %w", err)
		}
	}
	return nil
}

// filedAs gives the ticket of the case whose names are in a file: of
// names-17.json it is ticket 17. nil: it did not become one.
func filedAs(names string) (*filed, error) {
	name := "ticket" + strings.TrimPrefix(filepath.Base(names), "names")
	f, err := os.Open(filepath.Join(filepath.Dir(names), name))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read ticket of the case: %w", err)
	}
	defer f.Close()
	var t filed
	if err := json.NewDecoder(io.LimitReader(f, 16<<10)).Decode(&t); err != nil || t.Desk == "" || t.Number < 1 {
		return nil, nil // some other file
	}
	return &t, nil
}
