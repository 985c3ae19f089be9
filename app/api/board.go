package api

import "net/url"

// Where views, filters, bulk changes, the board and the numbers are.
const (
	PathViews   = Prefix + "/views"
	PathFilters = Prefix + "/filters"
	PathFilter  = Prefix + "/filters/{id}" // a number
	PathQueues  = Prefix + "/queues"
	PathQueue   = Prefix + "/queues/{id}" // its name
	PathBulk    = Prefix + "/bulk"
	PathBoard   = Prefix + "/board"
	PathNumbers = Prefix + "/numbers"
)

// FilterPath is where one saved filter is.
func FilterPath(id int64) string { return numbered(PathFilters, id) }

// QueuePath is where one queue is.
func QueuePath(name string) string { return PathQueues + "/" + url.PathEscape(name) }

// The views that everybody has.
const (
	ViewMine      = "mine"      // owned by whoever asks
	ViewTeam      = "team"      // in a queue of theirs
	ViewUnowned   = "unowned"   // nobody has taken it
	ViewWaiting   = "waiting"   // for the customer or a third party
	ViewDue       = "due"       // promised within a day, or late
	ViewEscalated = "escalated" // a dispatcher has to look
)

// View is a list that everybody has: its query, and how many tickets it has now.
type View struct {
	Key   string      `json:"key"`
	Query TicketQuery `json:"query"`
	Count int         `json:"count"`          // at most MaxCount
	None  bool        `json:"none,omitempty"` // nothing can be in it: the team's, of somebody without a queue
}

// MaxCount is where counting stops: one more than this is "many".
const MaxCount = 10_000

// ViewList is the views of whoever asks.
type ViewList struct {
	Views  []View   `json:"views"`
	Queues []string `json:"queues"` // theirs
}

// Filter is a saved query, somebody's own or shared. A change is sent as the
// whole of it, with the Version that was read; only whoever made it changes it,
// or a dispatcher when it is shared.
type Filter struct {
	ID      int64       `json:"id"`
	Version int64       `json:"version"`
	Name    string      `json:"name"`
	Owner   string      `json:"owner"` // staff name
	Shared  bool        `json:"shared"`
	Query   TicketQuery `json:"query"`
}

// MaxFilters is how many filters one person may keep.
const MaxFilters = 100

// FilterList is the filters of whoever asks and those that are shared, by name.
type FilterList struct {
	Filters []Filter `json:"filters"`
}

// Queue is one line of work and who looks after it.
type Queue struct {
	Name    string   `json:"name"`
	Version int64    `json:"version"` // 0: nobody was ever put to it
	Members []string `json:"members"` // staff names
	Open    int      `json:"open"`    // tickets in it that are not solved
}

// QueueList is every queue that has members or open tickets, by name.
type QueueList struct {
	Queues []Queue `json:"queues"`
}

// SetQueue says who looks after a queue.
type SetQueue struct {
	Version int64    `json:"version"`
	Members []string `json:"members"`
}

// MaxQueues is how many queues are given people.
const MaxQueues = 500

// MaxBulk is how many tickets one bulk change may have.
const MaxBulk = 200

// Bulk changes many tickets in the same way. Each is changed by itself: one that
// was changed meanwhile is a conflict, and the others go on.
type Bulk struct {
	Tickets []BulkTicket `json:"tickets"`
	Change  BulkChange   `json:"change"`
}

// BulkTicket is one of them, as it was read.
type BulkTicket struct {
	Number  int64 `json:"number"`
	Version int64 `json:"version"`
}

// BulkChange is what is changed. What is nil stays.
type BulkChange struct {
	Owner      *string     `json:"owner,omitempty"` // "" is nobody
	Queue      *string     `json:"queue,omitempty"`
	State      *State      `json:"state,omitempty"`       // not solved or closed
	WaitingFor *string     `json:"waiting_for,omitempty"` // with StateWaitingThird
	Watch      []string    `json:"watch,omitempty"`       // staff names
	Unwatch    []string    `json:"unwatch,omitempty"`
	Urgency    *SetUrgency `json:"urgency,omitempty"` // with its reason
}

