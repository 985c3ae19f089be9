//go:build !headless

package customer

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rights"
)

// headline is how it stands, in one sentence and what that means.
type headline struct {
	tone       widget.Tone
	what, more string
	hidden     bool // nothing of the screen leaves
}

// headline is about all sessions in which somebody may do something.
func (f *Flow) headline() headline {
	all := f.lively()
	var seers []*hosted
	held, cut, locked, filmed := 0, 0, 0, false
	for _, h := range all {
		if h.news.Given.Has(rights.See) {
			seers = append(seers, h)
			filmed = filmed || h.news.Given.Has(rights.Film)
		}
		if h.news.NoObserver {
			held++
		}
		if h.news.Locked {
			locked++
		}
		if h.news.Interrupted {
			cut++
		}
	}
	switch {
	case len(all) == 0:
		return headline{}
	case f.paused():
		if len(all) == 1 {
			return headline{widget.Good, lang.L("Paused: {{.Name}} sees nothing", all[0].who()), lang.L("They are told that you have paused. Only you can go on."), true}
		}
		return headline{widget.Good, lang.L("Paused: nobody sees anything"), lang.L("They are told that you have paused. Only you can go on."), true}
	case locked == len(all):
		return headline{widget.Good, lang.L("Nothing is shown: your screen is locked"), lang.L("It goes on when you unlock it."), true}
	case held == len(all):
		return headline{widget.Warning, lang.L("Nothing is shown: the observer is missing"), lang.L("Your support has decided that a second person looks on. It begins when they are there, and goes on only while they are."), true}
	case cut == len(all):
		return headline{widget.Warning, lang.L("The connection is interrupted"), lang.L("It comes back by itself. Nothing is shown until then. You need do nothing, and can stop at any time."), true}
	case len(seers) == 0 && len(all) == 1:
		return headline{widget.Primary, lang.L("{{.Name}} helps you and does not see your screen", all[0].who()), way(all[0].news.Path), true}
	case len(seers) == 0:
		return headline{widget.Primary, lang.L("You are being helped; nobody sees your screen"), "", true}
	case len(seers) == 1:
		more := lang.L("What is shown: {{.Sight}}.", map[string]any{"Sight": shown(seers[0].news.Sight)})
		if w := way(seers[0].news.Path); w != "" {
			more += " " + w
		}
		if filmed {
			return headline{widget.Bad, lang.L("{{.Name}} sees your screen and may keep a film of it", seers[0].who()), more, false}
		}
		return headline{widget.Bad, lang.L("{{.Name}} sees your screen", seers[0].who()), more, false}
	}
	more := ""
	if filmed {
		more = lang.L("A film of it may be kept.")
	}
	return headline{widget.Bad, lang.N("{{.Count}} people see your screen", len(seers), map[string]any{"Count": len(seers)}), more, false}
}

// way says how the two computers reach each other.
func way(path string) string {
	switch path {
	case session.PathDirect:
		return lang.L("Directly connected, encrypted.")
	case session.PathRelayed:
		return lang.L("Connected through the support's relay, which cannot read it.")
	}
	return ""
}

// paused says whether the customer has paused all that could be seen.
func (f *Flow) paused() bool {
	all := f.lively()
	for _, h := range all {
		if h.asking != session.Paused {
			return false
		}
	}
	return len(all) > 0
}

// pause blanks what is seen, or ends that. The sessions are told before the
// window changes.
func (f *Flow) pause(on bool) {
	for _, h := range f.lively() {
		if on {
			h.control.Pause()
			h.asking = h.asking.Next(session.AnswerPause)
		} else {
			h.control.Resume()
			h.asking = h.asking.Next(session.AnswerResume)
		}
	}
	f.changed()
}

// active says to all sessions that somebody is there.
func (f *Flow) active() {
	for _, h := range f.lively() {
		h.control.Active()
	}
}

// snag tells what did not work.
func (h *hosted) snag() fyne.CanvasObject {
	ok := widget.NewButton(lang.L("Close"), nil, func() { h.failed(nil) })
	var s page.Snag
	if !errors.As(h.trouble, &s) {
		return page.Trouble(h.trouble, ok)
	}
	words := map[page.Snag]string{
		page.SnagSecret:   lang.L("What you copied is a password. It was not sent."),
		page.SnagLarge:    lang.L("What you copied is too long. It was not sent."),
		page.SnagEvidence: lang.L("Nothing of this was collected, or you unticked it. Nothing was sent."),
		page.SnagLocked:   lang.L("Your screen was locked while you were asked. The answer was no."),
		page.SnagSight:    lang.L("This cannot be shown by itself."),
	}[s]
	return widget.NewNotice(widget.Warning, words, "", ok)
}
