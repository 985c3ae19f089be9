//go:build !headless

package customer

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/pagetest"
	"github.com/beistand/beistand/session/rights"
)

// TestOnlyToSeeIsTicked holds that everything else takes a tick by hand.
func TestOnlyToSeeIsTicked(t *testing.T) {
	hs := help(t, &fakes{})
	h := hs.comes("s1", "Miriam Vogel", "", rights.All()...)
	for _, r := range rights.All() {
		if got := hs.p.Check(page.Right(r).Name).Checked; got != (r == rights.See) {
			t.Errorf("%s is ticked: %v", r, got)
		}
	}
	hs.p.See("Do not allow this when you have your bank or passwords open.")
	hs.p.See("What has left this computer cannot be called back.")
	hs.allows(rights.Control)
	hs.p.See("Miriam Vogel sees your screen")
	if want := rights.Of(rights.See, rights.Control); h.given.Rights != want || !h.given.Sight.All() {
		t.Errorf("given: %v of %+v", h.given.Rights, h.given.Sight)
	}
}

func TestWhatIsAskedStandsInTheFirstQuestion(t *testing.T) {
	hs := help(t, &fakes{})
	e := invitation()
	e.Session.Role, e.Session.Rights = api.RoleExpert, rights.Of(rights.See, rights.Control, rights.Logs).Strings()
	hs.f.events <- e
	hs.p.See("Expert from Faktura Service GmbH, for your ticket 10042")
	for _, words := range []string{"See your screen", "Use your keyboard and mouse", "Read the newest log files"} {
		hs.p.See(words)
	}
	if hs.p.Sees("Read your clipboard") {
		t.Error("more is shown than is asked")
	}
}

// TestWhatCannotBeGivenIsNotOffered also holds that it is not given.
func TestWhatCannotBeGivenIsNotOffered(t *testing.T) {
	hs := help(t, &fakes{cannot: map[rights.Right]page.Lack{rights.Control: page.LacksInput}})
	h := hs.comes("s1", "Miriam Vogel", "", rights.See, rights.Control)
	hs.p.See("Not possible on this computer")
	hs.p.See("Use your keyboard and mouse: Programs cannot press keys or move the mouse on this desktop.")
	hs.allows()
	hs.p.See("Miriam Vogel sees your screen")
	if h.given.Rights != rights.Of(rights.See) {
		t.Errorf("given: %v", h.given.Rights)
	}
}

func TestNothingTickedIsNoYes(t *testing.T) {
	hs := help(t, &fakes{})
	hs.comes("s1", "Miriam Vogel", "", rights.See, rights.Logs)
	hs.p.Until("a yes to count", func() bool { return hs.p.Enabled("Allow what is ticked") })
	test.Tap(hs.p.Check("See your screen"))
	if hs.p.Enabled("Allow what is ticked") {
		t.Error("nothing is ticked, and can be allowed")
	}
	hs.allows(rights.Logs)
	hs.p.See("Miriam Vogel helps you and does not see your screen")
}

func TestOneWindowIsChosen(t *testing.T) {
	hs := help(t, &fakes{sights: []page.Sight{
		{Monitor: "DP-1", Name: "DP-1", Size: image.Pt(1920, 1080)},
		{Window: 7, Name: "Faktura 7", Size: image.Pt(800, 600), Picture: image.NewRGBA(image.Rect(0, 0, 8, 6))},
		{Window: 9, Name: "Mail", Size: image.Pt(800, 600)},
	}})
	h := hs.comes("s1", "Miriam Vogel", "", rights.See)
	hs.p.Until("a yes to count", func() bool { return hs.p.Enabled("Allow what is ticked") })
	choose(hs.p, "One window")
	hs.p.See("Faktura 7")
	if hs.p.Sees("DP-1") {
		t.Error("a monitor is among the windows")
	}
	if hs.p.Enabled("Allow what is ticked") {
		t.Error("no window is chosen, and it can be allowed")
	}
	hs.p.Tap("Faktura 7")
	hs.allows()
	hs.p.See("What is shown: only the window “Faktura 7”.")
	if h.given.Sight.Window != 7 {
		t.Errorf("given: %+v", h.given.Sight)
	}
	hs.p.Tap("Change …")
	hs.p.See("What shall Miriam Vogel see?")
	choose(hs.p, "One monitor")
	hs.p.Tap("DP-1, 1920 × 1080")
	hs.p.Tap("Show this")
	hs.p.See("Stop everything")
	if h.sight.Monitor != "DP-1" {
		t.Errorf("shown: %+v", h.sight)
	}
}

