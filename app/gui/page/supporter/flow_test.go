//go:build !headless

package supporter

import (
	"context"
	"image"
	"image/color"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/pagetest"
	"github.com/beistand/beistand/app/gui/surface"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rights"
)

func TestSignIn(t *testing.T) {
	d := &fakeDesk{all: cases()}
	p, _ := start(t, d)
	p.Type("User name", "miriam")
	p.Type("Password", "wrong")
	p.Press(fyne.KeyReturn)
	p.See("The desk does not accept this sign-in: name or password is wrong.")
	p.Entry("Password").SetText("")
	signIn(p)
	p.See("Invoices do not print")
	if d.base != "https://desk.example.org" {
		t.Errorf("dialled %q", d.base)
	}
	p.Tap("Sign out")
	p.See("You are signed out.")
	if p.Sees("Faktura Service GmbH") {
		t.Error("the head still says who is signed in")
	}
}

func TestTickets(t *testing.T) {
	d := &fakeDesk{all: cases()}
	p, _ := start(t, d)
	signIn(p)
	p.See("10041")
	p.Entry("Search in tickets").SetText("do not print")
	p.Tap("Search")
	p.Until("one ticket", func() bool { return p.Sees("10042") && !p.Sees("10041") })
	p.Entry("Search in tickets").SetText("no such words")
	p.Tap("Search")
	p.See("No ticket has these words.")
	d.all = nil
	p.Entry("Search in tickets").SetText("")
	p.Tap("Refresh")
	p.See("There are no tickets yet.")
}

func TestTicket(t *testing.T) {
	d := &fakeDesk{all: cases(), evidence: sample()}
	p, flow := start(t, d)
	signIn(p)
	flow.ticket(10043)
	p.See("Nothing works since the update")
	p.See("jana@example.org")
	p.See("Hostname")
	p.See("Left out")
	if d.evidence.isClosed() {
		t.Error("closed while it is shown")
	}
	p.Tap("All tickets")
	p.See("10041")
	if !d.evidence.isClosed() {
		t.Error("the bundle stays open behind the list")
	}
	flow.ticket(1)
	p.See("The desk does not have this: no such ticket.")
}

// TestDescription: what the customer was asked and answered stands beside what
// they wrote, and the state is said in words.
func TestDescription(t *testing.T) {
	d := &fakeDesk{all: cases(), evidence: sample()}
	d.all[0].Kind, d.all[0].State = api.Wish, api.StateWaitingThird
	d.all[0].Answers = []api.Answer{{Question: "since", Label: "In which situation?", Text: "At the end of the month."}}
	p, flow := start(t, d)
	signIn(p)
	flow.ticket(10043)
	p.See("Nothing works since the update")
	p.Tab("Description")
	p.See("In which situation?")
	p.See("At the end of the month.")
	p.See("Wish for a feature")
	p.See("Waiting for somebody else")
	if p.Sees(string(api.StateWaitingThird)) {
		t.Error("the interface's word is shown")
	}
}

