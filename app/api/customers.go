package api

import (
	"strconv"
	"time"
)

// Where organisations, contacts, installations and accesses are; {id} is a number.
const (
	PathOrganisations = Prefix + "/organisations"
	PathOrganisation  = Prefix + "/organisations/{id}"
	PathWays          = Prefix + "/organisations/{id}/ways" // how to get in
	PathContacts      = Prefix + "/organisations/{id}/contacts"
	PathContact       = Prefix + "/contacts/{id}"
	PathInstallations = Prefix + "/organisations/{id}/installations"
	PathInstallation  = Prefix + "/installations/{id}"
	PathAccesses      = Prefix + "/accesses"
	PathAccess        = Prefix + "/accesses/{id}"
	PathAccessUses    = Prefix + "/accesses/{id}/uses"
	PathCustomer      = Prefix + "/tickets/{n}/customer" // whose ticket it may be
)

// OrganisationPath is where one organisation is.
func OrganisationPath(id int64) string { return numbered(PathOrganisations, id) }

// WaysPath is where an organisation's notes on how to get in are.
func WaysPath(organisation int64) string { return OrganisationPath(organisation) + "/ways" }

// ContactsPath is where contacts are added to an organisation.
func ContactsPath(organisation int64) string { return OrganisationPath(organisation) + "/contacts" }

// ContactPath is where one contact is.
func ContactPath(id int64) string { return numbered(Prefix+"/contacts", id) }

// InstallationsPath is where installations are added to an organisation.
func InstallationsPath(organisation int64) string {
	return OrganisationPath(organisation) + "/installations"
}

// InstallationPath is where one installation is.
func InstallationPath(id int64) string { return numbered(Prefix+"/installations", id) }

// AccessPath is where one access is.
func AccessPath(id int64) string { return numbered(PathAccesses, id) }

// AccessUsesPath is where an access's uses are noted.
func AccessUsesPath(id int64) string { return AccessPath(id) + "/uses" }

// CustomerPath is where it says whose a ticket may be.
func CustomerPath(ticket int64) string { return TicketPath(ticket) + "/customer" }

func numbered(path string, id int64) string { return path + "/" + strconv.FormatInt(id, 10) }

// Limits of what is kept of a customer.
const (
	MaxNote     = 10_000 // characters: a contract note, notes on how to get in, a bug's texts
	MaxScope    = 1_000  // characters: what an access is for, what was done with it
	MaxDomains  = 50     // of one organisation
	MaxUses     = 500    // of one access
	MaxContacts = 500    // of one organisation
	MaxSites    = 500    // installations of one organisation
)

// Organisation is a customer, a partner or another vendor. Contacts,
// Installations and Accesses are filled when one organisation is asked for.
// A change is sent as the whole of it, with the Version that was read.
type Organisation struct {
	ID       int64     `json:"id"`
	Version  int64     `json:"version"`
	Name     string    `json:"name"`
	Party    Party     `json:"party"`              // "" is PartyCustomer
	Domains  []string  `json:"domains,omitempty"`  // of mail addresses: who writes from there belongs here
	Language string    `json:"language,omitempty"` // BCP 47, of who has none of their own
	Contract string    `json:"contract,omitempty"` // what was agreed on; never shown to a customer
	Created  time.Time `json:"created"`
	Updated  time.Time `json:"updated"`

	Contacts      []Contact      `json:"contacts,omitempty"`
	Installations []Installed    `json:"installations,omitempty"`
	Accesses      []SystemAccess `json:"accesses,omitempty"`  // that are asked for or open
	Ways          bool           `json:"ways,omitempty"`      // there are notes on how to get in
	WaysOpen      bool           `json:"ways_open,omitempty"` // and whoever asks may read them
}

// OrganisationQuery selects organisations by name, in the order of their names.
type OrganisationQuery struct {
	Text  string // words that name, domains, or a contact's name or mail address begin with
	After string // names behind this one
	Limit int    // 1 to 200; 0 is 50
}

// OrganisationList answers an OrganisationQuery.
type OrganisationList struct {
	Organisations []Organisation `json:"organisations"`
	More          bool           `json:"more"`
}

// ContactRole is what a contact is to their organisation.
type ContactRole string

// The roles.
const (
	ContactUser    ContactRole = "user"     // works with the product
	ContactKeyUser ContactRole = "key-user" // is asked first in the house
	ContactAdmin   ContactRole = "admin"    // system administrator
	ContactPartner ContactRole = "partner"  // responsible partner
	ContactLead    ContactRole = "lead"     // decides, and is told of delays
)

// ContactRoles are all of them.
var ContactRoles = []ContactRole{ContactUser, ContactKeyUser, ContactAdmin, ContactPartner, ContactLead}

// Contact is a person of an organisation.
type Contact struct {
	ID           int64         `json:"id"`
	Version      int64         `json:"version"`
	Organisation int64         `json:"organisation"`
	Name         string        `json:"name"`
	Mail         string        `json:"mail,omitempty"` // one address, lower case; no other contact has it
	Phone        string        `json:"phone,omitempty"`
	Language     string        `json:"language,omitempty"` // BCP 47; "" is the organisation's
	Company      string        `json:"company,omitempty"`  // for whom they work, when it is another house
	Roles        []ContactRole `json:"roles,omitempty"`
}

// Installed is a product at a customer's: an installation.
type Installed struct {
	ID             int64     `json:"id"`
	Version        int64     `json:"version"`
	Organisation   int64     `json:"organisation"`
	Product        string    `json:"product"`
	ProductVersion string    `json:"product_version,omitempty"` // as last seen or written
	Where          string    `json:"where,omitempty"`           // "production, server hall"
	Note           string    `json:"note,omitempty"`
	Updated        time.Time `json:"updated"`
	Bundles        []Sighted `json:"bundles,omitempty"` // the last ones, newest first; at most MaxSighted
}

// MaxSighted is how many bundles an installation remembers.
const MaxSighted = 5

// Sighted is a bundle that came from an installation.
type Sighted struct {
	Ticket         int64     `json:"ticket"`
	Bundle         string    `json:"bundle"` // its ID
	ProductVersion string    `json:"product_version,omitempty"`
	At             time.Time `json:"at"`
}

// How somebody was recognised.
const (
	ByMail   = "mail"   // by a contact's own address
	ByDomain = "domain" // by a domain of the organisation's
)

// CustomerMatch says whose a ticket may be. What is already on the ticket is not here.
type CustomerMatch struct {
	Organisation *Organisation `json:"organisation,omitempty"`
	Person       *Contact      `json:"person,omitempty"`
	Installation *Installed    `json:"installation,omitempty"`
	By           string        `json:"by,omitempty"` // ByMail, ByDomain
}
