//go:build !headless

package supporter

import (
	"context"
	"errors"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session/record"
)

// compare holds the desk's copy against a file.
func (f *Flow) compare(s *page.Scope, k kept, said *fyne.Container) {
	ask := dialog.NewFileOpen(func(from fyne.URIReadCloser, err error) {
		if from == nil && err == nil {
			return
		}
		if err != nil {
			f.say(s, said, page.Trouble(err))
			return
		}
		name := from.URI().Name()
		page.Load(s, func(context.Context) (*record.Chain, error) { return readCopy(from) },
			func(other *record.Chain, err error) { f.say(s, said, agreement(name, k.chain, other, err)) })
	}, f.frame.Window)
	f.large(ask)
}

func readCopy(from io.ReadCloser) (*record.Chain, error) {
	defer from.Close()
	return record.Read(from)
}

// agreement says how the customer's copy stands to the desk's.
func agreement(name string, desks, other *record.Chain, err error) fyne.CanvasObject {
	data := map[string]any{"File": name}
	if err != nil {
		var fault *record.Fault
		if errors.As(err, &fault) {
			data["Line"], data["Why"] = fault.Line, page.Known(fault.Err.Error())
			return widget.NewNotice(widget.Bad, lang.L("{{.File}} does not hold: line {{.Line}}, {{.Why}}", data), "")
		}
		return page.Trouble(err)
	}
	how, at := record.Compare(desks, other)
	data["Entries"] = at
	switch how {
	case record.Same:
		return widget.NewNotice(widget.Good, lang.L("Both copies tell the same, in all {{.Entries}} entries.", data), "")
	case record.Shorter:
		return widget.NewNotice(widget.Warning, lang.L("Both agree up to entry {{.Entries}}; there the desk's copy stops.", data), lang.L("The desk did not get the rest, or it was cut short."))
	case record.Longer:
		return widget.NewNotice(widget.Warning, lang.L("Both agree up to entry {{.Entries}}; there {{.File}} stops.", data), lang.L("It was cut short."))
	case record.Unrelated:
		return widget.NewNotice(widget.Bad, lang.L("The two are not copies of one record: they differ from the first entry on"), "")
	}
	return widget.NewNotice(widget.Bad, lang.L("The two copies agree up to entry {{.Entries}} and tell different things after it: one of them was changed", data), "")
}