func TestCourse(t *testing.T) {
	at := time.Date(2026, 5, 4, 9, 0, 0, 0, time.Local)
	later := at.Add(3 * time.Minute)
	for name, c := range map[string]struct {
		s    api.Session
		want string
	}{
		"asked": {api.Session{}, "Asked; there is no consent yet."},
		"seen": {
			api.Session{Consented: &at, Started: &at, Ended: &later, EndedBy: "customer"},
			"Consent at 09:00:00, screen seen from 09:00:00 to 09:03:00 (3 minutes), ended by the customer.",
		},
		"running": {api.Session{Consented: &at, Started: &at}, "Consent at 09:00:00, screen seen since 09:00:00."},
		"refused": {api.Session{Ended: &at, EndedBy: "customer"}, "The screen was not shown; ended at 09:00:00 by the customer."},
	} {
		if got := course(c.s); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

var seen = rights.Of(rights.See)

// seeing asks for the screen alone.
var seeing = api.NewSession{Rights: []string{"see"}, Role: api.RoleSupporter}

func TestWatching(t *testing.T) {
	d := &fakeDesk{all: cases()}
	step := make(chan struct{})
	codes := make(chan string, 1)
	d.watch = func(ctx context.Context, w page.Watching) (session.End, error) {
		codes <- w.Code
		w.Notify(page.Standing{Phase: session.PhaseConsent})
		<-step
		w.Notify(page.Standing{Given: seen, Phase: session.PhaseWatching, Path: session.PathRelayed})
		m := screen(640, 400)
		for range 100 { // faster than anybody paints
			w.Show(m, []image.Rectangle{m.Rect})
		}
		<-ctx.Done()
		return session.End{By: session.BySupporter, Started: time.Now().Add(-3 * time.Minute), Ended: time.Now()}, nil
	}
	p, flow := start(t, d)
	signIn(p)
	flow.ask(d.all[1], seeing)
	p.Type("482-", "48291530")
	p.Tap("Connect")
	p.See("A session code has nine digits")
	p.Entry("482-").SetText("111-915306")
	p.Tap("Connect")
	p.See("This code belongs to another request.")
	p.Entry("482-").SetText(" 482 915.306")
	p.Tap("Connect")
	if code := <-codes; code != " 482 915.306" {
		t.Errorf("watched with %q", code)
	}
	p.See("Now the customer is asked for consent")
	step <- struct{}{}
	p.See("Piet de Vries, ticket 10042: live for 0:00, relayed connection")
	p.Tap("Stop")
	p.See("You stopped looking after 3 minutes.")
	p.Tap("Back to the ticket")
	p.See("Ticket 10042")
}

// TestPausedByTheCustomer holds that nothing of the picture stays.
func TestPausedByTheCustomer(t *testing.T) {
	d := &fakeDesk{all: cases()}
	step := make(chan struct{})
	active := make(chan struct{}, 100)
	m := screen(640, 400)
	d.watch = func(ctx context.Context, w page.Watching) (session.End, error) {
		w.Joined(&fakeHelping{active: func() { active <- struct{}{} }})
		w.Notify(page.Standing{Given: seen, Phase: session.PhaseWatching, Path: session.PathDirect})
		w.Show(m, []image.Rectangle{m.Rect})
		<-step
		w.Notify(page.Standing{Given: seen, Phase: session.PhaseWatching, Path: session.PathDirect, Paused: true})
		<-step
		w.Notify(page.Standing{Given: seen, Phase: session.PhaseWatching, Path: session.PathDirect, Ends: time.Now().Add(time.Minute), Limit: session.LimitIdle})
		<-step
		w.Show(m, []image.Rectangle{m.Rect})
		<-ctx.Done()
		return session.End{By: session.BySupporter, Started: time.Now(), Ended: time.Now()}, nil
	}
	p, flow := start(t, d)
	signIn(p)
	flow.code(d.all[1], api.Session{ID: "s1", FirstPart: "482"}, "")
	p.Type("482-", "482915306")
	p.Tap("Connect")
	p.See("live for 0:00, direct connection")
	step <- struct{}{}
	p.See("Paused by the customer")
	p.See("ticket 10042: paused by the customer")
	if seen := p.Window.Canvas().Capture(); has(seen, m.At(320, 200)) {
		t.Error("the picture is still in the window")
	}
	step <- struct{}{}
	p.See("ends in ")
	p.See("Paused by the customer") // until there is something to see
	step <- struct{}{}
	p.Until("the picture", func() bool { return !p.Sees("Paused by the customer") })
	hover(p)
	if len(active) == 0 {
		t.Error("the session does not know that somebody is there")
	}
	p.Tap("Stop")
	p.See("You stopped looking")
}

// hover moves the mouse over the middle of the window.
func hover(p *pagetest.Person) {
	size := p.Window.Canvas().Size()
	test.MoveMouse(p.Window.Canvas(), fyne.NewPos(size.Width/2, size.Height/2))
}

// has says whether a colour is anywhere in a picture.
func has(m image.Image, c color.Color) bool {
	r, g, b, _ := c.RGBA()
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
			if r2, g2, b2, _ := m.At(x, y).RGBA(); r == r2 && g == g2 && b == b2 {
				return true
			}
		}
	}
	return false
}

func TestHowWatchingEnds(t *testing.T) {
	at := time.Now()
	for name, c := range map[string]struct {
		end  session.End
		err  error
		says string
	}{
		"wrong code":  {session.End{}, session.ErrWrongCode, "The code was wrong, so it is used up and nothing was shown."},
		"refused":     {session.End{By: session.ByCustomer}, session.ErrRefused, "The customer did not allow it."},
		"no way":      {session.End{}, session.ErrNoConnection, "The two computers could not be connected"},
		"by customer": {session.End{By: session.ByCustomer, Started: at, Ended: at.Add(42 * time.Second)}, nil, "after 42 seconds"},
		"idle":        {session.End{By: session.ByCustomer, Started: at, Ended: at.Add(time.Minute)}, session.ErrIdle, "Nothing happened for 10 minutes"},
		"lost":        {session.End{By: session.ByNetwork, Started: at, Ended: at.Add(time.Minute)}, session.ErrConnectionLost, "after 1 minute"},
	} {
		t.Run(name, func(t *testing.T) {
			d := &fakeDesk{all: cases()}
			d.watch = func(context.Context, page.Watching) (session.End, error) { return c.end, c.err }
			p, flow := start(t, d)
			signIn(p)
			flow.ask(d.all[0], seeing)
			p.Type("482-", "482915306")
			p.Press(fyne.KeyReturn)
			p.See("The session is over")
			p.See(c.says)
			p.See("Ask again")
		})
	}
}

func TestTheCustomerRefusesBeforeTheCode(t *testing.T) {
	d := &fakeDesk{all: cases()}
	p, flow := start(t, d)
	signIn(p)
	flow.ask(d.all[0], seeing)
	p.Entry("482-")
	now := time.Now()
	d.events <- api.Event{Kind: "session", Session: &api.Session{ID: "s1", Ended: &now, EndedBy: "customer"}}
	p.See("The customer did not allow it.")
}

func TestWithdrawing(t *testing.T) {
	d := &fakeDesk{all: cases()}
	p, flow := start(t, d)
	signIn(p)
	flow.ask(d.all[0], seeing)
	p.Entry("482-")
	p.Tap("Cancel")
	p.Until("the desk to be told", func() bool {
		marks := d.marked()
		return len(marks) == 1 && marks[0].What == "ended" && marks[0].By == session.BySupporter
	})
}

// TestOneRepaintAtATime holds the bound on pictures that wait for the screen.
func TestOneRepaintAtATime(t *testing.T) {
	repaints := 0
	scope := page.NewScope(t.Context(), func(func()) { repaints++ })
	w := &watched{scope: scope, picture: surface.New(func(func()) {})}
	w.repaint = page.NewNewest(scope, w.paint)
	defer w.picture.Close()
	m := screen(64, 64)
	for range 1000 {
		w.show(m, nil)
	}
	if repaints != 1 {
		t.Errorf("%d repaints wait, want 1", repaints)
	}
}
