package api

import "time"

// EntryKind is what an entry of a ticket's timeline is.
type EntryKind string

// The kinds of entry.
const (
	EntryNote     EntryKind = "note"     // written at the desk, or by the customer in their program or page
	EntryMailIn   EntryKind = "mail-in"  // From says who
	EntryMailOut  EntryKind = "mail-out" // To says to whom
	EntryCall     EntryKind = "call"     // what was said on the phone
	EntryEvidence EntryKind = "evidence" // a bundle came: Ref is its ID
	EntrySession  EntryKind = "session"  // a session: Ref is its ID
	EntryTime     EntryKind = "time"     // Minutes were booked
	EntryChange   EntryKind = "change"   // the ticket's fields changed: Changes
	EntryRequest  EntryKind = "request"  // the customer was asked for what is missing: Wants
	EntryAccess   EntryKind = "access"   // access to the customer's system: Ref is its ID
	EntryAlarm    EntryKind = "alarm"    // a monitor's
)

// Party is as what somebody outside the team takes part.
type Party string

// The parties.
const (
	PartyCustomer Party = "customer"
	PartyPartner  Party = "partner" // the responsible partner
	PartyVendor   Party = "vendor"  // another vendor
	PartyAdmin    Party = "admin"   // the customer's system administrator
)

// Entry is one entry of a timeline. Nothing of it is changed later, but that
// retention or a deletion of personal data can take its text: then Gone says why.
type Entry struct {
	ID       int64     `json:"id"`
	Ticket   int64     `json:"ticket"`
	At       time.Time `json:"at"`
	Kind     EntryKind `json:"kind"`
	Public   bool      `json:"public"`             // the customer sees it
	By       string    `json:"by"`                 // a staff name, "customer", "desk", "rule", or an address
	Name     string    `json:"name,omitempty"`     // of By, as people are shown it
	Party    Party     `json:"party,omitempty"`    // of somebody outside
	Text     string    `json:"text"`               // plain text, LF
	Mentions []string  `json:"mentions,omitempty"` // staff names, written @name
	From     string    `json:"from,omitempty"`     // a mail's
	To       []string  `json:"to,omitempty"`
	Subject  string    `json:"subject,omitempty"`
	Ref      string    `json:"ref,omitempty"`
	Minutes  int       `json:"minutes,omitempty"`
	Files    []File    `json:"files,omitempty"`
	Wants    []Want    `json:"wants,omitempty"`
	Changes  []Changed `json:"changes,omitempty"`
	Gone     string    `json:"gone,omitempty"`
}

// Changed is a field's old and new value, in words that need no ticket beside them.
type Changed struct {
	Field string `json:"field"` // as in TicketChange's JSON
	From  string `json:"from"`
	To    string `json:"to"`
}

// File is an attachment that is no bundle: a mail's, or one that was added by hand.
type File struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`         // hex
	Type   string `json:"type"`           // media type as it was announced; never served as such
	Scan   Scan   `json:"scan,omitempty"` // when the entry was written; GET says what it is now
	Gone   string `json:"gone,omitempty"`
}

// NewEntry is what a person adds to a timeline. ID is drawn by the client
// (UUID), so that a lost answer makes no second entry.
type NewEntry struct {
	ID      string    `json:"id"`
	Kind    EntryKind `json:"kind"` // note, call, time, mail-out
	Public  bool      `json:"public"`
	Text    string    `json:"text"`
	Minutes int       `json:"minutes,omitempty"` // booked with it; alone with kind time
	To      []string  `json:"to,omitempty"`      // mail-out; empty is the customer
	Party   Party     `json:"party,omitempty"`   // mail-out: as what those take part
	Files   []string  `json:"files,omitempty"`   // uploads' IDs
}

// Added answers NewEntry. A ticket that has been closed for long is not opened
// again by its customer: Continued is the new one, below it, and has the entry.
type Added struct {
	Entry

	Continued *CreatedTicket `json:"continued,omitempty"`
}

// MetadataCollectors is the key of an upload's metadata (tus) under which it
// says whose evidence the bundle holds: collectors' names with spaces between.
const MetadataCollectors = "collectors"

// Want is one thing that a case still needs.
type Want struct {
	ID        string `json:"id"`                  // an answer: "question:ID"; evidence: "collect:COLLECTOR"; a field: "field:NAME"
	Label     string `json:"label"`               // in the reader's language
	Collector string `json:"collector,omitempty"` // the customer's program can collect it
	Question  string `json:"question,omitempty"`  // or ask this
	Field     string `json:"field,omitempty"`
}

// Completeness says what a ticket of its kind and product needs, and what of it is missing.
type Completeness struct {
	Needed  []Want     `json:"needed"`
	Missing []Want     `json:"missing"`
	Asked   *time.Time `json:"asked,omitempty"` // when the customer was asked last
}

// Request asks the customer for what is missing.
type Request struct {
	Version int64    `json:"version,omitempty"` // as in TicketChange, so that two do not ask at once; 0 takes the ticket as it is
	Wants   []string `json:"wants"`             // IDs; none: all that is missing
	Text    string   `json:"text"`              // a sentence before them; "" is the desk's own
}

// Timeline is entries of one ticket, oldest first.
type Timeline struct {
	Entries []Entry `json:"entries"`
	More    bool    `json:"more"` // older ones than the first here
}
