//go:build !headless

package supporter

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
)

// signIn shows the first page, with a note below the button.
func (f *Flow) signIn(note string) {
	desk, user, password := fynewidget.NewEntry(), fynewidget.NewEntry(), fynewidget.NewPasswordEntry()
	f.frame.Open(func(s *page.Scope) fyne.CanvasObject {
		desk.SetPlaceHolder(lang.L("Address of the desk, https://…"))
		user.SetPlaceHolder(lang.L("User name"))
		password.SetPlaceHolder(lang.L("Password"))
		desk.SetText(f.c.Account.Desk)
		user.SetText(f.c.Account.User)
		result := container.NewVBox()
		if note != "" {
			result.Add(widget.NewCaption(note))
		}
		bar := fynewidget.NewProgressBarInfinite()
		bar.Hide()
		var button *widget.Button
		try := func() {
			if button.Disabled() {
				return
			}
			account := page.Account{Desk: strings.TrimSpace(desk.Text), User: strings.TrimSpace(user.Text)}
			secret := password.Text
			for _, field := range []*fynewidget.Entry{desk, user, password} {
				if strings.TrimSpace(field.Text) == "" {
					f.frame.Focus(field)
					return
				}
			}
			button.Disable()
			bar.Show()
			result.RemoveAll()
			f.try(s, account, secret, func(err error) {
				f.frame.Log(err)
				button.Enable()
				bar.Hide()
				result.Objects = []fyne.CanvasObject{page.Trouble(err)}
				f.frame.Settle()
				f.frame.Focus(password)
			})
		}
		button = widget.NewMain(lang.L("Sign in"), base.LoginIcon(), try)
		for _, field := range []*fynewidget.Entry{desk, user, password} {
			field.OnSubmitted = func(string) { try() }
		}
		f.frame.SetKeys(page.Keys{Enter: try})
		body := container.NewVBox(
			widget.NewSubheading(lang.L("Sign in to your desk")),
			labelled(lang.L("Desk"), desk), labelled(lang.L("User name"), user), labelled(lang.L("Password"), password),
			widget.NewText(""), container.NewBorder(nil, nil, nil, button, container.NewVBox(layout.NewSpacer(), bar, layout.NewSpacer())), result)
		return widget.Inset(12, widget.NewCentred(440, widget.NewCard(widget.Inset(10, body))))
	})
	switch {
	case desk.Text == "":
		f.frame.Focus(desk)
	case user.Text == "":
		f.frame.Focus(user)
	default:
		f.frame.Focus(password)
	}
}

// connection is a desk that has accepted a sign-in.
type connection struct {
	desk page.StaffDesk
	me   api.SignedIn
}

func (f *Flow) try(s *page.Scope, account page.Account, password string, failed func(error)) {
	page.Load(s,
		func(ctx context.Context) (connection, error) {
			desk, err := f.c.Dial(account.Desk)
			if err != nil {
				return connection{}, err
			}
			me, err := desk.SignIn(ctx, account.User, password)
			return connection{desk, me}, err
		},
		func(c connection, err error) {
			if err != nil {
				failed(err)
				return
			}
			f.c.Account = account
			if f.c.Remember != nil {
				f.frame.Log(f.c.Remember(account))
			}
			f.signedIn(c.desk, c.me)
		})
}

// labelled puts a field's name above it.
func labelled(name string, field fyne.CanvasObject) fyne.CanvasObject {
	l := fynewidget.NewLabel(name)
	l.TextStyle.Bold = true
	return container.New(layout.NewCustomPaddedVBoxLayout(-4), l, field)
}
