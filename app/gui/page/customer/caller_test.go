//go:build !headless

package customer

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/beistand/beistand/app/gui/page/pagetest"
	"github.com/beistand/beistand/session"
)

// asks opens a customer's window with the first question.
func asks(t *testing.T, f *fakes) (p *pagetest.Person, flow *Flow, typed chan struct{}, answer chan bool) {
	t.Helper()
	typed, answer = make(chan struct{}), make(chan bool, 1)
	f.host = sessionOf(typed, answer)
	p, flow = start(t, f)
	file(p)
	f.events <- invitation()
	p.See("Did you call them, or did they call you?")
	return p, flow, typed, answer
}

func TestTheFirstQuestionComesBeforeTheCode(t *testing.T) {
	p, flow, _, _ := asks(t, &fakes{})
	p.See("Miriam Vogel would like to help you")
	p.See("Supporter from Faktura Service GmbH, for your ticket 10042")
	p.See("See your screen")
	p.Until("the code to be drawn", func() bool { return flow.sessions[0].code != "" })
	if p.Sees("482-915306") {
		t.Error("the code is shown before the answer")
	}
	p.Tap("I called them")
	p.See("482-915306")
}

func TestTheyCalled(t *testing.T) {
	f := &fakes{}
	p, flow, typed, answer := asks(t, f)
	flow.c.CallerPause = time.Hour
	p.Tap("They called me")
	p.See("Please be careful")
	p.See("Hang up and call back on the official number:")
	p.See("+49 30 5550100")
	p.See("You can go on in 3600 seconds.")
	if p.Enabled("Go on nevertheless") {
		t.Error("going on can be pressed at once")
	}
	flow.sessions[0].answer(session.AnswerGoOn) // as if it had been pressed for all that
	if p.Sees("482-915306") {
		t.Error("the code is shown during the pause")
	}
	close(typed) // a code that nobody has read out
	p.See("Nothing was shown, because you did not allow it.")
	if <-answer {
		t.Error("yes was said")
	}
}

func TestTheyCalledAndGoOn(t *testing.T) {
	p, flow, typed, answer := asks(t, &fakes{noPhone: true})
	flow.c.CallerPause = time.Nanosecond
	p.Tap("They called me")
	p.See("Look the number up on an earlier letter or on your contract.")
	p.Tap("Go on nevertheless")
	p.See("482-915306")
	close(typed)
	p.See("What do you allow Miriam Vogel?")
	p.Tap("Allow what is ticked")
	p.See("Miriam Vogel sees your screen")
	if !<-answer {
		t.Error("allowed, but no was said")
	}
}

// TestTheFirstQuestionsDefaultIsNo holds that only a press on the other button goes on.
func TestTheFirstQuestionsDefaultIsNo(t *testing.T) {
	for where, before := range map[string]func(*pagetest.Person){
		"who called":  func(*pagetest.Person) {},
		"the warning": func(p *pagetest.Person) { p.Tap("They called me"); p.See("Please be careful") },
	} {
		for name, do := range map[string]func(*pagetest.Person){
			"by Enter":            func(p *pagetest.Person) { p.Press(fyne.KeyReturn) },
			"by Escape":           func(p *pagetest.Person) { p.Press(fyne.KeyEscape) },
			"by the space bar":    func(p *pagetest.Person) { p.Press(fyne.KeySpace) },
			"by Enter elsewhere":  func(p *pagetest.Person) { p.Window.Canvas().Unfocus(); p.Press(fyne.KeyEnter) },
			"by Escape elsewhere": func(p *pagetest.Person) { p.Window.Canvas().Unfocus(); p.Press(fyne.KeyEscape) },
		} {
			t.Run(where+" "+name, func(t *testing.T) {
				p, flow, _, _ := asks(t, &fakes{})
				flow.c.CallerPause = time.Nanosecond
				before(p)
				do(p)
				p.See("Nothing was shown, because you did not allow it.")
			})
		}
	}
}

// TestAClosedFirstQuestionIsNo: the session's work ends with the window.
func TestAClosedFirstQuestionIsNo(t *testing.T) {
	p, flow, _, answer := asks(t, &fakes{})
	flow.frame.End()
	flow.frame.Wait()
	p.Drain()
	select {
	case <-answer:
		t.Error("the session came to the consent")
	default:
	}
}
