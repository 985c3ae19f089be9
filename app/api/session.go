package api

import "time"

// NewSession is what a member of staff asks a customer for.
type NewSession struct {
	Rights []string `json:"rights,omitempty"` // of session/rights, each once; empty is "see" alone
	Role   string   `json:"role,omitempty"`   // "" is RoleSupporter
}

// Session is one look at the customer's screen, from being asked to its end.
type Session struct {
	ID           string     `json:"id"`
	Ticket       int64      `json:"ticket"`
	Supporter    string     `json:"supporter"`
	Organisation string     `json:"organisation"`
	FirstPart    string     `json:"first_part"` // three digits, the desk's half of the code
	Asked        time.Time  `json:"asked"`
	Expires      time.Time  `json:"expires"`             // of the code
	Rights       []string   `json:"rights"`              // what is asked for, in the order of session/rights
	Role         string     `json:"role"`                // supporter, expert, observer
	DeskKey      []byte     `json:"desk_key,omitempty"`  // Ed25519; base64 in JSON
	Signature    []byte     `json:"signature,omitempty"` // over all of the above (session/invite)
	Consented    *time.Time `json:"consented,omitempty"`
	Started      *time.Time `json:"started,omitempty"` // the first picture
	Ended        *time.Time `json:"ended,omitempty"`
	EndedBy      string     `json:"ended_by,omitempty"` // customer, supporter, network, desk
	Reason       string     `json:"reason,omitempty"`
}

// SessionMark tells the desk what happened, for the ticket.
type SessionMark struct {
	What   string `json:"what"` // consented, refused, started, ended, wrong_code
	By     string `json:"by,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// TypeRecord is the media type of a session's record: lines of JSON.
const TypeRecord = "application/x-ndjson"

// Recorded says how far the desk's copy of a session's record goes.
type Recorded struct {
	Entries       int  `json:"entries"`
	Countersigned int  `json:"countersigned"` // the highest entry that the supporter's program has signed
	Ended         bool `json:"ended"`
}

// Event is one change on a ticket, sent as a server-sent event.
type Event struct {
	Kind    string   `json:"kind"` // hello, session, ended, bundle, reveal, ticket, entry
	Session *Session `json:"session,omitempty"`

	Sessions []Session `json:"sessions,omitempty"` // in a hello: all that are open, the newest last

	Bundle *Bundle `json:"bundle,omitempty"`
	Reveal *Reveal `json:"reveal,omitempty"`

	Entry *Entry `json:"entry,omitempty"` // what came onto the timeline
}

// RoomEvent is a text frame of the rendezvous: the desk's own words. Binary
// frames are the two sides' messages, which the desk passes on unread.
type RoomEvent struct {
	Event  string `json:"event"` // peer-joined, peer-left, ended
	Reason string `json:"reason,omitempty"`
}

// RoomProtocol is the WebSocket protocol of a room, RoomToken what a token
// stands behind as another: a browser has no other place for it.
const (
	RoomProtocol = "beistand.room.v1"
	RoomToken    = "beistand.token."
)

// ICE is what a session's two sides connect through; credentials hold for TTLSeconds.
type ICE struct {
	Servers    []ICEServer `json:"servers"`
	TTLSeconds int         `json:"ttl_seconds"`
}

// ICEServer is one STUN or TURN server (RFC 8489, RFC 8656).
type ICEServer struct {
	URLs       []string `json:"urls"`
	Username   string   `json:"username,omitempty"`
	Credential string   `json:"credential,omitempty"`
}
