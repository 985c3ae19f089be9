//go:build !headless

package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/beistand/beistand/session/record"
)

// Told is part of page.Hosting. What is no entry is passed over: whether the
// record holds is for `session verify` to say.
func (hosting) Told(path string) ([]record.Entry, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the session's record: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, record.MaxSize))
	if err != nil {
		return nil, fmt.Errorf("read the session's record: %w", err)
	}
	var all []record.Entry
	for line := range bytes.Lines(text) {
		var e record.Entry
		if json.Unmarshal(line, &e) == nil && e.What != "" {
			all = append(all, e)
		}
	}
	return all, nil
}
