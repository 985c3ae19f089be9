//go:build !headless

package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	owedEnding = ".owed"             // of the file beside the record
	maxOwed    = 16 << 10            // bytes of it
	owedTime   = 30 * 24 * time.Hour // from the session on; then the desk goes without
)

// owed is what a later start needs to bring the desk the rest of a record. The
// file stands beside the record until the desk has all of it. Token opens the
// session's ticket alone.
type owed struct {
	Desk    string    `json:"desk"`
	Session string    `json:"session"`
	Token   string    `json:"token"`
	Since   time.Time `json:"since"`
}

// owe writes it, for its owner alone, and gives where; sync, because what it
// is for may be this machine's own end.
func (o owed) owe(record string) (path string, err error) {
	text, err := json.Marshal(o)
	if err != nil {
		return "", fmt.Errorf("note that the desk is owed a record: %w", err)
	}
	path = strings.TrimSuffix(record, filepath.Ext(record)) + owedEnding
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", fmt.Errorf("note that the desk is owed a record: %w", err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", errors.Join(fmt.Errorf("note that the desk is owed a record: %w", err), os.Remove(path))
	}
	return path, nil
}

// readOwed reads what owe wrote.
func readOwed(path string) (o owed, err error) {
	f, err := os.Open(path)
	if err != nil {
		return o, err
	}
	defer f.Close()
	if err := json.NewDecoder(io.LimitReader(f, maxOwed)).Decode(&o); err != nil {
		return o, fmt.Errorf("read %q: %w", path, err)
	}
	if o.Desk == "" || o.Session == "" || o.Token == "" || o.Since.IsZero() {
		return o, fmt.Errorf("read %q: something is missing", path)
	}
	return o, nil
}

// recordOf is the record beside it.
func recordOf(owed string) string { return strings.TrimSuffix(owed, owedEnding) + ".jsonl" }
