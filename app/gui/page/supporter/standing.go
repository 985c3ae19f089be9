//go:build !headless

package supporter

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rights"
)

// heard takes how the session stands now.
func (w *watched) heard(n page.Standing) {
	before := w.now
	if n.Path == "" {
		n.Path = before.Path
	}
	w.now = n
	switch n.Phase {
	case session.PhaseWaiting:
		w.waiting(lang.L("Waiting for the customer's program …"))
	case session.PhaseCode:
		w.waiting(lang.L("The code is being checked …"))
	case session.PhaseConsent:
		w.waiting(lang.L("The code is right. Now the customer is asked for consent …"))
	case session.PhaseConnecting:
		w.waiting(lang.L("The two computers are being connected …"))
	case session.PhaseWatching:
		if w.since.IsZero() && n.Given != 0 && !n.Given.Has(rights.See) { // no picture comes, and there is something to do
			w.since = time.Now()
			w.bar.show()
		}
	}
	w.bar.heard(before)
	w.side.heard(before)
	w.film.heard(before)
	w.veil()
	w.hands.heard()
	w.tell()
}

func (w *watched) waiting(words string) {
	if w.since.IsZero() {
		w.put(evidence.Busy(words))
	}
}

// blank is what stands in the picture's place, or nil.
func (w *watched) blank() fyne.CanvasObject {
	switch {
	case w.now.Paused:
		return widget.NewNotice(widget.Neutral, lang.L("Paused by the customer"), lang.L("Nothing is shown until the customer goes on."))
	case w.now.Locked:
		return widget.NewNotice(widget.Neutral, lang.L("The customer's screen is locked"), lang.L("Nothing is shown until the customer comes back and unlocks it."))
	case w.now.NoObserver:
		return widget.NewNotice(widget.Warning, lang.L("The observer is missing"), lang.L("The customer's organisation wants somebody to look on. It goes on when they are there."))
	case w.pictureless():
		return widget.NewNotice(widget.Neutral, lang.L("The screen is not shown"), lang.L("You can ask for it above. What else is allowed goes on."))
	}
	return nil
}

// pictureless says that the session goes on without the right to see.
func (w *watched) pictureless() bool {
	return !w.since.IsZero() && w.now.Phase == session.PhaseWatching && !w.now.Given.Has(rights.See)
}

// veil blanks the picture while nothing may be shown, and dims it while
// nothing comes through. After a blank the next picture shows itself.
func (w *watched) veil() {
	bare := w.pictureless()
	defer func() {
		if bare || bare != w.ground.bare {
			w.ground.bare = bare
			w.stand.Refresh()
		}
	}()
	if words := w.blank(); words != nil {
		if bare && w.side.object.Visible() {
			w.put(widget.Inset(4, words))
		} else {
			w.put(container.NewStack(canvas.NewRectangle(color.Black), middle(words)))
		}
	}
	w.shade.Objects = nil
	if w.now.Broken && !w.since.IsZero() {
		todo := lang.L("It comes back by itself; nobody need do anything.")
		if w.now.NoDesk {
			todo = lang.L("The desk cannot be reached either. It comes back by itself as soon as there is a network again.")
		}
		words := widget.NewNotice(widget.Warning, lang.L("The connection is interrupted"), todo)
		w.shade.Objects = []fyne.CanvasObject{canvas.NewRectangle(color.NRGBA{A: 150}), middle(words)}
	}
	w.shade.Refresh()
	w.picture.SetUnder(w.shade.Objects != nil)
}

// middle puts a notice into the middle of the picture.
func middle(words fyne.CanvasObject) fyne.CanvasObject { return widget.NewCentred(460, words) }

// tell renews the status line.
func (w *watched) tell() {
	w.status.SetText(w.line())
	w.film.tell()
}

func (w *watched) line() string {
	data := map[string]any{"Name": customerName(w.ticket), "Number": w.ticket.Number}
	switch {
	case !w.since.IsZero():
	case w.now.Paused:
		return lang.L("{{.Name}}, ticket {{.Number}}: paused by the customer", data)
	case w.now.NoObserver:
		return lang.L("{{.Name}}, ticket {{.Number}}: held, the observer is missing", data)
	default:
		return lang.L("{{.Name}}, ticket {{.Number}}", data)
	}
	data["Time"], data["Path"] = page.Clock(time.Since(w.since)), lang.L("direct connection")
	if w.now.Path == session.PathRelayed {
		data["Path"] = lang.L("relayed connection")
	}
	var text string
	switch {
	case w.now.Broken:
		data["Time"] = page.Clock(max(0, time.Since(w.now.Since)))
		text = lang.L("{{.Name}}, ticket {{.Number}}: interrupted for {{.Time}}", data)
	case w.now.Paused:
		text = lang.L("{{.Name}}, ticket {{.Number}}: paused by the customer", data)
	case w.now.Locked:
		text = lang.L("{{.Name}}, ticket {{.Number}}: held, the screen is locked", data)
	case w.now.NoObserver:
		text = lang.L("{{.Name}}, ticket {{.Number}}: held, the observer is missing", data)
	default:
		text = lang.L("{{.Name}}, ticket {{.Number}}: live for {{.Time}}, {{.Path}}", data)
	}
	if w.asked.Role == api.RoleExpert || w.asked.Role == api.RoleObserver {
		text += " · " + page.Role(w.asked.Role)
	}
	if !w.now.Ends.IsZero() {
		text += " · " + w.ending()
	}
	return text
}

// ending says when and why the session ends by itself.
func (w *watched) ending() string {
	data := map[string]any{"Time": page.Clock(max(0, time.Until(w.now.Ends)))}
	if w.now.Limit == session.LimitIdle {
		return lang.L("ends in {{.Time}}, because nothing happens", data)
	}
	return lang.L("ends in {{.Time}}, after 60 minutes", data)
}
