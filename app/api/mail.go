package api

import (
	"net/url"
	"strconv"
	"time"
)

// The paths of mails.
const (
	PathTicketMails = Prefix + "/tickets/{n}/mails" // GET: staff: MailList, all of one ticket
	PathMails       = Prefix + "/mails"             // GET before, state, limit: dispatchers: MailList
	PathMailAgain   = Prefix + "/mails/{id}/again"  // POST: dispatchers: Mail, a failed or held one is tried again
)

// TicketMailsPath is where a ticket's mails are.
func TicketMailsPath(number int64) string { return TicketPath(number) + "/mails" }

// MailAgainPath is where a mail that could not be sent is tried again.
func MailAgainPath(id int64) string { return numbered(PathMails, id) + "/again" }

// MailsPage is where mails are, the newest first: below an ID, in a state; 0 and "" are all.
func MailsPage(before int64, state MailState, limit int) string {
	v := url.Values{}
	if before != 0 {
		v.Set("before", strconv.FormatInt(before, 10))
	}
	if state != "" {
		v.Set("state", string(state))
	}
	if limit != 0 {
		v.Set("limit", strconv.Itoa(limit))
	}
	if len(v) == 0 {
		return PathMails
	}
	return PathMails + "?" + v.Encode()
}

// Limits of mails that come in.
const (
	MaxMail      = 64 << 20 // bytes of one message
	MaxMailParts = 200      // parts in it, nested ones too
	MaxMailDepth = 8        // how deep they may be nested
	MaxMailText  = 100_000  // characters of its text; more is a file of the entry
)

// MailState is where a mail stands.
type MailState string

// The states. Taking, taken and refused ones came in, the others go out.
const (
	MailTaking  MailState = "taking"  // it is being put onto its ticket, or was when the desk stopped
	MailTaken   MailState = "taken"   // it is on its ticket
	MailRefused MailState = "refused" // it is on no ticket: Problem says why
	MailWaiting MailState = "waiting" // it is going to be sent, at Next
	MailSent    MailState = "sent"    // the next server has it
	MailFailed  MailState = "failed"  // it will not arrive: Problem says why
	MailHeld    MailState = "held"    // it was not sent, since too many were: see Problem
)

// MailStates are all of them.
var MailStates = []MailState{MailTaking, MailTaken, MailRefused, MailWaiting, MailSent, MailFailed, MailHeld}

// What a mail is.
const (
	// In.
	MailPerson  = "person"  // somebody wrote it
	MailAuto    = "auto"    // a program answered by itself: out of office
	MailBounce  = "bounce"  // one of ours did not arrive
	MailReceipt = "receipt" // one of ours was delivered late, or was read
	MailLoop    = "loop"    // it is one of ours
	MailBulk    = "bulk"    // it went to many

	// Out, to customers.
	MailReceived  = "received"  // the ticket is there
	MailPublic    = "public"    // support wrote
	MailRequest   = "request"   // something is missing
	MailSession   = "session"   // support asks to see the screen
	MailSolved    = "solved"    // there is a solution
	MailClosed    = "closed"    // the case is over
	MailContinued = "continued" // what was written on a closed case is a new one

	// Out, to others.
	MailThird      = "third"      // an entry of the kind mail-out, as it was written
	MailMention    = "mention"    // to staff: somebody named you
	MailAssigned   = "assigned"   // to staff: a ticket is yours
	MailAnswered   = "answered"   // to staff: somebody outside wrote on your ticket
	MailPromise    = "promise"    // to staff: a promised date is near
	MailEscalation = "escalation" // to dispatchers
)

// Mail is one that came in or goes out. What an entry's text leaves out is here.
type Mail struct {
	ID        int64      `json:"id"`
	Ticket    int64      `json:"ticket,omitempty"` // 0: none
	Entry     int64      `json:"entry,omitempty"`  // that it became, or that it tells of
	In        bool       `json:"in"`
	State     MailState  `json:"state"`
	What      string     `json:"what"`
	At        time.Time  `json:"at"`                // when the desk took or wrote it
	Address   string     `json:"address"`           // whose it is: the sender's, or the recipient's
	Name      string     `json:"name,omitempty"`    // of Address, as it was written
	Subject   string     `json:"subject,omitempty"` // one line
	MessageID string     `json:"message_id,omitempty"`
	Quoted    string     `json:"quoted,omitempty"`    // of the mail before, folded away
	Signature string     `json:"signature,omitempty"` // folded away
	Remarks   []string   `json:"remarks,omitempty"`   // what of it was left out, and why
	Problem   string     `json:"problem,omitempty"`
	Tries     int        `json:"tries,omitempty"`
	Next      *time.Time `json:"next,omitempty"` // when it is tried again
	Sent      *time.Time `json:"sent,omitempty"`
}

// MailList is mails: a ticket's oldest first, the desk's newest first.
type MailList struct {
	Mails []Mail `json:"mails"`
	More  bool   `json:"more"`
}
