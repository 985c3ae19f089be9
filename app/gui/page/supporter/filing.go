//go:build !headless

package supporter

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session/rights"
)

// filing is files to the customer and from them.
type filing struct {
	object  fyne.CanvasObject
	of      *watched
	send    *fyne.Container
	offers  *fyne.Container
	list    *fyne.Container
	none    *fynewidget.Label
	rows    map[uint32]*fileRow
	dropped bool // files can be dropped on the window
}

func newFiling(w *watched) *filing {
	f := &filing{of: w, offers: container.NewVBox(), list: container.NewVBox(), rows: map[uint32]*fileRow{}}
	f.send = container.NewVBox(widget.NewButton(lang.L("Send a file …"), base.UploadIcon(), f.choose),
		widget.NewCaption(lang.L("Or drop files on this window. The customer is asked about each.")))
	f.none = widget.NewCaption(lang.L("No file has gone or come yet."))
	f.object = container.NewVScroll(widget.Inset(6, container.NewVBox(f.send, f.offers, f.none, f.list)))
	return f
}

// heard shows what is given and how far each file is.
func (f *filing) heard(given rights.Set, moved []page.Moved) {
	can := given.Has(rights.FilesIn)
	f.send.Hidden = !can
	if can != f.dropped {
		f.dropped = can
		f.of.flow.frame.Window.SetOnDropped(nil)
		if can {
			f.of.flow.frame.Window.SetOnDropped(func(_ fyne.Position, all []fyne.URI) { f.give(all) })
		}
	}
	f.list.Objects = nil
	for i := len(moved) - 1; i >= 0; i-- { // the newest first
		m := moved[i]
		row := f.rows[m.ID]
		if row == nil {
			row = newFileRow(m, func() { f.of.helping.Cancel(m.ID) })
			f.rows[m.ID] = row
		}
		row.show(m)
		f.list.Add(row.object)
	}
	f.none.Hidden = len(moved) > 0
	f.list.Refresh()
}

// choose asks for a file and sends it.
func (f *filing) choose() {
	ask := dialog.NewFileOpen(func(from fyne.URIReadCloser, err error) {
		if from == nil && err == nil {
			return
		}
		if err == nil {
			err = from.Close() // it is opened anew where it is sent
		}
		if err != nil {
			f.of.bar.trouble(err)
			return
		}
		f.give([]fyne.URI{from.URI()})
	}, f.of.flow.frame.Window)
	f.of.flow.large(ask)
}

// give sends files.
func (f *filing) give(all []fyne.URI) {
	for _, u := range all {
		if u.Scheme() != "file" {
			continue
		}
		if err := f.of.helping.SendFile(u.Path()); err != nil {
			f.of.bar.trouble(err)
			return
		}
	}
	f.of.side.show(lang.X("side files", "Files"))
}

// errNotWanted is why a file of the customer's was not taken.
var errNotWanted = errors.New("the supporter does not want the file")

// offered asks where a file of the customer's is kept. It is called from the
// session's goroutines.
func (s *side) offered(ctx context.Context, name string, size int64) (string, error) {
	answer := make(chan string, 1)
	offer := make(chan fyne.CanvasObject, 1)
	s.of.scope.UI(func() { offer <- s.files.offer(name, size, answer) })
	defer func() {
		s.of.scope.UI(func() {
			select {
			case o := <-offer:
				s.files.offers.Remove(o)
				s.of.flow.frame.Settle()
			default:
			}
		})
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case path := <-answer:
		if path == "" {
			return "", errNotWanted
		}
		return path, nil
	}
}

// offer shows the question; answer is given the path, or "" for no.
func (f *filing) offer(name string, size int64, answer chan<- string) fyne.CanvasObject {
	say := func(path string) {
		select {
		case answer <- path:
		default: // it has an answer
		}
	}
	no := widget.NewButton(lang.L("Do not take"), base.CancelIcon(), func() { say("") })
	save := widget.NewMain(lang.L("Save as …"), base.DocumentSaveIcon(), func() {
		ask := dialog.NewFileSave(func(to fyne.URIWriteCloser, err error) {
			if to == nil && err == nil {
				return // thought better of it; the question stays
			}
			if err == nil {
				err = to.Close() // it is written where it comes in
			}
			if err != nil {
				f.of.bar.trouble(err)
				return
			}
			say(to.URI().Path())
		}, f.of.flow.frame.Window)
		ask.SetFileName(name)
		f.of.flow.large(ask)
	})
	about := page.Size(size)
	if size < 0 {
		about = lang.L("size unknown")
	}
	head := widget.NewText(lang.L("{{.Name}} sends {{.File}}", map[string]any{"Name": customerName(f.of.ticket), "File": page.Plain(name)}))
	head.TextStyle.Bold = true
	words := container.New(layout.NewCustomPaddedVBoxLayout(-10), head, widget.NewText(about))
	o := widget.NewGround(widget.Primary, container.NewVBox(words, save, no))
	f.offers.Add(o)
	f.of.side.show(lang.X("side files", "Files"))
	return o
}
