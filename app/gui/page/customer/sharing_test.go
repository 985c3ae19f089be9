//go:build !headless

package customer

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/record"
	"github.com/beistand/beistand/session/rights"
)

// TestThePauseIsPressed holds that the session is told by the press itself.
func TestThePauseIsPressed(t *testing.T) {
	p, h := shares(t)
	p.See("0:0") // for how long
	p.Tap("Pause")
	if got := h.got(); !slices.Equal(got, []string{"pause"}) {
		t.Errorf("asked for %v", got)
	}
	p.See("Paused: Miriam Vogel sees nothing")
	if p.Sees("Miriam Vogel sees your screen") {
		t.Error("the window says both")
	}
	h.tell(func(n *page.News) { n.Paused = true })
	p.Tap("Go on")
	p.See("Miriam Vogel sees your screen")
	if got := h.got(); !slices.Equal(got, []string{"pause", "resume"}) {
		t.Errorf("asked for %v", got)
	}
	p.Tap("Pause")
	p.Tap("Stop everything")
	p.See("Your ticket has arrived")
}

func TestTheEndIsTold(t *testing.T) {
	p, h := shares(t)
	h.tell(func(n *page.News) { n.Ends, n.Limit = time.Now().Add(time.Minute), session.LimitIdle })
	p.See("This ends by itself in ")
	p.See("Nothing has happened for 9 minutes.")
	p.Tap("I am still here")
	if got := h.got(); !slices.Equal(got, []string{"active"}) {
		t.Errorf("asked for %v", got)
	}
	h.tell(func(n *page.News) { n.Ends = time.Time{} })
	p.Until("the warning to go", func() bool { return !p.Sees("This ends by itself") })
	h.tell(func(n *page.News) { n.Ends, n.Limit = time.Now().Add(time.Minute), session.LimitLongest })
	p.See("It lasts 60 minutes at most.")
}

// TestHowItStands is every sentence that is more than "sees your screen".
func TestHowItStands(t *testing.T) {
	p, h := shares(t)
	for name, test := range map[string]struct {
		news func(*page.News)
		see  []string
	}{
		"relayed":     {func(n *page.News) { n.Path = session.PathRelayed }, []string{"through the support's relay"}},
		"one window":  {func(n *page.News) { n.Sight = page.Sight{Window: 7, Name: "Faktura 7"} }, []string{"What is shown: only the window “Faktura 7”."}},
		"one monitor": {func(n *page.News) { n.Sight = page.Sight{Monitor: "DP-1", Name: "DP-1"} }, []string{"only the monitor DP-1"}},
		"interrupted": {func(n *page.News) { n.Interrupted = true }, []string{"The connection is interrupted", "It comes back by itself."}},
		"locked":      {func(n *page.News) { n.Locked = true }, []string{"Nothing is shown: your screen is locked", "It goes on when you unlock it."}},
		"no observer": {func(n *page.News) { n.NoObserver = true }, []string{"Nothing is shown: the observer is missing"}},
		"sees nothing": {
			func(n *page.News) { n.Given = rights.Of(rights.Logs) },
			[]string{"Miriam Vogel helps you and does not see your screen", "Read the newest log files"},
		},
		"nothing is left": {func(n *page.News) { n.Given = 0 }, []string{"They may do nothing at the moment."}},
		"a file comes": {func(n *page.News) {
			n.Moving = []page.Moving{{ID: 2, Right: rights.FilesIn, Name: "patch.zip", Done: 1 << 20, Size: 2 << 20, State: page.Under}}
		}, []string{"patch.zip comes from Miriam Vogel: 1.0\u00a0MB of 2.0\u00a0MB"}},
	} {
		t.Run(name, func(t *testing.T) {
			p.T = t
			h.tell(test.news)
			for _, words := range test.see {
				p.See(words)
			}
			h.tell(func(n *page.News) {
				*n = page.News{Phase: session.PhaseSharing, Path: session.PathDirect, Given: rights.Of(rights.See)}
			})
			p.See("Miriam Vogel sees your screen")
			p.See("What is shown: everything, on all monitors.")
		})
		p.T = t
	}
}

func TestRightsAreTakenBackOneByOne(t *testing.T) {
	hs := help(t, &fakes{})
	h := hs.comes("s1", "Miriam Vogel", "", rights.See, rights.Control, rights.Logs)
	hs.allows(rights.Control, rights.Logs)
	hs.p.See("Miriam Vogel sees your screen")
	hs.p.See("Use your keyboard and mouse")
	hs.p.TapLast("Take back") // the logs stand last
	hs.p.Until("the logs to go", func() bool { return !hs.p.Sees("Read the newest log files") })
	if got := h.got(); !slices.Equal(got, []string{"revoke logs"}) {
		t.Errorf("asked for %v", got)
	}
	hs.p.Tap("Take back")
	hs.p.See("Miriam Vogel helps you and does not see your screen")
	if got := h.got(); !slices.Equal(got, []string{"revoke logs", "revoke see"}) {
		t.Errorf("asked for %v", got)
	}
}

func TestTheKeyIsNamed(t *testing.T) {
	hs := help(t, &fakes{hotkey: "Ctrl+Alt+End"})
	hs.comes("s1", "Miriam Vogel", "", rights.See)
	hs.allows()
	hs.p.See("Ctrl+Alt+End stops everything at once, from anywhere")
}

