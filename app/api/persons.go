package api

import "time"

// Person names whose data is meant: one of the two.
type Person struct {
	Contact string `json:"contact,omitempty"` // a customer's address, as on tickets; upper and lower case do not matter
	Staff   string `json:"staff,omitempty"`   // a member of staff's name to sign in with
}

// PersonData says what the desk has of a person and what deleting does to it.
type PersonData struct {
	Person  Person        `json:"person"`
	Parts   []PersonPart  `json:"parts"`
	Tickets []int64       `json:"tickets,omitempty"` // the first thousand
	Seal    string        `json:"seal"`              // of this state; DeletePerson repeats it
	Deleted *PersonErased `json:"deleted,omitempty"` // after deleting
}

// PersonPart is one kind of data.
type PersonPart struct {
	What  string `json:"what"`  // tickets, entries, mails, bundles, contacts, sessions, journal, account …
	Count int64  `json:"count"` // rows, or files
	Bytes int64  `json:"bytes,omitempty"`
	Fate  string `json:"fate"` // erased: texts go, the row stays; deleted: it goes; kept: with a reason
	Why   string `json:"why,omitempty"`
}

// DeletePerson erases what the preview showed. When the state is another by now, the answer is 409.
type DeletePerson struct {
	Person
	Seal   string `json:"seal"`
	Reason string `json:"reason"` // goes into the tombstones: "request of 3 March"
}

// PersonErased says when it was done and by whom.
type PersonErased struct {
	At time.Time `json:"at"`
	By string    `json:"by"`
}
