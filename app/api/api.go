// Package api is the desk's HTTP interface, version 1, as Go types and paths: what desk and client agree on.
package api

import (
	"encoding/json"
	"time"
)

// Version is the interface's version; it is the first path element behind /api.
const Version = 1

// Prefix stands before every path of this version.
const Prefix = "/api/v1"

// Limits that both sides know, so that a person is told before sending.
const (
	MaxTitle       = 200              // characters
	MaxDescription = 20_000           // characters
	MaxName        = 200              // characters; names, contacts, products
	MaxExcerpt     = 300              // characters of a description in a list
	MaxAnswer      = 5000             // characters of an answer to a question
	MaxReason      = 500              // characters of a session's end
	MaxFileName    = 200              // bytes of UTF-8, a bundle's name
	MaxBundle      = int64(4) << 30   // bytes
	MaxRoomMessage = 64 << 10         // bytes, one rendezvous message
	SessionCodeTTL = 10 * time.Minute // from being asked to the code being agreed
	MaxSessions    = 5                // open at once on one ticket
)

// Health says which program answers and that it is well.
type Health struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	API     int    `json:"api"`

	ICE []string `json:"ice,omitempty"` // where sessions' connection servers are, without credentials

	DeskKey []byte `json:"desk_key,omitempty"` // Ed25519, which signs what sessions are asked for; base64 in JSON
}

// ErrorKind tells programs why a request was refused.
type ErrorKind string

// The kinds of refusal.
const (
	KindInvalid      ErrorKind = "invalid"      // 400, 422: the request is not well formed
	KindUnauthorized ErrorKind = "unauthorized" // 401: no or an expired token
	KindForbidden    ErrorKind = "forbidden"    // 403: a valid token without this right
	KindNotFound     ErrorKind = "not_found"    // 404
	KindConflict     ErrorKind = "conflict"     // 409: wrong offset, state does not allow it
	KindGone         ErrorKind = "gone"         // 410: the session or upload is over
	KindTooLarge     ErrorKind = "too_large"    // 413
	KindMediaType    ErrorKind = "media_type"   // 415: another Content-Type is needed
	KindVersion      ErrorKind = "version"      // 412: tus version not spoken
	KindLocked       ErrorKind = "locked"       // 423: another request holds the upload
	KindChecksum     ErrorKind = "checksum"     // 460: tus checksum mismatch, or the whole file's
	KindTooMany      ErrorKind = "too_many"     // 429
	KindInternal     ErrorKind = "internal"     // 500
	KindUnavailable  ErrorKind = "unavailable"  // 503: the desk stops or has too much to do
	KindNoSpace      ErrorKind = "no_space"     // 507: the desk's disk is full
)

// Error is the body of every answer that is not a success.
type Error struct {
	Kind    ErrorKind `json:"kind"`
	Message string    `json:"message"`

	Current json.RawMessage `json:"current,omitempty"` // with a conflict: what was to be changed, as it is now
}

// Priority is how much the problem hinders, as the customer sees it.
type Priority string

// The four priorities.
const (
	Critical Priority = "critical" // nothing works
	High     Priority = "high"     // work is badly hindered
	Normal   Priority = "normal"   // it disturbs
	Low      Priority = "low"      // a question or a wish
)

// NewTicket is what a customer files. ID is drawn by the client (UUID): filing
// the same ID again gives the same ticket, so a lost answer makes no second one.
type NewTicket struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Product     string   `json:"product"`
	Priority    Priority `json:"priority"`
	Name        string   `json:"name"`
	Contact     string   `json:"contact"`
	Language    string   `json:"language"` // BCP 47

	Kind           Kind           `json:"kind,omitempty"` // "" is Fault
	ProductVersion string         `json:"product_version,omitempty"`
	Module         string         `json:"module,omitempty"`
	Impact         Impact         `json:"impact,omitempty"` // "" is ImpactOne
	Critical       []CriticalDate `json:"critical,omitempty"`
	Answers        []Answer       `json:"answers,omitempty"`
	Findings       []string       `json:"findings,omitempty"` // IDs of what the program found
	Signs          []string       `json:"signs,omitempty"`    // error texts and shapes of log lines, redacted, the tellest first
}

// CreatedTicket answers NewTicket. Token is the ticket's own secret: it opens
// this ticket, its uploads and its sessions to the customer, and nothing else.
type CreatedTicket struct {
	Ticket Ticket `json:"ticket"`
	Token  string `json:"token"`
}

