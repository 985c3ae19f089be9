package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/journal"
	"github.com/beistand/beistand/app/desk/store/db"
)

// What the journal is told of here. Subjects are session/ID and ticket/NUMBER.
const (
	SessionAsked   = "session.asked"
	SessionChanged = "session.changed"
	RecordAdded    = "record.added"
	RevealAdded    = "reveal.added"
)

// NotedSession is what the journal keeps of a session: how far it is.
type NotedSession struct {
	State  string   `json:"state"` // asked, consented, started, ended
	Rights []string `json:"rights,omitempty"`
	Role   string   `json:"role,omitempty"`
	By     string   `json:"by,omitempty"` // who ended it
	Reason string   `json:"reason,omitempty"`
}

// NotedRecord is what the journal keeps of a record that grew.
type NotedRecord struct {
	At    int `json:"at"`    // bytes that were there
	Bytes int `json:"bytes"` // that came
}

func noteSession(ctx context.Context, tx *db.Tx, at time.Time, by api.Actor, action string, n Session) error {
	d := NotedSession{State: "asked", By: n.EndedBy, Reason: n.Reason}
	switch {
	case n.Ended != nil:
		d.State = "ended"
	case n.Started != nil:
		d.State = "started"
	case n.Consented != nil:
		d.State = "consented"
	default:
		d.Rights, d.Role = n.Rights, n.Role
	}
	return note(ctx, tx, at, by, n.Ticket, action, "session/"+n.ID, d)
}

func note(ctx context.Context, tx *db.Tx, at time.Time, by api.Actor, ticket int64, action, subject string, detail any) error {
	text, err := json.Marshal(detail)
	if err != nil {
		return fmt.Errorf("note %s: %w", action, err)
	}
	return journal.Write(ctx, tx, journal.Entry{At: at, Actor: by, Ticket: ticket, Action: action, Subject: subject, Detail: text})
}
