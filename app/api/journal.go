package api

import (
	"encoding/json"
	"time"
)

// Where what happens is told, and kept.
const (
	PathChanges       = Prefix + "/events"         // a stream
	PathJournal       = Prefix + "/journal"        // GET after, limit
	PathJournalExport = Prefix + "/journal/export" // every entry, as docs/journal.md says
)

// JournalEntry is what somebody did. Its number is its place in the chain.
type JournalEntry struct {
	Seq     int64           `json:"seq"`
	At      time.Time       `json:"at"`
	Actor   Actor           `json:"actor"`
	Ticket  int64           `json:"ticket,omitempty"`
	Action  string          `json:"action"`  // ticket.changed
	Subject string          `json:"subject"` // ticket/7
	Detail  json.RawMessage `json:"detail,omitempty"`
}

// JournalPage is entries, the oldest first.
type JournalPage struct {
	Entries []JournalEntry `json:"entries"`
	More    bool           `json:"more"` // behind the last
}