// TestWhatDidNotWorkIsTold holds that it is said once, and goes with its button.
func TestWhatDidNotWorkIsTold(t *testing.T) {
	for snag, words := range map[page.Snag]string{
		page.SnagSecret: "What you copied is a password.", page.SnagLarge: "What you copied is too long.",
		page.SnagEvidence: "Nothing of this was collected, or you unticked it.", page.SnagSight: "This cannot be shown by itself.",
	} {
		t.Run(string(snag), func(t *testing.T) {
			p, h := shares(t)
			h.tell(func(n *page.News) { n.Trouble = snag })
			p.See(words)
			p.Tap("Close")
			h.tell(func(n *page.News) { n.Path = session.PathRelayed })
			p.See("through the support's relay")
			if p.Sees(words) {
				t.Error("it is told again")
			}
		})
	}
}

// TestTheCheckWordsAreForThoseWhoWantThem holds that they are folded away.
func TestTheCheckWordsAreForThoseWhoWantThem(t *testing.T) {
	p, h := shares(t)
	p.See("Check words")
	if p.Sees("anchor velvet") {
		t.Error("the words are shown unasked")
	}
	p.Tap("Check words")
	p.See("anchor velvet")
	h.tell(func(n *page.News) { n.Path = session.PathRelayed })
	p.See("through the support's relay")
	p.See("anchor velvet") // a change leaves open what is open
}

// TestTypingHereCountsAsActivity holds that a key that no field takes is told.
func TestTypingHereCountsAsActivity(t *testing.T) {
	_, h := shares(t)
	h.frame.KeyDown()
	if got := h.got(); !slices.Equal(got, []string{"active"}) {
		t.Errorf("asked for %v", got)
	}
}

func TestEscapeStopsEverything(t *testing.T) {
	p, h := shares(t)
	p.Window.Canvas().Unfocus()
	p.Press(fyne.KeyEscape)
	<-h.over
	p.See("You ended it.")
}

func TestWhatHappenedIsTold(t *testing.T) {
	at := time.Date(2026, 5, 4, 9, 30, 0, 0, time.UTC)
	path := "/home/jana/s1.jsonl"
	f := &fakes{records: map[string][]record.Entry{path: {
		{At: at, What: record.Asked, By: record.Supporter, Rights: []string{"see", "control", "logs"}},
		{At: at, What: record.Agreed, By: record.Supporter},
		{At: at, What: record.Granted, By: record.Customer, Rights: []string{"see", "logs"}},
		{At: at, What: record.Refused, By: record.Customer, Rights: []string{"control"}},
		{At: at, What: record.Evidence, By: record.Customer, Name: "logs.txt", Size: 2048, SHA256: "00"},
		{At: at, What: record.File, By: record.Supporter, Name: "patch.zip", Size: 4096, SHA256: "00"},
		{At: at, What: record.File, By: record.Customer, Name: "bill.pdf", Size: 1024, SHA256: "00", Reason: record.CutShort},
		{At: at, What: record.Revoked, By: record.Customer, Rights: []string{"logs"}},
		{At: at, What: record.Ended, By: record.Customer, Reason: "ended by the customer"},
	}}}
	hs := help(t, f)
	hs.comes("s1", "Miriam Vogel", "", rights.See)
	hs.allows()
	hs.p.Tap("What has happened so far")
	hs.p.See("Miriam Vogel asked for: See your screen; Use your keyboard and mouse; Read the newest log files")
	hs.p.Tap("Stop everything")
	hs.p.Tap("What happened, step by step")
	for _, words := range []string{
		"The right code was typed.", "You allowed: See your screen; Read the newest log files", "You did not allow: Use your keyboard and mouse",
		"logs.txt went to Miriam Vogel (2.0\u00a0kB).", "The file patch.zip came from Miriam Vogel (4.0\u00a0kB).",
		"bill.pdf was on its way to Miriam Vogel and was broken off; 1.0\u00a0kB at most had left.",
		"You took back: Read the newest log files", "You ended it.", path,
	} {
		hs.p.See(words)
	}
	hs.p.Tap("Show the folder")
	if got := <-f.revealed; got != path {
		t.Errorf("the folder of %q is shown", got)
	}
}

// TestAClosedWindowEndsEverything: the sessions' work ends with the window's.
func TestAClosedWindowEndsEverything(t *testing.T) {
	p, h := shares(t)
	h.frame.End()
	h.frame.Wait()
	p.Drain()
	<-h.over
}

// TestAPressCountsWhateverComes holds that what stops stays the same thing: a
// press that begins on one button and ends on another would be none.
func TestAPressCountsWhateverComes(t *testing.T) {
	hs := help(t, &fakes{})
	h := hs.comes("s1", "Miriam Vogel", "", rights.See, rights.Vitals)
	hs.allows(rights.Vitals)
	buttons := func() (all []*widget.Button) {
		hs.p.Each(func(o fyne.CanvasObject) {
			if b, ok := o.(*widget.Button); ok {
				all = append(all, b)
			}
		})
		return all
	}
	stops := func() (all []*widget.Button) {
		return slices.DeleteFunc(buttons(), func(b *widget.Button) bool { return b.Text != "Pause" && b.Text != "Stop everything" })
	}
	hs.p.See("Miriam Vogel sees your screen")
	h.a.Vitals("Processor: 11 %")
	hs.p.See("Processor: 11 %")
	were, all := stops(), buttons()
	h.a.Vitals("Processor: 12 %\nMemory: 3 %")
	hs.p.See("Processor: 12 % · Memory: 3 %")
	if !slices.Equal(all, buttons()) {
		t.Error("a sample of the load made the page anew")
	}
	h.tell(func(n *page.News) { n.Path = session.PathRelayed })
	hs.p.See("through the support's relay")
	if now := stops(); len(were) != 2 || !slices.Equal(were, now) {
		t.Errorf("%d buttons that stop became %d others", len(were), len(now))
	}
}
