package api

import "time"

// Scope is what an API key may.
type Scope string

// The scopes. None holds another: a key that shall read and write has both.
const (
	ScopeRead      Scope = "read"      // what the team works with: tickets, evidence, customers, bugs, releases, boards, numbers, articles
	ScopeWrite     Scope = "write"     // tickets, their timelines and their bugs
	ScopeUpload    Scope = "upload"    // bundles and files onto tickets
	ScopeCustomers Scope = "customers" // organisations, contacts and installations, to write
	ScopeBugs      Scope = "bugs"      // bugs and releases, to write
	ScopeIntake    Scope = "intake"    // a monitor's alarms
	ScopeMetrics   Scope = "metrics"   // figures for Prometheus
	ScopeAdmin     Scope = "admin"     // journal, staff and keys, to read
)

// Scopes are all of them.
var Scopes = []Scope{ScopeRead, ScopeWrite, ScopeUpload, ScopeCustomers, ScopeBugs, ScopeIntake, ScopeMetrics, ScopeAdmin}

// Key is an API key; its secret is shown once, when it is made.
type Key struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"` // what it is for
	Scopes  []Scope    `json:"scopes"`
	By      string     `json:"by"` // who made it
	Created time.Time  `json:"created"`
	Expires time.Time  `json:"expires"`
	Used    *time.Time `json:"used,omitempty"` // to within five minutes
}

// KeyList answers GET /keys.
type KeyList struct {
	Keys []Key `json:"keys"`
}

// NewKey makes a key.
type NewKey struct {
	Name    string    `json:"name"`
	Scopes  []Scope   `json:"scopes"`
	Expires time.Time `json:"expires"` // at most MaxKeyLife away
}

// CreatedKey answers NewKey. Secret is used as a bearer token; the desk keeps its hash alone.
type CreatedKey struct {
	Key    Key    `json:"key"`
	Secret string `json:"secret"` // bst_…
}
