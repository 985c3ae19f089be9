//go:build !headless

package supporter

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session/rights"
)

// Config is what the flow is made of; see gui.SupporterConfig.
type Config struct {
	Account  page.Account
	Dial     page.Dial
	Findings page.Findings            // may be nil
	Remember func(page.Account) error // may be nil
}

// Flow is one supporter's window. All its fields belong to the user interface's thread.
type Flow struct {
	frame *page.Frame
	c     Config
	who   *fyne.Container // the head's right side

	desk   page.StaffDesk
	me     api.SignedIn
	query  string
	wanted rights.Set // what was asked for last
	opened *opened    // the ticket's bundle that is open; nil if none is
}

// Who is the place in the window's head that says who is signed in.
func Who() *fyne.Container { return container.NewHBox() }

// New shows the sign-in. It is called on the user interface's thread.
func New(frame *page.Frame, who *fyne.Container, c Config) *Flow {
	f := &Flow{frame: frame, c: c, who: who}
	f.signIn("")
	return f
}

// Close lets go of what is open. It is called when the window's work is over.
func (f *Flow) Close() { f.release() }

// signedIn goes on to the tickets.
func (f *Flow) signedIn(desk page.StaffDesk, me api.SignedIn) {
	f.desk, f.me = desk, me
	name := fynewidget.NewLabel(me.Name)
	if me.Organisation != "" {
		name.SetText(me.Name + ", " + me.Organisation)
	}
	out := widget.NewButton(lang.L("Sign out"), base.LogoutIcon(), f.signOut)
	out.Importance = fynewidget.LowImportance
	f.who.Objects = []fyne.CanvasObject{name, out}
	f.tickets()
	f.frame.Settle()
}

// signOut forgets the desk; that the desk forgets as well is told it meanwhile.
func (f *Flow) signOut() {
	desk := f.desk
	f.frame.Go(func(ctx context.Context) {
		if err := desk.SignOut(ctx); err != nil {
			f.frame.UI(func() { f.frame.Log(err) })
		}
	})
	f.release()
	f.desk, f.me, f.query = nil, api.SignedIn{}, ""
	f.who.Objects = nil
	f.who.Refresh()
	f.signIn(lang.L("You are signed out."))
}
