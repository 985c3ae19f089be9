package api

import (
	"strconv"
	"time"
)

// Where bugs and releases are; {id} is a number.
const (
	PathBugs       = Prefix + "/bugs"
	PathBug        = Prefix + "/bugs/{id}"
	PathBugTickets = Prefix + "/bugs/{id}/tickets"
	PathBugTicket  = Prefix + "/bugs/{id}/tickets/{n}"
	PathBugTold    = Prefix + "/bugs/{id}/told"
	PathReleases   = Prefix + "/releases"
	PathRelease    = Prefix + "/releases/{id}"
)

// BugPath is where one bug is.
func BugPath(id int64) string { return numbered(PathBugs, id) }

// BugTicketsPath is where tickets are linked to a bug.
func BugTicketsPath(id int64) string { return BugPath(id) + "/tickets" }

// BugTicketPath is one ticket's link to a bug.
func BugTicketPath(id, ticket int64) string {
	return BugTicketsPath(id) + "/" + strconv.FormatInt(ticket, 10)
}

// BugToldPath is where a bug's customers are told, and where it says who was.
func BugToldPath(id int64) string { return BugPath(id) + "/told" }

// ReleasePath is where one release is.
func ReleasePath(id int64) string { return numbered(PathReleases, id) }

// BugState is where a bug stands.
type BugState string

// The states.
const (
	BugOpen     BugState = "open"     // seen
	BugAccepted BugState = "accepted" // the makers work on it
	BugFixed    BugState = "fixed"    // Bug.FixedIn says where
	BugDeclined BugState = "declined" // it stays as it is
)

// BugStates are all of them.
var BugStates = []BugState{BugOpen, BugAccepted, BugFixed, BugDeclined}

// MaxVersion bounds a version's name, in characters.
const MaxVersion = 64

// Bug is one fault of a product that several tickets may be about. Texts for
// customers are by language ("en", "de", "nl"); who reads another gets the
// English one, or else any. A change is sent as the whole of it, with the
// Version that was read.
type Bug struct {
	ID          int64             `json:"id"`
	Version     int64             `json:"version"`
	Product     string            `json:"product"`
	Module      string            `json:"module,omitempty"`
	Title       string            `json:"title"`
	Description string            `json:"description,omitempty"` // for the team
	Ref         string            `json:"ref,omitempty"`         // in the makers' own list
	State       BugState          `json:"state"`
	Since       string            `json:"since,omitempty"`    // the first version that has it
	FixedIn     string            `json:"fixed_in,omitempty"` // the first version that has it no more
	Workaround  map[string]string `json:"workaround,omitempty"`
	Fix         map[string]string `json:"fix,omitempty"` // a sentence beside the version
	Created     time.Time         `json:"created"`
	Updated     time.Time         `json:"updated"`
	Linked      int               `json:"linked"`             // tickets
	Tickets     []int64           `json:"tickets,omitempty"`  // the newest 200, when one bug is asked for
	Tellings    []Telling         `json:"tellings,omitempty"` // the newest 20, when one bug is asked for
}

// BugQuery selects bugs, the newest first.
type BugQuery struct {
	Text    string // words that the title has
	Product string
	States  []BugState
	Ticket  int64 // those that it is linked to
	Before  int64 // IDs below this one; 0 from the newest
	Limit   int   // 1 to 200; 0 is 50
}

// BugList answers a BugQuery.
type BugList struct {
	Bugs []Bug `json:"bugs"`
}

// LinkTicket links a ticket to a bug.
type LinkTicket struct {
	Ticket int64 `json:"ticket"`
}

// TellWhat is what customers are told of a bug.
type TellWhat string

// What they are told.
const (
	TellWorkaround TellWhat = "workaround"
	TellFix        TellWhat = "fix"
	TellBoth       TellWhat = "both"
)

// Tell tells the customers of every linked ticket what is known by now, each
// in their language. Nobody is told the same text twice.
type Tell struct {
	Version int64    `json:"version"` // the bug's, as it was read: what is told is what was seen
	What    TellWhat `json:"what"`
}

// Telling is one such action and how far it is.
type Telling struct {
	ID      int64     `json:"id"`
	Bug     int64     `json:"bug"`
	What    TellWhat  `json:"what"`
	By      string    `json:"by"` // a staff name, or "rule"
	At      time.Time `json:"at"`
	Total   int       `json:"total"`   // linked tickets
	Told    int       `json:"told"`    // by this action
	Already int       `json:"already"` // had this text before
	Failed  int       `json:"failed"`
	Done    bool      `json:"done"`
	Results []ToldOne `json:"results,omitempty"` // when one bug's tellings are asked for; at most 1000, failures first
}

// What became of one ticket.
const (
	ToldWaiting = "waiting"
	ToldNow     = "told"
	ToldAlready = "already"
	ToldFailed  = "failed"
)

// ToldOne is what became of one ticket.
type ToldOne struct {
	Ticket int64  `json:"ticket"`
	Result string `json:"result"`
	Entry  int64  `json:"entry,omitempty"` // what the customer reads
	Error  string `json:"error,omitempty"`
}

// TellingList is who was told of a bug, the newest first.
type TellingList struct {
	Tellings []Telling `json:"tellings"`
}

// Release is a published version of a product.
type Release struct {
	ID      int64             `json:"id"`
	Version int64             `json:"version"` // of this record
	Product string            `json:"product"`
	Release string            `json:"release"`         // "4.10.2"
	Date    string            `json:"date"`            // 2026-11-30
	Notes   map[string]string `json:"notes,omitempty"` // by language
	Fixes   []int64           `json:"fixes,omitempty"` // bugs that it has no more; each is then fixed in it
}

// ReleaseQuery selects releases, the last published first.
type ReleaseQuery struct {
	Product string
	Limit   int // 1 to 200; 0 is 50
}

// ReleaseList answers a ReleaseQuery.
type ReleaseList struct {
	Releases []Release `json:"releases"`
}
