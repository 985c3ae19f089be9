// Package gate says who may use an endpoint: one table, a row each.
package gate

import (
	"net/http"
	"slices"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store"
	"github.com/beistand/beistand/app/desk/store/people"
)

// Route is one endpoint: who may, and what is done for them.
type Route struct {
	Method, Path string
	Who          Access
	Roles        []api.Role // which of the staff may; none: all
	Scope        api.Scope  // which keys may; "": none
	Fresh        bool       // only who has proved lately who they are: whoever finds an open screen may not
	Handle       Handler
	Doc          Doc // the document has it; a page needs none
}

// Handler answers, or gives an error that reply.To makes a refusal of.
type Handler func(http.ResponseWriter, *http.Request, Caller) error

// Access is who may use an endpoint.
type Access int

// The accesses.
const (
	Anyone        Access = iota
	AnyToken             // staff or any ticket's token; the handler looks closer
	StaffOnly            // a signed-in member of staff, in one of the route's roles
	TicketParty          // staff, or the token of the ticket {n}
	OwnTicket            // the token of the ticket {n} alone
	UploadParty          // staff, or the token of the upload's ticket
	SessionReader        // staff, or the token of the session's ticket
	SessionParty         // the member of staff who asked, or the token of the session's ticket
	Everybody            // as Anyone; staff and keys of the scope are known, and shown more
)

// Caller is who asks, and what the path names of theirs.
type Caller struct {
	Token   string
	ID      string        // the token's or key's name for lists and the journal; no secret
	Staff   *people.Staff // nil: a ticket's token, a key, or nobody
	Key     *people.Key   // a program's, with the route's scope; nil: none
	Ticket  int64         // the token's; 0 for staff, keys and nobody
	Number  int64         // {n}, when the access looks at it
	Upload  store.Upload
	Session store.Session

	Confirmed time.Time     // when a member of staff last proved who they are
	Left      time.Duration // until the token or key is over, from when it was looked at; 0: nobody knows
	Mark      Mark          // before it was looked who asks, for what stays open after the answer
}

// Side is the caller's side of a session.
func (c Caller) Side() string {
	if c.Staff != nil {
		return api.BySupporter
	}
	return api.ByCustomer
}

// Has says whether the caller is a member of staff in one of the roles; none is any.
// An administrator has all.
func (c Caller) Has(roles ...api.Role) bool {
	if c.Staff == nil {
		return false
	}
	if len(roles) == 0 || slices.Contains(c.Staff.Roles, api.RoleAdministrator) {
		return true
	}
	return slices.ContainsFunc(c.Staff.Roles, func(r api.Role) bool { return slices.Contains(roles, r) })
}

// Inside says whether the caller works for the desk and not for one ticket's
// customer: a member of staff, or a key with the route's scope.
func (c Caller) Inside() bool { return c.Staff != nil || c.Key != nil }

// StaffName is the member of staff's name; "" for everybody else, who has nothing of their own.
func (c Caller) StaffName() string {
	if c.Staff == nil {
		return ""
	}
	return c.Staff.Name
}

// Shown is what people are shown as the caller's name; "" for customers.
func (c Caller) Shown() string {
	switch {
	case c.Staff != nil:
		return c.Staff.DisplayName
	case c.Key != nil:
		return c.Key.Name
	}
	return ""
}

// Actor is the caller as the journal and timelines name them.
func (c Caller) Actor() api.Actor {
	if c.Staff != nil {
		return api.Actor{Kind: api.ActorStaff, Name: c.Staff.Name}
	}
	if c.Key != nil {
		return api.Actor{Kind: api.ActorKey, Name: c.Key.ID}
	}
	return api.Actor{Kind: api.ActorCustomer}
}
