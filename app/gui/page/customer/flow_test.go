//go:build !headless

package customer

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/pagetest"
	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rights"
)

// describe fills the first page and goes on.
func describe(p *pagetest.Person) {
	p.T.Helper()
	p.Type("In a few words", "Invoices do not print")
	p.Type("What did you do", "Since this morning they stay in the queue.")
	p.Type("Your name", "Jana Brandt")
	p.Type("Phone number", "+49 151 5550123")
	p.Tap("Next")
}

// file goes all the way to the ticket.
func file(p *pagetest.Person) {
	p.T.Helper()
	describe(p)
	p.See("This is what we would send")
	p.Tap("Send")
	p.See("Your ticket has arrived")
}

func TestWhatIsUntickedStays(t *testing.T) {
	f := &fakes{}
	p, _ := start(t, f)
	describe(p)
	p.See("5 items")
	test.Tap(p.Check("Log file"))
	p.See("4 items")
	p.See("job 1 written") // the box chooses its row as well
	p.Tap("Send")
	p.See("10042")
	sent := f.sent()
	if len(sent) != 1 {
		t.Fatalf("sent %d times", len(sent))
	}
	got := sent[0].Ticket
	want := api.NewTicket{
		ID: f.draft.ID, Title: "Invoices do not print", Description: "Since this morning they stay in the queue.",
		Priority: api.Normal, Name: "Jana Brandt", Contact: "+49 151 5550123",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("sent %+v, want %+v", got, want)
	}
	for path, keep := range map[string]bool{"logs/faktura.log": false, "screens/1.png": true} {
		if sent[0].Keep(bundle.File{Path: path}) != keep {
			t.Errorf("%s: keep is not %v", path, keep)
		}
	}
}

func TestWhatIsMissingIsAskedFor(t *testing.T) {
	p, _ := start(t, &fakes{})
	p.Tap("Next")
	p.See("Please give your problem a title.")
	p.Type("In a few words", "x")
	p.Tap("Next")
	p.See("Please tell us how we can reach you.")
	if focused := p.Window.Canvas().Focused(); focused != fyne.Focusable(p.Entry("Phone number")) {
		t.Errorf("the focus is on %T, want the field that is missing", focused)
	}
}

func TestCollectingCanBeStopped(t *testing.T) {
	f := &fakes{collecting: make(chan struct{})} // never ends by itself
	p, _ := start(t, f)
	describe(p)
	p.Tap("Stop collecting and go on")
	p.See("This is what we would send")
	p.See("It was stopped before it was finished.")
	p.Tap("Send")
	p.See("10042")
}

func TestAFailureLosesNothing(t *testing.T) {
	f := &fakes{sendError: unreachable}
	p, _ := start(t, f)
	describe(p)
	test.Tap(p.Check("Memory"))
	p.Tap("Send")
	p.See("The support desk at https://desk.example.org does not answer: connection refused.")
	p.See("Save as file …")
	p.See("+49 30 5550100")
	f.mu.Lock()
	f.sendError = nil
	f.mu.Unlock()
	p.Tap("Try again")
	p.See("10042")
	sent := f.sent()
	if len(sent) != 2 || !reflect.DeepEqual(sent[0].Ticket, sent[1].Ticket) || sent[1].Keep(bundle.File{Path: "system/memory.json"}) {
		t.Errorf("the second try is not the first: %+v", sent)
	}
}

func TestSendingCanBeCancelled(t *testing.T) {
	f := &fakes{sending: make(chan struct{})}
	p, _ := start(t, f)
	describe(p)
	p.Tap("Send")
	p.See("3.2\u00a0MB of 8.4\u00a0MB")
	p.Press(fyne.KeyEscape)
	p.See("This is what we would send")
}

