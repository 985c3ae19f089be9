//go:build !headless

package supporter

import (
	"context"
	"errors"
	"image"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/surface"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/pixel"
)

// watched is one session on this side. All but picture, repaint, news and live
// belong to the user interface's thread.
type watched struct {
	flow    *Flow
	ticket  api.Ticket
	asked   api.Session
	scope   *page.Scope // ending it is the supporter's stop
	helping page.Helping
	now     page.Standing
	since   time.Time // the first picture

	picture *surface.Surface
	repaint *page.Newest[struct{}]
	news    *page.Newest[page.Standing]
	live    atomic.Bool // the picture is in the window

	body   *fyne.Container // the screen, or what is there instead
	screen *widget.Screen
	shade  *fyne.Container // over the picture while nothing comes through
	ground *ground
	stand  *fyne.Container // laid out by ground
	active *activity
	status *fynewidget.Label
	bar    *bar
	hands  *hands
	side   *side
	film   *filmer
}

// watch joins the session and shows how far it is, then the picture.
func (f *Flow) watch(t api.Ticket, asked api.Session, code string) {
	f.frame.Open(func(s *page.Scope) fyne.CanvasObject {
		w := &watched{flow: f, ticket: t, asked: asked, scope: s.Child()}
		w.picture = surface.New(w.scope.UI)
		w.scope.Go(func(ctx context.Context) {
			<-ctx.Done()
			w.picture.Close()
		})
		w.repaint, w.news = page.NewNewest(w.scope, w.paint), page.NewNewest(w.scope, w.heard)
		view := w.build()
		w.waiting(lang.L("The code is being checked …"))
		tick(s, w.tell)
		desk := f.desk
		w.scope.Go(func(ctx context.Context) {
			end, err := desk.Watch(ctx, w.watching(code))
			s.UI(func() {
				if w.scope.Ended() && end.Started.IsZero() { // Stop was pressed
					err = context.Canceled
				}
				f.watchEnded(t, asked, end, err, w.film.kept())
			})
		})
		return view
	})
}

// build puts the page together.
func (w *watched) build() fyne.CanvasObject {
	f := w.flow
	w.screen = widget.NewScreen(w.picture)
	w.active = newActivity()
	w.shade = container.NewStack()
	w.status = fynewidget.NewLabel("")
	w.status.Truncation = fyne.TextTruncateEllipsis
	w.body = container.NewStack()
	w.bar = newBar(w)
	w.hands = newHands(w)
	w.side = newSide(w)
	w.film = newFilmer(w)
	stop := widget.NewButton(lang.L("Stop"), base.MediaStopIcon(), w.stop)
	stop.Importance = fynewidget.DangerImportance
	f.frame.SetKeys(page.Keys{Escape: func() {
		if w.since.IsZero() { // a stray key must not end what took a call to begin
			w.stop()
		}
	}})
	top := container.NewBorder(nil, nil, nil, container.NewHBox(w.hands.words, w.hands.zoom, w.film.button, w.side.figures, w.side.toggle, stop), w.status)
	head := container.NewVBox(widget.Inset(4, container.NewVBox(top, w.bar.row(w.hands.modes))), fynewidget.NewSeparator(), w.bar.note, w.hands.strip)
	w.ground = &ground{}
	w.stand = container.New(w.ground, w.body, w.side.object, w.shade)
	return container.NewStack(w.active, container.NewBorder(head, nil, nil, nil, w.stand))
}

// watching are the page's ears. They are called from the session's goroutines.
func (w *watched) watching(code string) page.Watching {
	return page.Watching{
		Session: w.asked, Code: code, Show: w.show, Cursor: w.cursor,
		Notify: func(n page.Standing) {
			if n.Paused || n.Locked || n.NoObserver { // at once, whatever the window is busy with
				w.picture.Clear()
			}
			w.news.Put(n)
		},
		Joined: func(h page.Helping) {
			w.scope.UI(func() {
				w.helping = h
				w.active.does, w.screen.Touched = h.Active, h.Active
			})
		},
		Clip:     func(text string) { w.scope.UI(func() { w.side.clip(text) }) },
		Vitals:   func(text string) { w.scope.UI(func() { w.side.sample(text) }) },
		Evidence: w.side.evidence,
		Offered:  w.side.offered,
	}
}

// watchEnded goes back to the code if the session still waits for it; film says
// where films of it are, nil: there are none.
func (f *Flow) watchEnded(t api.Ticket, asked api.Session, end session.End, err error, film fyne.CanvasObject) {
	f.frame.Window.SetOnDropped(nil)
	if errors.Is(err, session.ErrBadCode) || errors.Is(err, session.ErrNotThisSession) {
		what, todo := page.Explain(err)
		f.code(t, asked, what+" "+todo)
		return
	}
	f.over(t, asked, end, err, film)
}

func (w *watched) stop() {
	w.hands.end()
	w.scope.End()
	w.put(evidence.Busy(lang.L("Ending …")))
}

// show takes a picture from the session's goroutine. Once the first is in the
// window, the others do not trouble the user interface.
func (w *watched) show(picture *pixel.Bitmap, changed []image.Rectangle) {
	w.picture.Update(picture, changed)
	if !w.live.Load() {
		w.repaint.Put(struct{}{})
	}
}

// cursor shows the customer's pointer.
func (w *watched) cursor(shape *pixel.Shape, at image.Point) {
	w.picture.SetCursor(shape, at)
}

func (w *watched) paint(struct{}) {
	if w.since.IsZero() {
		w.since = time.Now()
		w.bar.show()
	}
	if w.blank() == nil && !w.showing() {
		w.put(w.screen)
		w.hands.heard()
		w.side.measurable()
		w.film.heard(w.now)
		w.tell()
	}
}

// showing says whether the picture is in the window: what is not there cannot
// have the focus.
func (w *watched) showing() bool {
	return len(w.body.Objects) == 1 && w.body.Objects[0] == fyne.CanvasObject(w.screen)
}

func (w *watched) put(o fyne.CanvasObject) {
	w.body.Objects = []fyne.CanvasObject{o}
	w.body.Refresh()
	w.live.Store(w.showing())
	w.picture.Look()
}
