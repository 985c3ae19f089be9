//go:build !headless

package customer

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/evidence"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session/rights"
)

// readTime is how many times as long the person has who has a text to read.
const readTime = 5

// handing asks whether one thing may come or go, and waits for the answer;
// silence is no.
func (h *hosted) handing(ctx context.Context, thing page.Handing) bool {
	wait := h.flow.c.ConsentTime
	if thing.Text != nil {
		wait *= readTime
	}
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	until, _ := ctx.Deadline()
	given := make(chan bool, 1)
	here := &card{}
	say := func(yes bool) {
		select {
		case given <- yes:
		default: // answered already
		}
	}
	here.show = func() { h.handed(thing, until, say) }
	h.scope.UI(func() {
		if !h.asks(here, func() { say(false) }) {
			return
		}
		h.flow.raise(here)
		h.flow.attend(h.asksAbout(thing))
	})
	yes := false
	select {
	case yes = <-given:
	case <-ctx.Done():
	}
	h.flow.frame.UI(func() { h.settled(here) })
	return yes
}

// asksAbout is the question about one thing.
func (h *hosted) asksAbout(thing page.Handing) string {
	switch thing.Right {
	case rights.FilesIn:
		return lang.L("{{.Name}} sends you a file", h.who())
	case rights.FilesOut:
		return lang.L("Shall this file go to {{.Name}}?", h.who())
	}
	return lang.L("Shall this text go to {{.Name}}?", h.who())
}

// handed shows the question. No is where Enter and Escape lead.
func (h *hosted) handed(thing page.Handing, until time.Time, say func(bool)) {
	f := h.flow
	var refuse *widget.Button
	f.open(stepDone, func(s *page.Scope) fyne.CanvasObject {
		no := func() { say(false) }
		refuse = widget.NewMain(lang.L("No"), base.CancelIcon(), no)
		refuse.Escape = no
		words := lang.L("Send")
		if thing.Right == rights.FilesIn {
			words = lang.L("Save the file")
		}
		yes := widget.NewButton(words, base.ConfirmIcon(), func() { say(true) })
		yes.Disable()
		arm(s, yes.Enable)
		f.frame.SetKeys(page.Keys{Enter: no, Escape: no})
		head := container.New(layout.NewCustomPaddedVBoxLayout(-6), widget.NewHeading(h.asksAbout(thing)), h.origin())
		below := container.NewVBox(silence(s, until), container.NewHBox(layout.NewSpacer(), refuse, yes))
		if thing.Text == nil {
			return f.asking(widget.NewCentred(640, widget.NewCard(container.NewVBox(head, separator(), oneFile(thing), below))))
		}
		view := widget.NewTextView(widget.NewLines(thing.Text))
		view.Spans = evidence.Marks
		head.Add(widget.NewCaption(lang.L("This is all that leaves, {{.Size}}. What was replaced is framed.", map[string]any{"Size": page.Size(thing.Size)})))
		return f.asking(widget.NewColumn(1100, widget.NewCard(container.NewBorder(head, below, nil, nil, view))))
	})
	f.frame.Focus(refuse)
}

// oneFile is a file's name and size, and what becomes of it.
func oneFile(thing page.Handing) fyne.CanvasObject {
	name := widget.NewText(page.Plain(thing.Name))
	name.TextStyle.Bold = true
	name.Wrapping = fyne.TextWrapBreak
	what := lang.L("It is saved in your downloads folder, in “Beistand”. It is not opened. Open it only if you expect it.")
	if thing.Right == rights.FilesOut {
		what = lang.L("They get a copy. It cannot be called back.")
	}
	return container.NewVBox(
		widget.NewGround(widget.Primary, container.NewBorder(nil, nil, widget.Inset(4, fynewidget.NewIcon(base.FileIcon())), fynewidget.NewLabel(page.Size(thing.Size)), name)),
		widget.NewText(what), widget.NewText(""))
}

// send lets the customer choose a file, which is confirmed before it goes.
func (h *hosted) send() {
	open := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err != nil || f == nil {
			h.flow.frame.Log(err)
			return
		}
		path := f.URI().Path()
		h.flow.frame.Log(f.Close())
		h.scope.Go(func(ctx context.Context) {
			if err := h.offer(ctx, path); err != nil {
				h.scope.UI(func() { h.failed(err) })
			}
		})
	}, h.flow.frame.Window)
	open.Resize(fyne.NewSize(720, 500))
	open.Show()
}

// offer asks once more, and then sends.
func (h *hosted) offer(ctx context.Context, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("look at the file: %w", err)
	}
	if !h.handing(ctx, page.Handing{Right: rights.FilesOut, Name: filepath.Base(path), Size: info.Size()}) {
		return nil
	}
	return h.control.Send(path)
}

// failed tells what did not work, without leaving the page.
func (h *hosted) failed(err error) {
	h.flow.frame.Log(err)
	h.trouble = err
	h.flow.changed()
}
