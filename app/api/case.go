package api

import "time"

// Kind is what a ticket is about; each has its own required questions.
type Kind string

// The kinds.
const (
	Fault        Kind = "fault"        // something does not work as it should
	Question     Kind = "question"     // how something is done
	Wish         Kind = "wish"         // what the product does not have
	Change       Kind = "change"       // something is to be set up differently
	Installation Kind = "installation" // something is to be installed or brought up to date
)

// Kinds are all of them, in the order in which people are offered them.
var Kinds = []Kind{Fault, Question, Wish, Change, Installation}

// State is where a ticket stands.
//
//	new -> open -> waiting for the customer or a third party -> open
//	any but closed -> solved -> closed; solved and closed -> open (again)
type State string

// The states.
const (
	StateNew             State = "new" // nobody has looked yet
	StateOpen            State = "open"
	StateWaitingCustomer State = "waiting-customer"
	StateWaitingThird    State = "waiting-third" // Ticket.Waiting says for whom, since when
	StateSolved          State = "solved"
	StateClosed          State = "closed"
)

// States are all of them, in a ticket's order.
var States = []State{StateNew, StateOpen, StateWaitingCustomer, StateWaitingThird, StateSolved, StateClosed}

// Priorities are all of them, the most urgent first.
var Priorities = []Priority{Critical, High, Normal, Low}

// Impact is how far a problem reaches.
type Impact string

// How far.
const (
	ImpactOne        Impact = "one"        // one person
	ImpactMany       Impact = "many"       // several people, or a department
	ImpactStandstill Impact = "standstill" // the business stands still
)

// Cause is why there was a ticket, as known when it is closed.
type Cause string

// The causes.
const (
	CauseFault         Cause = "fault"         // of the product
	CauseHandling      Cause = "handling"      // of the person
	CauseConfiguration Cause = "configuration" // of the installation
	CausePatch         Cause = "patch"         // a patch was missing
	CauseVendor        Cause = "vendor"        // another vendor's product
)

// Causes are all of them.
var Causes = []Cause{CauseFault, CauseHandling, CauseConfiguration, CausePatch, CauseVendor}

// Answer is what was answered to one of the questions of a kind's template.
type Answer struct {
	Question string `json:"question"`        // its id in the template
	Label    string `json:"label,omitempty"` // the question as it was read
	Text     string `json:"text"`
}

// Urgency is the priority as support has set it.
type Urgency struct {
	Priority Priority  `json:"priority"`
	Reason   string    `json:"reason"`
	By       string    `json:"by"` // name of the member of staff, or "rule"
	At       time.Time `json:"at"`
}

// CriticalDate is a day, or several, on which the customer cannot do without.
type CriticalDate struct {
	From string `json:"from"` // 2026-11-30
	To   string `json:"to"`   // the last day; the same for one
	Why  string `json:"why"`  // "booking day"
}

// Waiting says for whom a ticket waits.
type Waiting struct {
	For   string    `json:"for"` // "Example Hosting Ltd"; the customer's name for the customer
	Since time.Time `json:"since"`
}

// Promise is a date that the customer was given.
type Promise struct {
	What   string     `json:"what"` // workaround, fix
	Due    time.Time  `json:"due"`
	By     string     `json:"by"` // who promised
	Kept   *time.Time `json:"kept,omitempty"`
	Remind *time.Time `json:"remind,omitempty"` // when the owner is reminded; none: a day before
}

// What is promised.
const (
	PromiseWorkaround = "workaround"
	PromiseFix        = "fix"
)

// Step is one line of the action plan.
type Step struct {
	ID    string     `json:"id"`
	Text  string     `json:"text"`
	Owner string     `json:"owner,omitempty"` // staff name
	Due   string     `json:"due,omitempty"`   // 2026-11-30
	Done  *time.Time `json:"done,omitempty"`
	By    string     `json:"by,omitempty"` // who has done it
}

// Escalation says that a role which may reprioritise anybody's work has to look.
type Escalation struct {
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// Closing is what is known at the end.
type Closing struct {
	Cause    Cause     `json:"cause"`
	Solution string    `json:"solution"` // short
	Tried    string    `json:"tried"`    // what else was tried
	By       string    `json:"by"`       // "customer" for a solution of their own
	At       time.Time `json:"at"`

	FirstCheck bool   `json:"first_check"`        // solved at the first check
	Helped     string `json:"helped,omitempty"`   // what of the similar cases helped, as Match.Ref
	Feedback   string `json:"feedback,omitempty"` // the customer's
	Satisfied  *bool  `json:"satisfied,omitempty"`
}

// TicketChange changes a ticket. Version is the one that was read: another is
// refused as a conflict (409), with the ticket as it is now. What is nil stays.
type TicketChange struct {
	Version int64 `json:"version"`

	Title          *string         `json:"title,omitempty"`
	Kind           *Kind           `json:"kind,omitempty"`
	Product        *string         `json:"product,omitempty"`
	ProductVersion *string         `json:"product_version,omitempty"`
	Module         *string         `json:"module,omitempty"`
	Answers        []Answer        `json:"answers,omitempty"` // each in place of the same question's
	Urgency        *SetUrgency     `json:"urgency,omitempty"`
	Impact         *Impact         `json:"impact,omitempty"`
	Critical       *[]CriticalDate `json:"critical,omitempty"`
	Queue          *string         `json:"queue,omitempty"`
	Level          *int            `json:"level,omitempty"`       // 1 to 3
	LevelAt        *string         `json:"level_at,omitempty"`    // another organisation's desk or team; "" is our own
	Owner          *string         `json:"owner,omitempty"`       // "" is nobody
	Watchers       *[]string       `json:"watchers,omitempty"`    // staff names
	State          *State          `json:"state,omitempty"`       // not solved or closed: that is CloseTicket
	WaitingFor     *string         `json:"waiting_for,omitempty"` // with StateWaitingThird
	Promises       *[]Promise      `json:"promises,omitempty"`
	Plan           *[]Step         `json:"plan,omitempty"`     // an empty ID is a new step
	Parent         *int64          `json:"parent,omitempty"`   // 0 is none
	Escalate       *string         `json:"escalate,omitempty"` // the reason; "" takes it back
	Organisation   *int64          `json:"organisation,omitempty"`
	Person         *int64          `json:"person,omitempty"`
	Installation   *int64          `json:"installation,omitempty"`
}

// SetUrgency sets the priority as support sees it.
type SetUrgency struct {
	Priority Priority `json:"priority"`
	Reason   string   `json:"reason"`
}

// CloseTicket ends a case, or offers a solution that the customer may still refuse.
type CloseTicket struct {
	Version    int64  `json:"version"`
	State      State  `json:"state"` // solved, or closed
	Cause      Cause  `json:"cause"`
	Solution   string `json:"solution"`
	Tried      string `json:"tried"`
	FirstCheck bool   `json:"first_check"`
	Helped     string `json:"helped,omitempty"`
}

// OwnSolution closes a case as its customer does.
type OwnSolution struct {
	Version   int64  `json:"version,omitempty"` // as in TicketChange; 0 takes the ticket as it is
	Solution  string `json:"solution"`          // "" when support's helped
	Feedback  string `json:"feedback,omitempty"`
	Satisfied *bool  `json:"satisfied,omitempty"`
	Reopen    bool   `json:"reopen,omitempty"` // it does not help: the ticket is open again, with Feedback as the reason
}
