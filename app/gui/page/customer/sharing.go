//go:build !headless

package customer

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session"
)

// room is the page that is shown while somebody may do something.
type room struct {
	flow  *Flow
	scope *page.Scope
	now   *page.Scope // of what is shown at the moment

	top, people *fyne.Container
	clock       *widget.Words
	hold        *widget.Button
	ends        *fyne.Container // hold and stop: they stay, so that a press counts whatever comes during it
}

// folds are what of the page is open, by name.
type folds map[string]bool

// sharing shows what goes on, or brings what is shown up to date.
func (f *Flow) sharing() {
	f.open(stepDone, func(s *page.Scope) fyne.CanvasObject {
		r := &room{flow: f, scope: s, now: s.Child(), top: container.NewVBox(), people: container.NewVBox(), clock: widget.NewCode("0:00")}
		r.clock.Spaced, r.clock.Height = false, base.SizeNameHeadingText
		r.hold = widget.NewButton("", nil, func() { f.pause(!f.paused()) })
		stop := widget.NewButton(lang.L("Stop everything"), base.MediaStopIcon(), f.stopAll)
		stop.Importance = fynewidget.DangerImportance
		r.ends = container.NewGridWithColumns(2, container.New(tall(52), r.hold), container.New(tall(52), stop))
		f.room = r
		f.frame.SetKeys(page.Keys{Escape: f.stopAll})
		f.frame.OnKey(f.active)
		tick(s, time.Time{}, func(time.Duration) { r.clock.SetText(page.Clock(time.Since(f.begun()))) })
		r.refresh()
		return widget.Inset(12, widget.NewColumn(720, container.NewBorder(r.top, nil, nil, nil, container.NewVScroll(r.people))))
	})
}

// changed brings the page up to date, unless the person is asked something.
func (f *Flow) changed() {
	switch {
	case f.front != nil || len(f.lively()) == 0:
	case f.room != nil && !f.room.scope.Ended():
		f.room.refresh()
	default:
		f.turn()
	}
}

// begun is when the first of those who are there came.
func (f *Flow) begun() (t time.Time) {
	for _, h := range f.lively() {
		if t.IsZero() || h.since.Before(t) {
			t = h.since
		}
	}
	return t
}

// refresh shows how it stands.
func (r *room) refresh() {
	f := r.flow
	r.now.End()
	r.now = r.scope.Child()
	now := f.headline()
	r.clock.Color = base.ColorNameError
	if now.hidden {
		r.clock.Color = base.ColorNameForeground
	}
	banner := widget.NewNotice(now.tone, now.what, now.more)
	banner.Content = container.NewBorder(nil, nil, nil, widget.Inset(6, container.NewCenter(r.clock)), banner.Content)

	r.hold.Text, r.hold.Icon, r.hold.Importance = lang.L("Pause"), base.MediaPauseIcon(), fynewidget.MediumImportance
	if f.paused() {
		r.hold.Text, r.hold.Icon, r.hold.Importance = lang.L("Go on"), base.MediaPlayIcon(), fynewidget.HighImportance
	}
	r.hold.Refresh()
	r.top.Objects = []fyne.CanvasObject{banner}
	for _, h := range f.lively() {
		if !h.news.Ends.IsZero() {
			r.top.Add(h.ending(r.now))
		}
		if h.trouble != nil {
			r.top.Add(h.snag())
		}
	}
	r.top.Add(r.ends)
	r.top.Add(r.ways())
	r.people.Objects = nil
	for _, h := range f.sessions {
		if h.live() || h.asking == session.Allowed || h.asking == session.Paused {
			r.people.Add(h.person(r))
		}
	}
	r.top.Refresh()
	r.people.Refresh()
	f.frame.Settle()
}

// ways names the ways to stop.
func (r *room) ways() fyne.CanvasObject {
	key := r.flow.c.Hosting.Hotkey()
	if key == "" {
		return widget.NewCaption(lang.L("You can stop at any time, also with the Escape key in this window. Then nothing more is shown at once."))
	}
	return widget.NewCaption(lang.L("{{.Keys}} stops everything at once, from anywhere; so does the Escape key in this window.", map[string]any{"Keys": keys(key)}))
}

// keys are a chord as the keyboard of this language names it.
func keys(chord string) string {
	all := strings.Split(chord, "+")
	for i, key := range all {
		switch key {
		case "Ctrl":
			all[i] = lang.X("key Ctrl", "Ctrl")
		case "Shift":
			all[i] = lang.X("key Shift", "Shift")
		case "End":
			all[i] = lang.X("key End", "End")
		}
	}
	return strings.Join(all, "+")
}

// ending tells that the session ends by itself soon.
func (h *hosted) ending(s *page.Scope) fyne.CanvasObject {
	left := widget.NewText("")
	left.TextStyle.Bold = true
	tick(s, h.news.Ends, func(rest time.Duration) {
		left.SetText(lang.L("This ends by itself in {{.Time}}", map[string]any{"Time": page.Clock(rest)}))
	})
	if h.news.Limit == session.LimitIdle {
		here := widget.NewButton(lang.L("I am still here"), base.ConfirmIcon(), h.control.Active)
		words := container.New(layout.NewCustomPaddedVBoxLayout(-10), left, widget.NewText(lang.L("Nothing has happened for 9 minutes.")))
		return widget.NewGround(widget.Warning, container.NewBorder(nil, nil, nil, container.NewCenter(here), words))
	}
	why := lang.L("It lasts 60 minutes at most. For more, {{.Name}} asks again and you are asked again.", h.who())
	return widget.NewGround(widget.Warning, container.New(layout.NewCustomPaddedVBoxLayout(-10), left, widget.NewText(why)))
}

// tall gives its content at least so much height.
type tall float32

func (t tall) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	layout.NewStackLayout().Layout(objects, size)
}

func (t tall) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return layout.NewStackLayout().MinSize(objects).Max(fyne.NewSize(0, float32(t)))
}
