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

// save keeps it beside a file of names.
func (f filed) save(names string) error {
	text, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("encode ticket of the case: %w", err)
	}
	path := ticketOf(names)
	if err := os.WriteFile(path+".new", text, 0o600); err != nil {
		return fmt.Errorf("keep ticket of the case: %w", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("keep ticket of the case: %w", err)
	}
	return nil
}

// ticketOf is where the ticket of a file of names is kept: that of
// names-17.json is ticket-17.json.
func ticketOf(names string) string {
	return filepath.Join(filepath.Dir(names), "ticket"+strings.TrimPrefix(filepath.Base(names), "names"))
}

// wasFiled says whether a case's folder is that of a ticket.
func wasFiled(folder string) bool {
	for _, pattern := range []string{"ticket*.json", sentNames} {
		if found, err := filesIn(folder, pattern); err == nil && len(found) > 0 {
			return true
		}
	}
	return false
}

// filedAs gives the ticket of the case whose names are in a file. nil: it did
// not become one.
func filedAs(names string) (*filed, error) {
	f, err := os.Open(ticketOf(names))
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
