package api

import (
	"encoding/json"
	"time"
)

// Where webhooks are.
const (
	PathHooks      = Prefix + "/hooks"
	PathHook       = Prefix + "/hooks/{id}" // a number
	PathDeliveries = Prefix + "/hooks/{id}/deliveries"
	PathHookTest   = Prefix + "/hooks/{id}/test"
)

// HookPath is where one webhook is.
func HookPath(id int64) string { return numbered(PathHooks, id) }

// DeliveriesPath is where what was sent to a webhook is listed.
func DeliveriesPath(id int64) string { return HookPath(id) + "/deliveries" }

// HookTestPath is where a webhook is tried.
func HookTestPath(id int64) string { return HookPath(id) + "/test" }

// Hook is an address outside that is told what happens. A change is sent as the
// whole of it, with the Version that was read.
type Hook struct {
	ID      int64     `json:"id"`
	Version int64     `json:"version"`
	Name    string    `json:"name"`
	URL     string    `json:"url"`     // https://; http:// to networks that the desk's configuration names
	Actions []string  `json:"actions"` // of HookActions; "ticket.*" is all of a kind, "*" all
	Enabled bool      `json:"enabled"`
	By      string    `json:"by"` // who made it
	Created time.Time `json:"created"`

	Failing *time.Time `json:"failing,omitempty"` // since when nothing has arrived
	Why     string     `json:"why,omitempty"`     // the last failure, or why it was switched off
}

// HookActions are what a webhook can be told of.
var HookActions = []string{
	"ticket.filed", "ticket.changed", "ticket.closed", "ticket.reopened", "entry.added", "entry.asked",
	"bundle.added", "session.asked", "session.changed", "bug.changed", "bug.told", "article.published",
}

// CreatedHook answers a new webhook. Secret signs what is sent and is shown this once.
type CreatedHook struct {
	Hook   Hook   `json:"hook"`
	Secret string `json:"secret"` // "whsec_" and 32 bytes in base64
}

// HookList is every webhook.
type HookList struct {
	Hooks []Hook `json:"hooks"`
}

// HookEvent is the body that a webhook is sent. It has no text of a person: who
// may read the ticket reads it with a key.
type HookEvent struct {
	ID      string          `json:"id"` // the same for every try
	At      time.Time       `json:"at"`
	Action  string          `json:"action"`
	Ticket  int64           `json:"ticket,omitempty"`
	Subject string          `json:"subject"` // "ticket/7"
	Actor   string          `json:"actor"`   // a kind of Actor
	Detail  json.RawMessage `json:"detail,omitempty"`
}

// Delivery is one event for one webhook.
type Delivery struct {
	ID     string     `json:"id"`
	Action string     `json:"action"`
	Ticket int64      `json:"ticket,omitempty"`
	At     time.Time  `json:"at"`
	Tries  int        `json:"tries"`
	Next   *time.Time `json:"next,omitempty"` // when it is tried again
	Done   *time.Time `json:"done,omitempty"` // when it arrived
	Status int        `json:"status,omitempty"`
	Error  string     `json:"error,omitempty"`
}

// DeliveryList is a webhook's deliveries, the newest first, at most 200.
type DeliveryList struct {
	Deliveries []Delivery `json:"deliveries"`
}
