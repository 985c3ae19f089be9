//go:build !headless

package supporter

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session/record"
)

// kept is a session's record as the desk has it, checked.
type kept struct {
	text    []byte
	chain   *record.Chain
	entries []record.Entry // those that hold
	err     error          // why it does not hold; nil: it does
}

// check reads a record as record.Read does, and keeps what its entries tell.
func check(text []byte) (k kept) {
	k.text = text
	k.chain, k.err = record.Read(bytes.NewReader(text))
	again := &record.Chain{}
	lines, _ := record.Lines(text)
	for _, line := range lines {
		n := again.Len()
		if again.Add(line) != nil {
			break
		}
		if again.Len() > n {
			k.entries = append(k.entries, again.Last())
		}
	}
	return k
}

// record shows the desk's copy of a session's record, and whether it holds.
func (f *Flow) record(t api.Ticket, one api.Session) {
	f.frame.Open(func(s *page.Scope) fyne.CanvasObject {
		back := func() { f.ticket(t.Number) }
		f.frame.SetKeys(page.Keys{Escape: back})
		body := container.NewStack(evidence.Busy(lang.L("Asking the desk …")))
		page.Load(s,
			func(ctx context.Context) (kept, error) {
				text, err := f.desk.Record(ctx, one.ID)
				if err != nil {
					return kept{}, fmt.Errorf("fetch the session's record: %w", err)
				}
				return check(text), nil
			},
			func(k kept, err error) {
				if err != nil {
					f.frame.Log(err)
					again := widget.NewButton(lang.L("Try again"), base.ViewRefreshIcon(), func() { f.record(t, one) })
					body.Objects = []fyne.CanvasObject{widget.NewCentred(620, widget.NewCard(page.Trouble(err, again)))}
				} else {
					body.Objects = []fyne.CanvasObject{f.showRecord(s, one, k)}
				}
				body.Refresh()
			})
		button := widget.NewButton(lang.L("Back to the ticket"), base.NavigateBackIcon(), back)
		button.Importance = fynewidget.LowImportance
		title := widget.NewSubheading(lang.L("Record of the session with {{.Name}}, {{.Time}}",
			map[string]any{"Name": one.Supporter, "Time": page.When(one.Asked)}))
		return widget.Inset(12, container.NewBorder(container.NewBorder(nil, nil, button, nil, title), nil, nil, nil, body))
	})
}

// showRecord is the record in plain lines under what is to be said of it.
func (f *Flow) showRecord(s *page.Scope, one api.Session, k kept) fyne.CanvasObject {
	said := container.NewStack(verdict(one, k))
	save := widget.NewButton(lang.L("Save as file …"), base.DocumentSaveIcon(), func() { f.saveRecord(s, k, said) })
	other := widget.NewButton(lang.L("Compare with the customer's copy …"), base.FileIcon(), func() { f.compare(s, k, said) })
	if k.chain.Len() == 0 {
		other.Disable()
	}
	lines := container.NewVBox()
	for _, e := range k.entries {
		lines.Add(newRecordLine(e))
	}
	top := container.NewVBox(said, container.NewHBox(save, other))
	return container.NewBorder(widget.Inset(4, top), nil, nil, nil,
		widget.Inset(4, widget.NewCard(container.NewVScroll(lines))))
}

// verdict says whether a record holds, and if not, from where on and why.
func verdict(one api.Session, k kept) fyne.CanvasObject {
	var fault *record.Fault
	switch {
	case errors.As(k.err, &fault):
		return widget.NewNotice(widget.Bad, lang.L("This record does not hold."),
			lang.L("Line {{.Line}}: {{.Why}}. What stands below comes before it.", map[string]any{"Line": fault.Line, "Why": page.Known(fault.Err.Error())}))
	case errors.Is(k.err, record.ErrEmpty):
		return widget.NewNotice(widget.Neutral, lang.L("There is no record of this session."), lang.L("The customer's program had not begun one, or could not bring it to the desk."))
	case k.err != nil:
		return widget.NewNotice(widget.Bad, lang.L("This record does not hold."), page.Known(record.ErrFull.Error()))
	case k.chain.First().Session != one.ID:
		return widget.NewNotice(widget.Bad, lang.L("This record does not hold."), lang.L("It belongs to another session."))
	}
	data := map[string]any{"Entries": k.chain.Len(), "Signed": k.chain.Countersigned()}
	signed := lang.L("{{.Entries}} entries, each signed by the customer's program; up to entry {{.Signed}} countersigned by the supporter's.", data)
	if !k.chain.Ended() {
		return widget.NewNotice(widget.Warning, lang.L("This record holds, but has no end yet."), signed)
	}
	return widget.NewNotice(widget.Good, lang.L("This record holds and is whole."), signed)
}

// saveRecord keeps the desk's copy as a file, as it is.
func (f *Flow) saveRecord(s *page.Scope, k kept, said *fyne.Container) {
	ask := dialog.NewFileSave(func(to fyne.URIWriteCloser, err error) {
		if to == nil && err == nil {
			return // thought better of it
		}
		if err == nil {
			_, err = to.Write(k.text)
			if err = errors.Join(err, to.Close()); err != nil {
				err = fmt.Errorf("write the record: %w", err)
			}
		}
		if err != nil {
			f.frame.Log(err)
			f.say(s, said, page.Trouble(err))
			return
		}
		f.say(s, said, widget.NewNotice(widget.Good, lang.L("Saved as {{.File}}.", map[string]any{"File": to.URI().Path()}), ""))
	}, f.frame.Window)
	ask.SetFileName("beistand-session-" + k.at().Format("2006-01-02-1504") + ".jsonl")
	f.large(ask)
}

// at is when the record begins.
func (k kept) at() time.Time {
	if k.chain.Len() == 0 {
		return time.Now()
	}
	return k.chain.First().At.Local()
}

// say puts something where the verdict was.
func (f *Flow) say(s *page.Scope, said *fyne.Container, o fyne.CanvasObject) {
	if s.Ended() {
		return
	}
	said.Objects = []fyne.CanvasObject{o}
	f.frame.Settle()
}

// large gives a file dialog the window's room.
func (f *Flow) large(d interface {
	Resize(fyne.Size)
	Show()
},
) {
	d.Resize(f.frame.Window.Canvas().Size().SubtractWidthHeight(80, 80))
	d.Show()
}
