//go:build !headless

package supporter

import (
	"fmt"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session/film"
	"github.com/beistand/beistand/session/rights"
)

// filmer keeps films of what is seen, from the question for the right to where
// they lie. With a film that the supporter ends the right is given back: the
// customer knows that there is none any more, and the record says so.
type filmer struct {
	of     *watched
	button *widget.Button
	since  time.Time  // since when one is kept; zero: none is
	says   rights.Set // the end of these is told here

	mu   sync.Mutex // guards ends
	ends []page.FilmEnd
}

func newFilmer(w *watched) *filmer {
	f := &filmer{of: w}
	f.button = widget.NewButton(lang.L("Keep a film"), base.MediaRecordIcon(), f.press)
	f.button.Hide()
	return f
}

// filming is what keeps a film, if something can.
func (f *filmer) filming() (page.Filming, bool) {
	from, ok := f.of.helping.(page.Filming)
	return from, ok && film.Can() && f.of.asked.Role != api.RoleObserver
}

// heard shows whether a film can be kept, and asks where once that was allowed.
func (f *filmer) heard(before page.Standing) {
	now := f.of.now
	_, can := f.filming()
	if can = can && !f.of.since.IsZero(); can == f.button.Hidden {
		f.button.Hidden = !can
		f.of.flow.frame.Settle()
	}
	mine := rights.Of(rights.Film, rights.See)
	gained := now.Given.Both(mine) == mine && before.Given.Both(mine) != mine
	if gained && now.Asked.Rights.Has(rights.Film) && f.since.IsZero() {
		f.choose()
	}
	f.says = f.says.Both(now.Given)
	f.tell()
}

// tells are the rights of whose end more is said here.
func (f *filmer) tells() rights.Set { return f.says }

// press begins a film or ends it, and asks for the right before.
func (f *filmer) press() {
	from, ok := f.filming()
	switch {
	case !ok:
	case !f.since.IsZero():
		from.EndFilm()
	case f.of.now.Given.Has(rights.Film, rights.See):
		f.choose()
	default:
		f.of.bar.pressed(rights.Film)
	}
}

// choose asks where a film is to be kept, and begins it.
func (f *filmer) choose() {
	w := f.of
	ask := dialog.NewFileSave(func(to fyne.URIWriteCloser, err error) {
		if to == nil && err == nil {
			return // thought better of it
		}
		if err == nil {
			err = to.Close() // it is written from elsewhere
		}
		if err != nil {
			w.bar.trouble(err)
			return
		}
		f.begin(to.URI().Path())
	}, w.flow.frame.Window)
	ask.SetFileName(fmt.Sprintf("%d-%s.webm", w.ticket.Number, time.Now().Format("2006-01-02-1504")))
	w.flow.large(ask)
}

func (f *filmer) begin(path string) {
	from, ok := f.filming()
	if !ok || !f.since.IsZero() {
		return
	}
	f.since = time.Now() // what ends at once finds it begun
	err := from.Film(path, func(e page.FilmEnd) {
		f.mu.Lock()
		f.ends = append(f.ends, e)
		f.mu.Unlock()
		f.of.scope.UI(func() { f.ended(e) })
	})
	if err != nil {
		f.since = time.Time{}
		f.of.bar.trouble(err)
	} else {
		f.says = rights.Of(rights.Film)
	}
	f.tell()
}

// ended says how a film ended.
func (f *filmer) ended(e page.FilmEnd) {
	f.since = time.Time{}
	words, good := filmWords(e)
	tone := widget.Warning
	if good {
		tone = widget.Good
	}
	f.of.bar.tell(tone, words, good)
	if e.Why != nil {
		f.of.flow.frame.Log(e.Why)
	} else if !e.Right && f.of.helping != nil {
		f.of.bar.trouble(f.of.helping.GiveBack(rights.Of(rights.Film)))
	}
	f.tell()
}

// filmWords say in one sentence how a film ended, and whether that was meant so.
func filmWords(e page.FilmEnd) (words string, good bool) {
	data := map[string]any{"Path": page.Plain(e.Path)}
	switch {
	case e.Why != nil:
		what, _ := page.Explain(e.Why)
		data["Why"] = what
		if e.Path == "" {
			return lang.L("No film was kept. {{.Why}}", data), false
		}
		return lang.L("The film has ended: {{.Why}} What was filmed until then is in {{.Path}}.", data), false
	case e.Path == "":
		return lang.L("There was nothing to be seen, and no film was kept."), false
	case e.Right:
		return lang.L("The film has ended, since it is not allowed any more. It is in {{.Path}}.", data), false
	}
	return lang.L("The film is in {{.Path}}.", data), true
}

// tell shows how long the film is.
func (f *filmer) tell() {
	text, icon, importance := lang.L("Keep a film"), base.MediaRecordIcon(), fynewidget.MediumImportance
	if !f.since.IsZero() {
		text = lang.L("Stop the film ({{.Time}})", map[string]any{"Time": page.Clock(time.Since(f.since))})
		icon, importance = base.MediaStopIcon(), fynewidget.WarningImportance
	}
	if f.button.Text != text || f.button.Importance != importance {
		f.button.Text, f.button.Icon, f.button.Importance = text, icon, importance
		f.button.Refresh()
		f.of.flow.frame.Settle()
	}
}

// kept says where the session's films are, after it; nil if there are none.
func (f *filmer) kept() fyne.CanvasObject {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := container.NewVBox()
	for _, e := range f.ends {
		words, _ := filmWords(e)
		all.Add(widget.NewNotice(widget.Neutral, words, ""))
	}
	if len(all.Objects) == 0 {
		return nil
	}
	return all
}
