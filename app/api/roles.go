package api

// Role is what a member of staff may do. One may have several.
type Role string

// The roles.
const (
	RoleStaff         Role = "supporter"     // all work on tickets
	RoleDispatcher    Role = "dispatcher"    // and who does what, in bulk; reprioritises anybody's escalated work
	RoleEditor        Role = "editor"        // and what is published: articles, handbook, bugs, releases
	RoleLevel2        Role = "level2"        // and how customers' systems are got into
	RoleAdministrator Role = "administrator" // everything
)

// Roles are all of them.
var Roles = []Role{RoleStaff, RoleDispatcher, RoleEditor, RoleLevel2, RoleAdministrator}

// Actor is who did something.
type Actor struct {
	Kind string `json:"kind"` // one of the Actor… constants
	Name string `json:"name"` // a staff name, a key's ID, an address; "" for the others
}

// Kinds of Actor.
const (
	ActorStaff    = "staff"
	ActorCustomer = "customer" // of the ticket that it is about
	ActorKey      = "key"
	ActorMail     = "mail"
	ActorRule     = "rule" // of the profile
	ActorDesk     = "desk" // by the clock, or by a command on its machine
)
