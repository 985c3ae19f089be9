//go:build !headless

package app

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/record"
)

var (
	errOtherTicket = errors.New("the invitation is for another ticket")
	errUsed        = errors.New("the invitation is one of an earlier session")
)

// fresh says whether the desk's signature under s can be meant for now: it is
// good for this ticket and for one session. Whoever has seen an invitation
// could show it again, and come in the name of the person that it names. The
// records in folder say which ones have been used.
func fresh(folder string, ticket int64, s api.Session) error {
	if s.Ticket != ticket {
		return fmt.Errorf("%w: %w", session.ErrTampered, errOtherTicket)
	}
	all, err := filesIn(folder, fmt.Sprintf("*-ticket-%d-*.jsonl", ticket))
	if err != nil {
		return fmt.Errorf("look for earlier sessions: %w", err)
	}
	for _, path := range all {
		used, err := usedIn(path, s.ID)
		if err != nil {
			return fmt.Errorf("look for earlier sessions: %w", err)
		}
		if used {
			return fmt.Errorf("%w: %w", session.ErrTampered, errUsed)
		}
	}
	return nil
}

// usedIn says whether a record is of the session with this identifier, and its
// code became a key. Before that nothing has come of the invitation: the
// program may have been started anew meanwhile.
func usedIn(path, id string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, record.MaxSize))
	if err != nil {
		return false, err
	}
	chain, _ := record.Read(bytes.NewReader(text)) // as far as it holds: the program may have died
	return chain.First().Session == id && chain.Agreed(), nil
}
