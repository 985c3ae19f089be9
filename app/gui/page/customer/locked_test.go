//go:build !headless

package customer

import (
	"testing"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/session/rights"
)

// A lock says no to each question before something is allowed, and the window
// says why.
func TestALockIsNo(t *testing.T) {
	const said = "Nothing was shown, because your screen was locked."
	for name, to := range map[string]func(hs *helpers) *helper{
		"who called": func(hs *helpers) *helper {
			hs.f.events <- invitation()
			hs.p.See("Did you call them, or did they call you?")
			return <-hs.all
		},
		"the warning": func(hs *helpers) *helper {
			hs.f.events <- invitation()
			hs.p.Tap("They called me")
			return <-hs.all
		},
		"the code": func(hs *helpers) *helper {
			hs.f.events <- invitation()
			hs.p.Tap("I called them")
			hs.p.See("482-915306")
			return <-hs.all
		},
		"the consent": func(hs *helpers) *helper {
			h := hs.comes("s1", "Miriam Vogel", "", rights.See)
			hs.p.See("What do you allow Miriam Vogel?")
			return h
		},
	} {
		t.Run(name, func(t *testing.T) {
			hs := help(t, &fakes{})
			h := to(hs)
			h.a.Locked(true)
			hs.p.See(said)
			<-h.over
			if h.given.Rights != 0 {
				t.Errorf("given: %v", h.given.Rights)
			}
			h.a.Locked(false)
			hs.p.See(said)
		})
	}
}

// While something is allowed, a lock says no to what is asked, also to what is
// asked while it lasts, and ends nothing.
func TestALockIsNoToMore(t *testing.T) {
	thing := page.Handing{Right: rights.FilesIn, Name: "patch.zip", Size: 4096}
	for name, ask := range map[string]struct {
		do  func(h *helper) bool
		see string
		no  string
	}{
		"a right": {func(h *helper) bool {
			g, _ := h.a.Consent(h.ctx, page.Wish{Rights: rights.Of(rights.Control)})
			return g.Rights != 0
		}, "Miriam Vogel asks for more", "Allow nothing"},
		"a file": {func(h *helper) bool { return h.a.Hand(h.ctx, thing) }, "Miriam Vogel sends you a file", "No"},
	} {
		t.Run(name, func(t *testing.T) {
			const said = "Your screen was locked while you were asked. The answer was no."
			hs := help(t, &fakes{})
			h := hs.comes("s1", "Miriam Vogel", "", rights.See)
			hs.allows()
			hs.p.See("Miriam Vogel sees your screen")
			answer := make(chan bool, 1)
			again := func() { answer <- ask.do(h) }
			go again()
			hs.p.See(ask.see)
			h.a.Locked(true)
			hs.p.See(said)
			if <-answer {
				t.Error("a lock was a yes")
			}
			hs.p.Tap("Close")
			hs.p.Until("the notice to go", func() bool { return !hs.p.Sees(said) })
			go again()
			hs.p.See(said)
			if <-answer {
				t.Error("what was asked during a lock was allowed")
			}
			h.a.Locked(false)
			go again()
			hs.p.See(ask.see)
			hs.p.Tap(ask.no)
			if <-answer {
				t.Error("a no was a yes")
			}
			hs.p.See("Miriam Vogel sees your screen")
		})
	}
}
