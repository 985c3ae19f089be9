//go:build !headless

package customer

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
)

// question asks how much of a profile is used. Nothing is collected before the
// answer. Words and logs alone is where Enter, Escape and the space bar lead.
func (f *Flow) question(q page.Question) {
	var words *widget.Button
	f.open(stepDescribe, func(*page.Scope) fyne.CanvasObject {
		answer := func(all bool) func() {
			return func() {
				f.all = all
				f.begin()
			}
		}
		less := answer(false)
		words = widget.NewMain(lang.L("Use only its words and logs"), base.ConfirmIcon(), less)
		words.Escape = less
		buttons := []fyne.CanvasObject{words}
		if q.Wishes.Beyond() {
			buttons = append(buttons, widget.NewButton(lang.L("Use everything it asks for"), base.WarningIcon(), answer(true)))
		}
		f.frame.SetKeys(page.Keys{Enter: less, Escape: less})
		body := widget.NewColumn(760, widget.NewCard(container.NewBorder(about(q), nil, nil, nil, container.NewVScroll(wishes(q)))))
		note := widget.NewCaption(lang.L("You will see everything before it is sent. Nothing is sent yet."))
		return foot(body, note, nil, buttons...)
	})
	f.frame.Focus(words)
}

// about says whose profile it is, as far as that is known.
func about(q page.Question) fyne.CanvasObject {
	data := map[string]any{"File": page.Plain(q.File), "Name": page.Plain(q.Name), "Key": page.Plain(q.Signer)}
	who := lang.L("The support profile {{.File}} says that it is from {{.Name}}. It is not signed, so nobody vouches for that.", data)
	if q.Signer != "" {
		who = lang.L("The support profile {{.File}} says that it is from {{.Name}}. It is signed with a key that you have not named: {{.Key}}.", data)
	}
	todo := lang.L("It asks for what stands below. Did you not expect that? Then use only its words and logs: they are enough to ask for help.")
	if !q.Wishes.Beyond() {
		todo = lang.L("It would start no program, contact nobody, and take nothing but logs.")
	}
	notice := widget.NewNotice(widget.Warning, who, todo)
	return container.NewVBox(widget.NewHeading(lang.L("Do you know who this profile is from?")), notice)
}

// wishes lists all that the profile would have done on this machine. Its own
// limits bound the list; nothing of it is left out here.
func wishes(q page.Question) fyne.CanvasObject {
	programs := make([]string, len(q.Wishes.Programs))
	for i, args := range q.Wishes.Programs {
		programs[i] = page.CommandLine(args)
	}
	body := container.New(layout.NewCustomPaddedVBoxLayout(2))
	add := func(title string, lines []string) {
		if len(lines) == 0 {
			return
		}
		head := widget.NewText(title)
		head.TextStyle.Bold = true
		body.Add(head)
		for _, line := range lines {
			body.Add(wish(page.Plain(line)))
		}
	}
	add(lang.L("It would start these programs:"), programs)
	add(lang.L("It would take these files and folders:"), q.Wishes.Files)
	add(lang.L("It would read these keys of the Windows registry:"), q.Wishes.Registry)
	add(lang.L("It would take the values of these environment variables:"), q.Wishes.Variables)
	add(lang.L("It would contact these addresses:"), q.Wishes.Addresses)
	add(lang.L("In any case the newest part of these logs is taken:"), q.Wishes.Logs)
	if q.Desk != "" {
		add(lang.L("What you send later goes to:"), []string{q.Desk})
	}
	return body
}

// wish is one thing in the machine's own words, wrapped where it is too long
// and indented, so that where it begins can be seen.
func wish(text string) fyne.CanvasObject {
	l := widget.NewText(text)
	l.TextStyle.Monospace = true
	l.Wrapping = fyne.TextWrapBreak
	l.Selectable = true
	mark := fynewidget.NewLabel("•")
	return container.New(layout.NewCustomPaddedLayout(-8, -8, 8, 0), container.NewBorder(nil, nil, container.NewVBox(mark), nil, l))
}