// choose chooses one of several.
func choose(p *pagetest.Person, option string) {
	p.T.Helper()
	p.Until("the choice "+option, func() (found bool) {
		p.Each(func(o fyne.CanvasObject) {
			if r, ok := o.(*fynewidget.RadioGroup); ok {
				r.SetSelected(option)
				found = true
			}
		})
		return found
	})
}

// TestMoreIsAsked holds that the question comes to the front and that the
// default is no.
func TestMoreIsAsked(t *testing.T) {
	for name, test := range map[string]struct {
		do   func(*helpers)
		want rights.Set
	}{
		"yes": {func(hs *helpers) {
			hs.p.Check("Use your keyboard and mouse").SetChecked(true)
			hs.p.Tap("Allow what is ticked")
		}, rights.Of(rights.Control)},
		"no":     {func(hs *helpers) { hs.p.Tap("Allow nothing") }, 0},
		"Enter":  {func(hs *helpers) { hs.p.Press(fyne.KeyReturn) }, 0},
		"Escape": {func(hs *helpers) { hs.p.Press(fyne.KeyEscape) }, 0},
		"stop":   {func(hs *helpers) { hs.p.Tap("Stop everything") }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			hs := help(t, &fakes{})
			h := hs.comes("s1", "Miriam Vogel", "", rights.See)
			hs.allows()
			hs.p.See("Miriam Vogel sees your screen")
			given := make(chan page.Grant, 1)
			go func() {
				g, _ := h.a.Consent(h.ctx, page.Wish{Rights: rights.Of(rights.Control), Reason: "to look at the printer's settings"})
				given <- g
			}()
			hs.p.See("Miriam Vogel asks for more")
			hs.p.See("They write: “to look at the printer's settings”")
			hs.p.See("Miriam Vogel sees your screen") // goes on, and says so
			hs.p.See("Without an answer it is refused in ")
			test.do(hs)
			var got page.Grant
			hs.p.Until("the answer", func() bool {
				select {
				case got = <-given:
					return true
				default:
					return false
				}
			})
			if got.Rights != test.want {
				t.Errorf("given: %v", got.Rights)
			}
			if name == "stop" {
				hs.p.See("You ended it.")
				return
			}
			hs.p.See("Pause")
			hs.p.See("Miriam Vogel sees your screen")
		})
	}
}

// TestASecondComesWhileTheFirstIsThere holds that the first is not disturbed.
func TestASecondComesWhileTheFirstIsThere(t *testing.T) {
	hs := help(t, &fakes{})
	first := hs.comes("s1", "Miriam Vogel", "", rights.See)
	hs.allows()
	hs.p.See("Miriam Vogel sees your screen")
	second := hs.comes("s2", "Paul Expert", api.RoleExpert, rights.See, rights.Logs)
	hs.p.See("Miriam Vogel sees your screen")
	hs.allows()
	hs.p.See("2 people see your screen")
	hs.p.See("Expert")
	hs.p.TapLast("Take back")
	if got := second.got(); len(got) != 1 || got[0] != "revoke see" {
		t.Errorf("the second was asked for %v", got)
	}
	hs.p.See("Miriam Vogel sees your screen")
	hs.p.Tap("Pause")
	if a, b := first.got(), second.got(); a[len(a)-1] != "pause" || b[len(b)-1] != "pause" {
		t.Errorf("paused: %v and %v", a, b)
	}
	hs.p.See("Paused: nobody sees anything")
	hs.p.Tap("Stop everything")
	<-first.over
	<-second.over
	hs.p.See("Your ticket has arrived")
}

// TestASecondIsRefusedAlone holds that a no to the second ends nothing of the first.
func TestASecondIsRefusedAlone(t *testing.T) {
	hs := help(t, &fakes{})
	first := hs.comes("s1", "Miriam Vogel", "", rights.See)
	hs.allows()
	hs.p.See("Miriam Vogel sees your screen")
	second := hs.comes("s2", "Paul Expert", api.RoleExpert, rights.See)
	hs.p.Press(fyne.KeyEscape)
	hs.p.Until("the second to go", func() bool {
		select {
		case <-second.over:
			return !hs.p.Sees("Paul Expert")
		default:
			return false
		}
	})
	hs.p.See("Pause")
	select {
	case <-first.over:
		t.Error("the first was ended too")
	default:
	}
}