func TestDraftsAreKept(t *testing.T) {
	f := &fakes{draft: api.NewTicket{ID: "d", Title: "from yesterday", Product: "Lager 3", Priority: api.Critical}}
	p, _ := start(t, f)
	if got := p.Entry("In a few words").Text; got != "from yesterday" {
		t.Errorf("the draft's title is %q", got)
	}
	p.See("Lager 3")
	p.Type("Your name", "Jana")
	p.Until("the draft", func() bool {
		kept := f.kept()
		return len(kept) > 0 && kept[len(kept)-1].Ticket.Name == "Jana"
	})
	if last := f.kept()[len(f.kept())-1].Ticket; last.Title != "from yesterday" || last.Priority != api.Critical {
		t.Errorf("kept %+v", last)
	}
}

func TestASentDraftIsForgotten(t *testing.T) {
	f := &fakes{}
	p, _ := start(t, f)
	file(p)
	p.Until("the empty draft", func() bool {
		kept := f.kept()
		return len(kept) > 0 && kept[len(kept)-1].Ticket.ID == ""
	})
}

// sessionOf is a session that goes as far as the customer lets it.
func sessionOf(typed <-chan struct{}, answer chan<- bool) func(context.Context, api.Session, page.Audience) (session.End, error) {
	return func(ctx context.Context, _ api.Session, a page.Audience) (session.End, error) {
		a.Control(new(hand))
		a.Code("482-915306")
		select {
		case <-typed:
		case <-ctx.Done():
			return session.End{By: session.ByCustomer}, ctx.Err()
		}
		g, err := a.Consent(ctx, page.Wish{Rights: rights.Of(rights.See), First: true})
		yes := g.Rights.Has(rights.See) && err == nil
		answer <- yes
		if !yes {
			return session.End{By: session.ByCustomer}, session.ErrRefused
		}
		begun := time.Now()
		a.Notify(page.News{Phase: session.PhaseConnecting})
		a.Notify(page.News{Phase: session.PhaseSharing, Path: session.PathDirect, Given: g.Rights})
		<-ctx.Done()
		return session.End{By: session.ByCustomer, Started: begun, Ended: begun.Add(3 * time.Minute)}, nil
	}
}

func TestASessionIsAllowedAndStopped(t *testing.T) {
	typed, answer := make(chan struct{}), make(chan bool, 1)
	f := &fakes{host: sessionOf(typed, answer)}
	p, _ := start(t, f)
	file(p)
	f.events <- invitation()
	p.See("Supporter from Faktura Service GmbH, for your ticket 10042")
	p.Tap("I called them")
	p.See("482-915306")
	close(typed)
	p.Tap("Allow what is ticked")
	if !<-answer {
		t.Error("allowed, but no was said")
	}
	p.See("Miriam Vogel sees your screen")
	p.Tap("Stop everything")
	p.See("3 minutes")
	p.See("You ended it.")
	p.See("10042")
}

func TestConsentIsNo(t *testing.T) {
	for name, do := range map[string]func(*pagetest.Person){
		"by its button": func(p *pagetest.Person) { p.Tap("Allow nothing") },
		"by Enter":      func(p *pagetest.Person) { p.Press(fyne.KeyReturn) },
		"by Escape":     func(p *pagetest.Person) { p.Press(fyne.KeyEscape) },
		"by the space bar": func(p *pagetest.Person) {
			p.Press(fyne.KeySpace)
		},
		"by Enter elsewhere": func(p *pagetest.Person) { p.Window.Canvas().Unfocus(); p.Press(fyne.KeyEnter) },
	} {
		t.Run(name, func(t *testing.T) {
			typed, answer := make(chan struct{}), make(chan bool, 1)
			f := &fakes{host: sessionOf(typed, answer)}
			p, _ := start(t, f)
			file(p)
			f.events <- invitation()
			p.Tap("I called them")
			close(typed)
			p.See("Without an answer it is refused in")
			do(p)
			p.See("Nothing was shown, because you did not allow it.")
			if <-answer {
				t.Error("yes was said")
			}
		})
	}
}

