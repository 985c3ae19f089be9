//go:build !headless

package supporter

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session/record"
)

// newRecordLine is an entry: when, and what happened in plain words.
func newRecordLine(e record.Entry) fyne.CanvasObject {
	at := fynewidget.NewLabel(e.At.Local().Format("15:04:05"))
	at.TextStyle.Monospace = true
	at.Importance = fynewidget.LowImportance
	words := widget.NewText(recordWords(e))
	words.Selectable = true
	body := container.New(layout.NewCustomPaddedVBoxLayout(-12), words)
	if e.SHA256 != "" {
		sum := widget.NewCaption("SHA-256 " + e.SHA256)
		sum.Selectable = true
		sum.TextStyle.Monospace = true
		sum.Wrapping = fyne.TextWrapBreak
		body.Add(sum)
	}
	return container.NewBorder(nil, nil, container.NewVBox(at), nil, body)
}

// recordWords is an entry in one sentence.
func recordWords(e record.Entry) string {
	data := map[string]any{
		"Name": page.Plain(e.Supporter), "Organisation": page.Plain(e.Organisation), "Ticket": e.Ticket, "Rights": rightWords(parsed(e.Rights)),
		"File": page.Plain(e.Name), "Size": page.Size(e.Size), "By": by(e.By), "Count": e.Pictures,
		"Names": page.Plain(strings.Join(e.Names, ", ")),
	}
	switch e.What {
	case record.Asked:
		return lang.L("{{.Name}}, {{.Organisation}}, asks for ticket {{.Ticket}}: {{.Rights}}", data)
	case record.Agreed:
		return lang.L("The code was right; both programs have a common key.", data)
	case record.Granted:
		return lang.L("The customer allows: {{.Rights}}", data)
	case record.Refused:
		return lang.L("The customer does not allow: {{.Rights}}", data)
	case record.Revoked:
		if e.By == record.Supporter {
			return lang.L("The supporter gives back: {{.Rights}}", data)
		}
		return lang.L("The customer takes back: {{.Rights}}", data)
	case record.Started:
		return lang.L("The first picture was shown.")
	case record.Scoped:
		switch e.Scope {
		case record.ScopeMonitors:
			return lang.L("Only these monitors are shown from here on: {{.Names}}", data)
		case record.ScopeWindows:
			return lang.L("Only these windows are shown from here on: {{.Names}}", data)
		}
		return lang.L("The whole screen is shown from here on.")
	case record.Paused:
		return lang.L("The customer pauses: nothing is shown and nothing obeyed.")
	case record.Held:
		if e.Reason == record.Locked {
			return lang.L("Held: the customer's screen is locked.")
		}
		return lang.L("Held: the required observer is not there.")
	case record.Resumed:
		return lang.L("It goes on.")
	case record.File:
		if e.Reason == record.CutShort {
			return lang.L("File from the customer, broken off: {{.File}}, {{.Size}} at most", data)
		}
		if e.By == record.Customer {
			return lang.L("File from the customer: {{.File}}, {{.Size}}", data)
		}
		return lang.L("File to the customer: {{.File}}, {{.Size}}", data)
	case record.Evidence:
		if e.Reason == record.CutShort {
			return lang.L("Taken from the customer's machine, broken off: {{.File}}, {{.Size}} at most", data)
		}
		return lang.L("Taken from the customer's machine: {{.File}}, {{.Size}}", data)
	case record.Ended:
		words := lang.N("Ended by {{.By}} after {{.Count}} pictures", int(e.Pictures), data)
		if e.Reason != "" && e.Reason != "ended by the "+e.By { // which has been said
			words += ": " + page.Ending(e.Reason)
		}
		return words
	}
	return page.Plain(string(e.What))
}
