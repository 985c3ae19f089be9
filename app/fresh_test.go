//go:build !headless

package app

import (
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/invite"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
)

// invitedTo is a session as the desk signs it.
func invitedTo(t *testing.T, id string, ticket int64) (api.Session, invite.Invitation) {
	t.Helper()
	i := invite.Invitation{ID: id, Ticket: ticket, Supporter: "Sam", FirstPart: "042", Role: invite.Supporter, Rights: rights.Of(rights.See)}
	if err := i.Sign(deskSigner(1)); err != nil {
		t.Fatal(err)
	}
	return api.Session{
		ID: id, Ticket: ticket, Supporter: i.Supporter, FirstPart: i.FirstPart, Role: string(i.Role), Rights: i.Rights.Strings(),
		DeskKey: i.DeskKey, Signature: i.Signature,
	}, i
}

// keepRecord keeps a record that begins so; agreed says whether the code became a key.
func keepRecord(t *testing.T, folder string, i invite.Invitation, agreed bool) {
	t.Helper()
	store, _, err := newRecord(folder, i.Ticket, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	key, err := record.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	log := record.NewLog(key, store.Keep)
	entries := []record.Entry{record.Inviting(i)}
	if agreed {
		entries = append(entries, record.Entry{What: record.Agreed, By: record.Supporter, Key: hex.EncodeToString(key.Public())})
	}
	for _, e := range entries {
		if _, err := log.Write(e, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
}

// An invitation that was used cannot be shown again by whoever has taken over
// the desk's address, nor one of another customer's ticket.
func TestInvitationsShownAgain(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "jana [buero]") // no pattern, for all that it looks like one
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	_, used := invitedTo(t, "used", 7)
	keepRecord(t, folder, used, true)
	_, unused := invitedTo(t, "unused", 7)
	keepRecord(t, folder, unused, false)
	if err := os.WriteFile(filepath.Join(folder, "x-ticket-7-odd.jsonl"), []byte("no record"), 0o600); err != nil {
		t.Fatal(err)
	}
	silent := logrus.New()
	silent.SetOutput(io.Discard)
	desk := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, "{}") // it agrees to everything
	}))
	defer desk.Close()
	h := &hosting{
		desk:    &customerDesk{address: desk.URL, version: "test", keys: &deskKeys{path: filepath.Join(t.TempDir(), "desks.json")}},
		records: folder, log: silent,
	}
	for name, test := range map[string]struct {
		id     string
		ticket int64
		want   error
	}{
		"used":             {"used", 7, errUsed},
		"another's":        {"new", 8, errOtherTicket},
		"of no use so far": {"unused", 7, nil},
		"a new one":        {"new", 7, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := invitedTo(t, test.id, test.ticket)
			if err := fresh(folder, 7, s); !errors.Is(err, test.want) {
				t.Errorf("it is %v, want %v", err, test.want)
			}
			if test.want == nil {
				return
			}
			_, err := h.Host(t.Context(), api.CreatedTicket{Ticket: api.Ticket{Number: 7}, Token: "t"}, s, page.Audience{})
			if !errors.Is(err, test.want) || !errors.Is(err, session.ErrTampered) {
				t.Errorf("a session of it ended with %v, want %v", err, test.want)
			}
		})
	}
}