func TestSilenceIsNo(t *testing.T) {
	typed, answer := make(chan struct{}), make(chan bool, 1)
	f := &fakes{host: sessionOf(typed, answer)}
	p, flow := start(t, f)
	flow.c.ConsentTime = 50 * time.Millisecond
	file(p)
	f.events <- invitation()
	p.Tap("I called them")
	close(typed)
	p.See("Nothing was shown, because you did not allow it.")
	if <-answer {
		t.Error("yes was said")
	}
}

// TestLateNews: that a session began may be told after it has ended here.
func TestLateNews(t *testing.T) {
	hosts := make(chan string, 9)
	f := &fakes{host: func(_ context.Context, s api.Session, _ page.Audience) (session.End, error) {
		hosts <- s.ID
		return session.End{}, session.ErrExpired
	}}
	p, _ := start(t, f)
	file(p)
	f.events <- invitation()
	p.See("The code was not used in time.")
	f.events <- invitation()
	again := invitation()
	again.Session.ID = "s2"
	f.events <- again
	p.Until("the second session", func() bool { return len(hosts) == 2 })
	if a, b := <-hosts, <-hosts; a != "s1" || b != "s2" {
		t.Errorf("hosted %s and %s", a, b)
	}
}

func TestRefusedBeforeTheCode(t *testing.T) {
	f := &fakes{host: func(ctx context.Context, _ api.Session, a page.Audience) (session.End, error) {
		a.Code("482-915306")
		<-ctx.Done()
		return session.End{By: session.ByCustomer}, ctx.Err()
	}}
	p, _ := start(t, f)
	file(p)
	f.events <- invitation()
	p.Tap("I called them")
	p.See("482-915306")
	p.Tap("No, refuse")
	p.See("Nothing was shown, because you did not allow it.")
}

func TestHowASessionEnds(t *testing.T) {
	at := time.Date(2026, 5, 4, 9, 0, 0, 0, time.Local)
	for name, c := range map[string]struct {
		end  session.End
		err  error
		says string
	}{
		"wrong code":      {session.End{}, session.ErrWrongCode, "A wrong code was typed, so nothing was shown."},
		"expired":         {session.End{}, session.ErrExpired, "The code was not used in time. Nothing was shown."},
		"withdrawn":       {session.End{By: session.BySupporter}, session.ErrPeerLeft, "Miriam Vogel no longer asks. Nothing was shown."},
		"no way":          {session.End{}, session.ErrNoConnection, "The two computers could not be connected"},
		"by the other":    {session.End{By: session.BySupporter, Started: at, Ended: at.Add(42 * time.Second)}, nil, "Miriam Vogel ended it."},
		"idle":            {session.End{By: session.ByCustomer, Started: at, Ended: at.Add(time.Hour)}, session.ErrIdle, "Nothing happened for 10 minutes"},
		"too long":        {session.End{By: session.ByCustomer, Started: at, Ended: at.Add(time.Hour)}, session.ErrTooLong, "The session lasted for 60 minutes"},
		"lost":            {session.End{By: session.ByNetwork, Started: at, Ended: at.Add(time.Minute)}, session.ErrConnectionLost, "The connection was lost."},
		"something other": {session.End{}, errors.New("x server is gone"), "x server is gone"},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fakes{host: func(context.Context, api.Session, page.Audience) (session.End, error) { return c.end, c.err }}
			p, _ := start(t, f)
			file(p)
			f.events <- invitation()
			p.See(c.says)
			p.See("Your ticket has arrived")
		})
	}
}

func TestAnotherProblem(t *testing.T) {
	f := &fakes{}
	p, flow := start(t, f)
	file(p)
	first := flow.evidence.(*fakeEvidence)
	p.Tap("Report another problem")
	p.See("What can we help you with?")
	if !first.closed {
		t.Error("the first case's evidence is still open")
	}
}
