package journal_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os/exec"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// Whatever somebody changes in the database afterwards, the first entry that
// does not hold any more is named.
func TestTampered(t *testing.T) {
	for name, test := range map[string]struct {
		change string
		fault  int64
	}{
		"who":              {"UPDATE journal SET name = 'max' WHERE seq = 4", 4},
		"when":             {"UPDATE journal SET at = at + 1 WHERE seq = 4", 4},
		"what":             {"UPDATE journal SET action = 'ticket.closed' WHERE seq = 4", 4},
		"on what":          {"UPDATE journal SET subject = 'ticket/8' WHERE seq = 4", 4},
		"the detail":       {"UPDATE journal SET detail = '{}' WHERE seq = 4", 4},
		"an address":       {"UPDATE journal SET address = 'eve@example.com' WHERE seq = 5", 5},
		"an address given": {"UPDATE journal SET address = 'eve@example.com' WHERE seq = 4", 4},
		"one is gone":      {"DELETE FROM journal WHERE seq = 4", 4},
		"moved up":         {"UPDATE journal SET seq = 100 WHERE seq = 10", 10},
		"its hash":         {"UPDATE journal SET hash = private WHERE seq = 4", 4},
		"hidden hash":      {"UPDATE journal SET private = hash WHERE seq = 4", 4},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				j := filled(t, d)
				end, err := j.Verify(t.Context())
				if err != nil || end.Seq != 10 {
					t.Fatalf("%+v %v", end, err)
				}
				exec1(t, d, test.change)
				var fault *journal.Fault
				if _, err := j.Verify(t.Context()); !errors.As(err, &fault) || fault.Seq != test.fault {
					t.Errorf("%v, want entry %d", err, test.fault)
				}
				var out bytes.Buffer
				if _, err := j.Export(t.Context(), &out); !errors.As(err, &fault) || strings.Count(out.String(), "\n") != int(test.fault)-1 {
					t.Errorf("exported %d lines: %v", strings.Count(out.String(), "\n"), err)
				}
			})
		})
	}
}

// filled has ten entries, the fifth by mail.
func filled(t *testing.T, d *db.DB) *journal.Journal {
	t.Helper()
	j := running(t, d)
	for n := range 10 {
		e := entry(n + 1)
		if n == 4 {
			e.Actor = journal.Actor{Kind: api.ActorMail, Name: "anna@example.com"}
			e.Detail = json.RawMessage(`{"subject": "<Müller> & \"Söhne\""}`)
		}
		if n == 5 {
			e.Ticket = 8
		}
		write(t, d, e)
	}
	j.Kick()
	settled(t, d, 10)
	return j
}

func exec1(t *testing.T, d *db.DB, query string) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *db.Tx) error { return db.One(tx.ExecContext(t.Context(), query)) })
	if err != nil {
		t.Fatal(err)
	}
}

// What is personal can be erased, and the chain holds.
func TestErase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		j := filled(t, d)
		write(t, d, journal.Entry{Actor: journal.Actor{Kind: api.ActorMail, Name: "anna@example.com"}, Ticket: 7, Action: "entry.added", Subject: "ticket/7"})
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			return errors.Join(journal.EraseTicket(t.Context(), tx, 8), journal.EraseAddress(t.Context(), tx, "anna@example.com"))
		})
		if err != nil {
			t.Fatal(err)
		}
		settled(t, d, 11)
		var out bytes.Buffer
		if end, err := j.Export(t.Context(), &out); err != nil || end.Seq != 11 {
			t.Errorf("%+v %v", end, err)
		}
		if text := out.String(); strings.Contains(text, "anna") || strings.Contains(text, "Müller") || strings.Contains(text, `"n\":6`) || !strings.Contains(text, `"{\"n\":4}"`) {
			t.Error(text)
		}
	})
}

// The export can be verified with nothing but a shell: docs/journal.md has this script.
func TestExportByHand(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		j := filled(t, d)
		var out bytes.Buffer
		end, err := j.Export(t.Context(), &out)
		if err != nil {
			t.Fatal(err)
		}
		check := exec.Command("/bin/sh", "../../../docs/journal-verify.sh")
		check.Stdin = bytes.NewReader(out.Bytes())
		if said, err := check.CombinedOutput(); err != nil || !strings.Contains(string(said), "10 entries hold, the last is "+end.Hash) {
			t.Errorf("%v: %s", err, said)
		}
		check = exec.Command("/bin/sh", "../../../docs/journal-verify.sh")
		check.Stdin = strings.NewReader(strings.Replace(out.String(), `Söhne`, `Sohne`, 1))
		if said, err := check.CombinedOutput(); err == nil || !strings.Contains(string(said), "entry 5 ") {
			t.Errorf("altered: %v: %s", err, said)
		}
	})
}
