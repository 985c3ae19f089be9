// Package journal is what was done at the desk, by whom: a chain of hashes that everybody who has to hear of a change reads.
package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/late"
)

// Actor is who did something: api.Actor, and how it is kept.
type Actor = api.Actor

// split separates what stays in the chain from what is personal: an address.
func split(a Actor) (name, address string) {
	if a.Kind == api.ActorMail {
		return "", a.Name
	}
	return a.Name, ""
}

// Entry is one thing that was done. Everything but Detail and a mail's address
// stays for ever, so nothing else may be personal.
type Entry struct {
	Seq     int64           // from 1 without a gap, in the order of the chain; given when it is in the chain
	At      time.Time       // zero: now
	Actor   Actor           // who
	Ticket  int64           // 0: it is about none
	Action  string          // what: "ticket.changed"
	Subject string          // on what: "ticket/7", "staff/sam"
	Detail  json.RawMessage // small, without secrets; nil after it was erased
}

// Lost is the action of the entry that a watcher gets instead of those that it
// was too slow for. It has to read the state anew.
const Lost = "journal.lost"

// Bounds of an entry, in bytes.
const (
	MaxName    = 320 // an address (RFC 5321, section 4.5.3.1)
	MaxSubject = 200
	MaxDetail  = 16 << 10
)

var (
	wordForm   = late.Regexp(`^[a-z]{1,20}$`)
	actionForm = late.Regexp(`^[a-z]{1,20}\.[a-z_]{1,30}$`)
)

// checked is e as it is written, or why it cannot be. That is a mistake of the caller's.
func checked(e Entry) (Entry, error) {
	switch {
	case !wordForm().MatchString(e.Actor.Kind):
		return e, fmt.Errorf("an actor's kind is %q", e.Actor.Kind)
	case !actionForm().MatchString(e.Action) || e.Action == Lost:
		return e, fmt.Errorf("an action is %q", e.Action)
	case !line(e.Actor.Name, MaxName):
		return e, fmt.Errorf("an actor's name is %q", e.Actor.Name)
	case e.Subject == "" || !line(e.Subject, MaxSubject):
		return e, fmt.Errorf("a subject is %q", e.Subject)
	case e.Ticket < 0:
		return e, fmt.Errorf("a ticket is %d", e.Ticket)
	}
	if len(e.Detail) == 0 {
		e.Detail = json.RawMessage("{}")
	}
	var short bytes.Buffer
	if err := json.Compact(&short, e.Detail); err != nil {
		return e, fmt.Errorf("the detail of %s: %w", e.Action, err)
	}
	e.Detail = short.Bytes()
	// PostgreSQL keeps no NUL and no broken UTF-8 in a text; JSON has no raw control characters.
	if len(e.Detail) > MaxDetail || !utf8.Valid(e.Detail) {
		return e, fmt.Errorf("the detail of %s has %d bytes or is not UTF-8", e.Action, len(e.Detail))
	}
	if e.At.IsZero() {
		e.At = time.Now()
	}
	e.At = e.At.UTC().Truncate(time.Microsecond)
	return e, nil
}

func line(s string, most int) bool {
	return len(s) <= most && utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}