// Ticket is a case. Bundles and Sessions are filled when one ticket is asked for;
// in a list the description is cut to its first MaxExcerpt characters and ends in "…".
type Ticket struct {
	Number      int64     `json:"number"`
	Version     int64     `json:"version"` // of the ticket's fields, for TicketChange
	State       State     `json:"state"`
	Title       string    `json:"title"`
	Description string    `json:"description"`
	Product     string    `json:"product"`
	Priority    Priority  `json:"priority"`
	Name        string    `json:"name"`
	Contact     string    `json:"contact"`
	Language    string    `json:"language"`
	Created     time.Time `json:"created"`
	Updated     time.Time `json:"updated"`
	Bundles     []Bundle  `json:"bundles,omitempty"`
	Sessions    []Session `json:"sessions,omitempty"`
	Reveals     []Reveal  `json:"reveals,omitempty"`

	Kind           Kind           `json:"kind"`
	ProductVersion string         `json:"product_version,omitempty"`
	Module         string         `json:"module,omitempty"`
	Impact         Impact         `json:"impact"`
	Critical       []CriticalDate `json:"critical,omitempty"`
	Answers        []Answer       `json:"answers,omitempty"`
	Findings       []string       `json:"findings,omitempty"`
	Signs          []string       `json:"signs,omitempty"`

	// What follows is support's own; a customer sees Closing, Waiting and Promises of it.
	Suggested    Priority    `json:"suggested,omitempty"` // from what was asked for, impact and critical dates
	Urgency      *Urgency    `json:"urgency,omitempty"`   // nil: as Priority, which the customer asked for
	Queue        string      `json:"queue,omitempty"`
	Level        int         `json:"level,omitempty"` // 1 to 3
	LevelAt      string      `json:"level_at,omitempty"`
	Owner        string      `json:"owner,omitempty"` // a staff name
	Watchers     []string    `json:"watchers,omitempty"`
	Waiting      *Waiting    `json:"waiting,omitempty"`
	Promises     []Promise   `json:"promises,omitempty"`
	Plan         []Step      `json:"plan,omitempty"`
	Parent       int64       `json:"parent,omitempty"`
	Children     []int64     `json:"children,omitempty"`
	Escalation   *Escalation `json:"escalation,omitempty"`
	Closing      *Closing    `json:"closing,omitempty"`
	Organisation int64       `json:"organisation,omitempty"`
	Person       int64       `json:"person,omitempty"` // the contact who reported
	Installation int64       `json:"installation,omitempty"`
	Bugs         []int64     `json:"bugs,omitempty"`
	Minutes      int         `json:"minutes,omitempty"` // booked so far
	Due          *time.Time  `json:"due,omitempty"`     // the next promise that is not kept
	Tombstones   []Tombstone `json:"tombstones,omitempty"`
}

// Tombstone says what was deleted by a rule or on request, and why.
type Tombstone struct {
	What string    `json:"what"` // "bundle case.zip, 2.1 MB"
	Why  string    `json:"why"`
	At   time.Time `json:"at"`
}

// Reveal says that the customer was asked what a pseudonym in the evidence
// stands for, and showed it. The value is never sent.
type Reveal struct {
	Pseudonym string    `json:"pseudonym"` // user-27
	Asked     time.Time `json:"asked"`     // by the desk's clock
}

// TicketQuery selects tickets, newest first. Empty fields select all; of
// several values of a field one has to fit.
type TicketQuery struct {
	Text   string `json:"text,omitempty"`   // words that it has, by their stems
	Before int64  `json:"before,omitempty"` // numbers below this one; 0 from the newest
	Limit  int    `json:"limit,omitempty"`  // 1 to 200; 0 is 50

	States       []State    `json:"states,omitempty"` // none: all
	Kinds        []Kind     `json:"kinds,omitempty"`
	Priorities   []Priority `json:"priorities,omitempty"` // as support sees it, or else the customer
	Queues       []string   `json:"queues,omitempty"`
	Levels       []int      `json:"levels,omitempty"`
	Owners       []string   `json:"owners,omitempty"` // "-" is nobody
	Watcher      string     `json:"watcher,omitempty"`
	Products     []string   `json:"products,omitempty"`
	Modules      []string   `json:"modules,omitempty"`
	Organisation int64      `json:"organisation,omitempty"`
	Bug          int64      `json:"bug,omitempty"`
	Parent       int64      `json:"parent,omitempty"`
	Cause        Cause      `json:"cause,omitempty"`
	Escalated    bool       `json:"escalated,omitempty"`
	DueBefore    *time.Time `json:"due_before,omitempty"`
	CreatedFrom  *time.Time `json:"created_from,omitempty"`
	CreatedTo    *time.Time `json:"created_to,omitempty"`
}

// TicketList answers a TicketQuery.
type TicketList struct {
	Tickets []Ticket `json:"tickets"`
}

// Bundle is an uploaded archive, complete and with its hash verified.
type Bundle struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Size    int64     `json:"size"`
	SHA256  string    `json:"sha256"` // hex
	Created time.Time `json:"created"`
	Scan    Scan      `json:"scan,omitempty"` // anything but clean is not given out
}

// SignIn is a member of staff's name and password.
type SignIn struct {
	User     string `json:"user"`
	Password string `json:"password"`
}

// SignedIn answers SignIn: with a token, or with what is needed beside the
// password (Needs and Pending), which SecondStep gives.
type SignedIn struct {
	Token        string    `json:"token"`
	User         string    `json:"user"`
	Name         string    `json:"name"`
	Organisation string    `json:"organisation"`
	Expires      time.Time `json:"expires"` // of the token, or of Pending

	Roles    []Role            `json:"roles,omitempty"`
	Language string            `json:"language,omitempty"`
	Needs    []string          `json:"needs,omitempty"`   // FactorTOTP, FactorRecovery, FactorPasskey: one of them is enough
	Pending  string            `json:"pending,omitempty"` // for SecondStep; a secret
	Passkey  *PasskeyChallenge `json:"passkey,omitempty"` // when FactorPasskey is among Needs
}
