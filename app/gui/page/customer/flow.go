//go:build !headless

package customer

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/diag/analyze"
	"github.com/beistand/beistand/diag/revise"
	"github.com/beistand/beistand/session"
)

// Config is what the flow is made of; see gui.CustomerConfig.
type Config struct {
	Phone       string
	Products    []string
	ConsentTime time.Duration
	CallerPause time.Duration  // before a customer who was called can go on; 0 is session.CallerPause
	Question    *page.Question // to be answered before anything is collected; nil if there is none

	Collecting page.Collecting
	Findings   page.Findings // may be nil
	Desk       page.CustomerDesk
	Advice     page.Advice   // may be nil
	Requests   page.Requests // may be nil
	Saving     page.Saving
	Hosting    page.Hosting
	Drafts     page.Drafts
	Cleaning   page.Cleaning
	Suggest    revise.Suggester // what could be black in a picture; may be nil

	Glance time.Duration // when what is collected by then is studied, should collecting take longer; 0 is 1.5 s
	Again  time.Duration // between two questions to a desk that did not answer; 0 is 15 s

	Attention func(title, text string)                     // calls the person to the window
	Reveal    func(ctx context.Context, path string) error // shows the folder of a file; nil if that cannot be
}

// Flow is one customer's window. All its fields belong to the user interface's thread.
type Flow struct {
	frame *page.Frame
	steps *widget.Steps
	c     Config
	kept  *keeper

	all    bool        // the answer to the question
	one    *page.Scope // the present case's: collecting and listening
	ticket api.NewTicket

	progress  []diag.Progress // in the order in which they were first heard of
	running   bool
	stop      context.CancelFunc // ends collecting
	evidence  page.Evidence
	collected error
	unticked  map[string]bool // by path
	clean     cleaned
	found     analyze.Report
	studied   study
	watchers  []func() // of the present page, called when collecting goes on or findings come

	asks    api.Templates     // what each kind of ticket asks; none until the desk has said
	offered []api.Match       // published answers to what was written
	wanted  page.Wanted       // what was asked for after sending
	replies map[string]string // to wanted questions, by ID, as typed so far
	more    *bringing         // what of that is being brought; nil: nothing, or the case is not sent yet

	sent     api.CreatedTicket
	notice   fyne.CanvasObject   // what the done page tells of the last session; may be nil
	sessions []*hosted           // that run, the first to come first
	hosted   map[string]bool     // the sessions that were here, by ID
	cards    []*card             // what the person is asked, the oldest first
	front    *card               // the one that is shown; nil if none is
	overs    []fyne.CanvasObject // how those ended that were here at the same time
	room     *room               // the page that is shown while somebody may do something; nil before
	folds    folds               // of it the page that is shown while somebody may do something
}

// Names are the steps that the window's head shows.
func Names() []string {
	return []string{lang.L("Describe"), lang.L("Check"), lang.L("Send"), lang.L("Done")}
}

// The steps' numbers.
const (
	stepDescribe = iota
	stepReview
	stepSend
	stepDone
)

// New begins the first case. It is called on the user interface's thread.
func New(frame *page.Frame, steps *widget.Steps, c Config) *Flow {
	if c.ConsentTime == 0 {
		c.ConsentTime = page.DefaultConsentTime
	}
	if c.CallerPause == 0 {
		c.CallerPause = session.CallerPause
	}
	if c.Glance == 0 {
		c.Glance = glanceAfter
	}
	if c.Again == 0 {
		c.Again = askAgain
	}
	f := &Flow{frame: frame, steps: steps, c: c, kept: newKeeper(c.Drafts, frame.Log), one: frame.Child(), hosted: map[string]bool{}, folds: folds{}}
	frame.Go(f.kept.run)
	if c.Question != nil {
		f.question(*c.Question)
	} else {
		f.begin()
	}
	return f
}

// begin starts a case: the draft is loaded, collecting runs meanwhile.
func (f *Flow) begin() {
	f.one.End()
	f.one = f.frame.Child()
	forget := f.sent.Ticket.Number != 0
	f.sent, f.notice = api.CreatedTicket{}, nil
	f.sessions, f.cards, f.front = nil, nil, nil
	f.offered, f.wanted, f.more, f.replies = nil, page.Wanted{}, nil, map[string]string{}
	f.askTemplates()
	f.collect()
	f.steps.Go(stepDescribe)
	f.frame.Open(func(s *page.Scope) fyne.CanvasObject {
		page.Load(s,
			func(context.Context) (page.Draft, error) {
				var kept error
				if forget { // the keeper may not have come to it yet
					kept = f.c.Drafts.Save(page.Draft{})
				}
				d, err := f.c.Drafts.Load()
				return d, errors.Join(kept, err)
			},
			func(d page.Draft, err error) {
				f.frame.Log(err)
				f.ticket, f.clean.changes = d.Ticket, d.Changes
				f.renew()
				f.describe()
			})
		return widget.NewText("")
	})
}

// Close lets go of what is open. It is called when the window's work is over.
func (f *Flow) Close() { f.release() }

// open shows a page of the flow.
func (f *Flow) open(step int, build func(s *page.Scope) fyne.CanvasObject) {
	f.watchers, f.clean.changed = nil, nil
	f.steps.Go(step)
	f.frame.Open(build)
}
