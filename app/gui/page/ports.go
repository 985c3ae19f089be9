//go:build !headless

package page

import (
	"context"
	"io"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/diag/analyze"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/revise"
	"github.com/beistand/beistand/session"
)

// Evidence is a bundle to look into; *bundle.Reader is one. Its methods may be
// called from several goroutines at once.
type Evidence interface {
	Manifest() bundle.Manifest
	OpenFile(path string) (io.ReadCloser, error)
	Close() error
}

// Collecting reads the customer's machine.
type Collecting interface {
	// Collect returns when everything is read or ctx ends. Evidence may come
	// with an error: it then holds what was collected until that happened. It
	// is nil when nothing could be kept. all says whether the person has
	// answered a Question with yes. only are the names of the collectors that
	// run; none: all. report is called from one goroutine at a
	// time.
	Collect(ctx context.Context, all bool, only []string, report func(diag.Progress)) (Evidence, error)
	// SoFar opens what is collected by now, while Collect runs. The caller
	// closes it.
	SoFar() (Evidence, error)
}

// Cleaning knows what evidence was cleaned of.
type Cleaning interface {
	// Revise gives evidence with its owner's changes. Just that is sent.
	Revise(e Evidence, c revise.Changes) *revise.Revision
}

// Findings says what evidence shows.
type Findings interface {
	// Study gives the gravest findings and the most frequent errors first. It
	// returns in bounded time; an error means that nothing is known, not that
	// nothing is wrong.
	Study(ctx context.Context, e Evidence) (analyze.Report, error)
}

// Report is all that leaves the customer's machine.
type Report struct {
	Ticket   api.NewTicket
	Evidence Evidence               // as Collect gave it; nil: the words alone
	Keep     func(bundle.File) bool // what the customer has left ticked
	Changes  revise.Changes         // what of it is sent otherwise than it was collected
}

// SendStep is which part of sending is under way.
type SendStep string

// The steps of sending, in their order.
const (
	Packing   SendStep = "packing"   // the bundle without what was unticked is written
	Filing    SendStep = "filing"    // the ticket is made
	Uploading SendStep = "uploading" // the bundle goes to the desk
)

// Sent is how far sending has come. Bytes are known while uploading only.
type Sent struct {
	Step        SendStep
	Done, Total int64 // bytes
}

// CustomerDesk is the desk as the customer's window needs it.
type CustomerDesk interface {
	// Send files the ticket and uploads the bundle. Called again with the same
	// Ticket.ID it goes on where it was and makes no second ticket. progress
	// is called from one goroutine at a time.
	Send(ctx context.Context, r Report, progress func(Sent)) (api.CreatedTicket, error)
	// Listen tells what happens to the ticket until ctx ends. It connects
	// again by itself; an error says that this is no longer of use.
	Listen(ctx context.Context, ticket api.CreatedTicket, event func(api.Event)) error
}

// Advice is what the desk has to say before anything is sent.
type Advice interface {
	// Templates are what each kind of ticket asks. An error means that the
	// desk cannot be asked now: then only what every ticket has is asked.
	Templates(ctx context.Context) (api.Templates, error)
	// Known are published answers to what was written so far, the best first.
	Known(ctx context.Context, q api.SimilarQuery) ([]api.Match, error)
	// Read gives the whole of a match, in Markdown.
	Read(ctx context.Context, m api.Match) (string, error)
	// Helped says that a match was the answer.
	Helped(ctx context.Context, ref string) error
}

// Requests is what the desk asks for after a ticket was sent.
type Requests interface {
	// Wanted is what is still missing of what was asked for last; without any
	// Wants there is nothing.
	Wanted(ctx context.Context, ticket api.CreatedTicket) (Wanted, error)
	// Begin is called before what was asked for is collected: the ticket's own
	// pseudonyms are taken up again.
	Begin(ticket api.CreatedTicket) error
	// Bring sends what was asked for. Called again it goes on where it was.
	Bring(ctx context.Context, ticket api.CreatedTicket, answers []api.Answer, r Report, progress func(Sent)) error
}

// Wanted is what a customer was asked for.
type Wanted struct {
	Text  string // support's own sentence; may be empty
	Wants []api.Want
}

// Saving keeps a report as a file instead of sending it.
type Saving interface {
	Save(ctx context.Context, path string, r Report) error
}

// Draft is what of a case is kept until it is sent.
type Draft struct {
	Ticket  api.NewTicket
	Changes revise.Changes // to the evidence
}

// Drafts keeps what the customer has typed, hidden and blacked out.
type Drafts interface {
	// Load gives the kept draft. Without one it gives an empty ticket with a
	// fresh ID.
	Load() (Draft, error)
	// Save keeps the draft in the kept one's place; a ticket without an ID
	// means that it was sent and nothing need be kept.
	Save(Draft) error
}

// StaffDesk is the desk as the supporter's window needs it. A *client.Client
// has every method but Fetch and Watch.
type StaffDesk interface {
	SignIn(ctx context.Context, user, password string) (api.SignedIn, error)
	SignOut(ctx context.Context) error
	Tickets(ctx context.Context, q api.TicketQuery) ([]api.Ticket, error)
	Ticket(ctx context.Context, number int64) (api.Ticket, error)
	Events(ctx context.Context, number int64, event func(api.Event)) error
	AskSession(ctx context.Context, number int64, n api.NewSession) (api.Session, error)
	MarkSession(ctx context.Context, id string, m api.SessionMark) error
	// Record gives the desk's copy of a session's record, whatever it is.
	Record(ctx context.Context, id string) ([]byte, error)
	// Fetch brings a ticket's bundle to this machine and opens it, checked.
	// The caller closes it.
	Fetch(ctx context.Context, number int64, b api.Bundle, progress func(done, total int64)) (Evidence, error)
	// Watch joins a session with the typed code and returns at its end. When
	// ctx ends, that is the supporter's doing; the desk is told.
	Watch(ctx context.Context, w Watching) (session.End, error)
}

// Dial prepares to speak with the desk at base; it does not yet connect.
type Dial func(base string) (StaffDesk, error)

// Account is what the supporter's window remembers between two starts. There
// is no password in it.
type Account struct {
	Desk string
	User string
}
