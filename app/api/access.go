package api

import "time"

// Ways are the notes on how to get into a customer's systems: VPN, RDP, which
// tools, whom to call. Passwords and other secrets do not belong there. Every
// look at them is in the journal.
type Ways struct {
	Version int64     `json:"version"` // 0: nothing was written yet
	Text    string    `json:"text"`
	By      string    `json:"by,omitempty"` // who wrote it last
	Updated time.Time `json:"updated"`
}

// AccessState is where an access stands.
//
//	requested -> granted -> ended; requested -> refused
type AccessState string

// The states.
const (
	AccessRequested AccessState = "requested"
	AccessGranted   AccessState = "granted"
	AccessRefused   AccessState = "refused"
	AccessEnded     AccessState = "ended"
)

// SystemAccess is leave to work on a customer's system, from being asked for to its end.
type SystemAccess struct {
	ID           int64       `json:"id"`
	Version      int64       `json:"version"`
	State        AccessState `json:"state"`
	Organisation int64       `json:"organisation"`
	Installation int64       `json:"installation,omitempty"`
	Ticket       int64       `json:"ticket,omitempty"`
	Why          string      `json:"why"`
	Scope        string      `json:"scope"` // what may be done there
	By           string      `json:"by"`    // who asked, a staff name
	For          []string    `json:"for"`   // who may use it, staff names; By is one of them
	Requested    time.Time   `json:"requested"`
	Until        time.Time   `json:"until"` // it ends then by itself

	GrantedBy   int64       `json:"granted_by,omitempty"`   // a contact
	GrantedName string      `json:"granted_name,omitempty"` // as they were called then
	How         string      `json:"how,omitempty"`          // by mail, on the phone
	Granted     *time.Time  `json:"granted,omitempty"`
	Uses        []AccessUse `json:"uses,omitempty"`
	Ended       *time.Time  `json:"ended,omitempty"`    // or refused
	EndedBy     string      `json:"ended_by,omitempty"` // a staff name, or "desk": its time was up
	Reason      string      `json:"reason,omitempty"`
}

// AccessUse says that somebody was in.
type AccessUse struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	Note string    `json:"note"`
}

// NewAccess asks for access. Until is at most MaxAccess ahead.
type NewAccess struct {
	Organisation int64     `json:"organisation"`
	Installation int64     `json:"installation,omitempty"`
	Ticket       int64     `json:"ticket,omitempty"`
	Why          string    `json:"why"`
	Scope        string    `json:"scope"`
	For          []string  `json:"for,omitempty"` // staff names beside whoever asks
	Until        time.Time `json:"until"`
}

// MaxAccess is how long an access may last.
const MaxAccess = 90 * 24 * time.Hour

// AccessChange says what became of an access: granted, refused or ended.
type AccessChange struct {
	Version   int64       `json:"version"`
	State     AccessState `json:"state"`
	GrantedBy int64       `json:"granted_by,omitempty"` // the contact who granted it; needed to grant
	How       string      `json:"how,omitempty"`
	Until     *time.Time  `json:"until,omitempty"`  // with granted: another end than was asked for
	Reason    string      `json:"reason,omitempty"` // of a refusal or an end
}

// NewUse notes that an access is used.
type NewUse struct {
	Version int64  `json:"version"`
	Note    string `json:"note"`
}

// AccessQuery selects accesses, the newest first.
type AccessQuery struct {
	Organisation int64
	Ticket       int64
	Open         bool  // asked for or granted alone
	Before       int64 // IDs below this one; 0 from the newest
	Limit        int   // 1 to 200; 0 is 50
}

// AccessList answers an AccessQuery.
type AccessList struct {
	Accesses []SystemAccess `json:"accesses"`
}