// BulkResult is what became of one ticket.
type BulkResult struct {
	Number  int64     `json:"number"`
	Version int64     `json:"version,omitempty"` // after the change
	Kind    ErrorKind `json:"kind,omitempty"`    // "": it was changed
	Message string    `json:"message,omitempty"`
}

// BulkDone answers Bulk, in its order.
type BulkDone struct {
	Results []BulkResult `json:"results"`
	Changed int          `json:"changed"`
}

// How a board's columns are made.
const (
	BoardByState = "state"
	BoardByOwner = "owner"
)

// BoardQuery asks for a board of open tickets.
type BoardQuery struct {
	By     string   // BoardByState, BoardByOwner; "" is by state
	Queues []string // none: all
}

// MaxColumn is how many tickets a board's column shows.
const MaxColumn = 25

// Board is what a team talks about standing up: what is due first, then what is oldest.
type Board struct {
	By      string   `json:"by"`
	Columns []Column `json:"columns"`
}

// Column is one of a board's. How many tickets a person has is nobody's number:
// columns by owner have no total.
type Column struct {
	Key     string   `json:"key"` // a state, or a staff name; "" is nobody
	Tickets []Ticket `json:"tickets"`
	More    bool     `json:"more"`            // than are shown
	Total   *int     `json:"total,omitempty"` // by state; at most MaxCount
}

// NumbersQuery asks for the numbers of whole weeks.
type NumbersQuery struct {
	From    string // 2026-01-01, a day of the first week; "" is 12 weeks before To
	To      string // a day of the last week; "" is today
	Product string // "": all
	Module  string // of that product; "": all
}

// MaxWeeks is how many weeks of numbers are given at once.
const MaxWeeks = 106

// Numbers says how the work goes. There are none per person.
type Numbers struct {
	From     string        `json:"from"` // Monday of the first week
	To       string        `json:"to"`   // Sunday of the last
	Zone     string        `json:"zone"` // of days and hours: "Europe/Berlin"
	Weeks    []Week        `json:"weeks"`
	Causes   []CauseNumber `json:"causes"`   // of what was solved, most first
	Hours    [24]int       `json:"hours"`    // filed, by hour of the day
	Weekdays [7]int        `json:"weekdays"` // filed, Monday first
	Products []PartNumber  `json:"products"` // with their modules, most first; at most 100
	Kinds    []KindNumber  `json:"kinds"`

	// Half of the tickets took no longer, in seconds and to within 5 percent; nil when there are none.
	FirstAnswer *int64 `json:"first_answer,omitempty"` // from filing to the first public answer
	Solution    *int64 `json:"solution,omitempty"`     // from filing to the solution
}

// Week is one week's numbers.
type Week struct {
	Monday     string `json:"monday"` // 2026-11-23
	Filed      int    `json:"filed"`
	Answered   int    `json:"answered"` // for the first time
	Solved     int    `json:"solved"`
	FirstCheck int    `json:"first_check"` // of those, at the first check
}

// CauseNumber is how many solved tickets had a cause.
type CauseNumber struct {
	Cause      Cause `json:"cause"`
	Solved     int   `json:"solved"`
	FirstCheck int   `json:"first_check"` // of those, at the first check
}

// KindNumber is how many tickets of a kind were filed.
type KindNumber struct {
	Kind  Kind `json:"kind"`
	Filed int  `json:"filed"`
}

// PartNumber is the numbers of a product, or of a module of it.
type PartNumber struct {
	Product string `json:"product"`
	Module  string `json:"module,omitempty"` // "" beside a product: all of it
	Filed   int    `json:"filed"`
	Solved  int    `json:"solved"`
}
