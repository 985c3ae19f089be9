//go:build !headless

package supporter

import (
	"image"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rights"
)

// TestWithoutAPicture holds that what is allowed beside the screen has the page
// while no picture comes, and stands beside the picture when one does.
func TestWithoutAPicture(t *testing.T) {
	d := &fakeDesk{all: cases()}
	p, flow := start(t, d)
	signIn(p)
	l := goLiveIn(t, api.RoleSupporter, p, flow, d)
	whole := l.Window.Canvas().Size().Width
	for name, c := range map[string]struct {
		given rights.Set
		wide  bool
	}{
		"logs alone":        {rights.Of(rights.Logs), true},
		"the screen too":    {rights.Of(rights.See, rights.Logs), false},
		"the screen passed": {rights.Of(rights.Vitals, rights.Logs), true},
	} {
		t.Run(name, func(t *testing.T) {
			l.is(page.Standing{Given: c.given})
			if c.given.Has(rights.See) {
				m := screen(640, 400)
				l.w.Show(m, []image.Rectangle{m.Rect})
				l.Until("the picture", func() bool { return l.screenIn() != nil })
				if s := l.screenIn(); s.Size().Height < 400 || s.Size().Width > whole-sideWidth {
					t.Errorf("the picture has %v", s.Size())
				}
			} else {
				l.See("The screen is not shown")
			}
			if got := l.panel(); c.wide != (got > whole-40) || !c.wide && got != sideWidth {
				t.Errorf("the panel is %v of %v wide", got, whole)
			}
		})
	}
	l.is(page.Standing{Given: rights.Of(rights.Logs)})
	l.flow.frame.Settle()
	before := l.panel()
	l.fold()
	if l.panel() != 0 || !l.Sees("The screen is not shown") {
		t.Error("the panel cannot be folded")
	}
	l.fold()
	if l.panel() != before {
		t.Errorf("the panel is %v wide when it is back, and was %v", l.panel(), before)
	}
}

// panel is how wide the tabs beside the picture are, 0 when they are not there.
func (l *live) panel() (wide float32) {
	l.Each(func(o fyne.CanvasObject) {
		if tabs, ok := o.(*container.AppTabs); ok {
			wide = tabs.Size().Width
		}
	})
	return wide
}

// fold presses the button that folds the panel.
func (l *live) fold() {
	l.T.Helper()
	var fold *widget.Button
	l.Each(func(o fyne.CanvasObject) {
		if b, ok := o.(*widget.Button); ok && b.Text == "" && b.Icon != nil && strings.Contains(b.Icon.Name(), "menu") {
			fold = b
		}
	})
	if fold == nil {
		l.T.Fatal("nothing folds the panel")
	}
	test.Tap(fold)
}

// TestTheEndWithoutAPicture holds that nobody is told of a picture that they
// never saw.
func TestTheEndWithoutAPicture(t *testing.T) {
	d := &fakeDesk{all: cases()}
	p, flow := start(t, d)
	signIn(p)
	at := time.Date(2026, 5, 4, 9, 0, 0, 0, time.Local)
	flow.over(d.all[1], api.Session{}, session.End{By: session.ByCustomer, Consented: at, Ended: at.Add(3 * time.Minute)}, nil)
	p.See("It was ended after 3 minutes by the customer.")
	p.See("The screen was not seen.")
	if p.Sees("stopped showing") {
		t.Error("a screen was shown that nobody saw")
	}
}
