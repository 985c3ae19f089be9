//go:build !headless

package supporter

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rights"
)

// hands are what the supporter does on the picture: point, or control.
type hands struct {
	of             *watched
	modes          *fyne.Container
	point, control *widget.Button
	keys           *widget.Button
	zoom, words    *widget.Button
	strip          *fyne.Container   // says that the customer's machine is controlled
	goes           *fynewidget.Label // what the strip says
	pointing, on   bool

	moved   image.Point // not told yet
	pending bool
	last    time.Time // of what was told
}

func newHands(w *watched) *hands {
	h := &hands{of: w, strip: container.NewStack(), goes: fynewidget.NewLabel("")}
	h.goes.TextStyle.Bold = true
	h.goes.Truncation = fyne.TextTruncateEllipsis
	h.point = widget.NewButton(lang.L("Point now"), base.ColorPaletteIcon(), func() { h.setPoint(!h.pointing) })
	h.control = widget.NewButton(lang.L("Take control"), base.ComputerIcon(), func() { h.setControl(!h.on) })
	h.keys = widget.NewButton(lang.L("Keys"), base.MoreHorizontalIcon(), h.menu)
	h.modes = container.NewHBox(h.point, h.control)
	h.modes.Hide()
	h.strip.Hide()
	h.zoom = widget.NewButton(lang.X("zoom", "1:1"), base.ZoomInIcon(), h.turn)
	h.words = widget.NewButton(lang.L("Words"), base.AccountIcon(), h.compare)
	h.words.Hide()
	w.screen.Hands = mouseAndKeys{h}
	w.screen.Pointed = func(at image.Point, shown bool) {
		if w.helping != nil {
			h.failed(w.helping.Point(at, shown))
		}
	}
	w.screen.Leave = func() { h.setControl(false) }
	return h
}

// heard shows what can be done, and ends what cannot any more.
func (h *hands) heard() {
	now := h.of.now
	changed := false
	visible := func(o fyne.CanvasObject, on bool) {
		changed = changed || o.Visible() != on
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
	still := now.Broken || now.Paused || now.Locked || now.NoObserver || !h.of.showing()
	canPoint, canControl := now.Given.Has(rights.Point, rights.See), now.Given.Has(rights.Control, rights.See)
	if !canPoint || still {
		h.setPoint(false)
	}
	if !canControl || still {
		h.setControl(false)
	}
	h.tell()
	visible(h.point, canPoint)
	visible(h.control, canControl)
	visible(h.modes, canPoint || canControl)
	visible(h.zoom, !h.of.pictureless())
	visible(h.words, now.Words[0] != "")
	for _, b := range []*widget.Button{h.point, h.control} {
		if still {
			b.Disable()
		} else {
			b.Enable()
		}
	}
	if changed {
		h.of.flow.frame.Settle()
	}
}

func (h *hands) setPoint(on bool) {
	if on == h.pointing {
		return
	}
	h.pointing = on
	h.of.screen.SetPoint(on)
	lit(h.point, on)
}

// setControl begins and ends that mouse and keyboard go to the customer's machine.
func (h *hands) setControl(on bool) {
	if on == h.on {
		return
	}
	h.on = on
	h.of.screen.SetControl(on)
	lit(h.control, on)
	frame := h.of.flow.frame
	if !on {
		h.strip.Hide()
		frame.Window.Canvas().Unfocus()
		frame.Settle()
		return
	}
	h.tell()
	done := widget.NewButton(lang.L("End control"), base.CancelIcon(), func() { h.setControl(false) })
	ground := widget.NewGround(widget.Warning, container.NewBorder(nil, nil, nil, container.NewHBox(h.keys, done), h.goes))
	ground.Radius, ground.Pad = 0, 2
	h.strip.Objects = []fyne.CanvasObject{ground}
	h.strip.Show()
	frame.Settle()
	frame.Focus(h.of.screen.Focus())
}

// tell says where mouse and keyboard go, or why they do nothing.
func (h *hands) tell() {
	words := lang.L("Mouse and keyboard go to {{.Name}}'s computer. {{.Keys}} ends it.",
		map[string]any{"Name": customerName(h.of.ticket), "Keys": lang.L("Ctrl+Alt+Enter")})
	if h.of.now.Own {
		words = lang.L("The customer is using the mouse or keyboard.")
	}
	if h.goes.Text != words {
		h.goes.SetText(words)
	}
}

// lit shows a mode that is on.
func lit(b *widget.Button, on bool) {
	b.Importance = fynewidget.MediumImportance
	if on {
		b.Importance = fynewidget.HighImportance
	}
	b.Refresh()
}

// end lets go of everything.
func (h *hands) end() {
	h.setPoint(false)
	h.setControl(false)
}

// turn goes between the whole picture and pixel for pixel.
func (h *hands) turn() {
	s := h.of.picture
	s.SetActual(!s.Actual())
	h.zoom.SetText(lang.X("zoom", "1:1"))
	h.zoom.SetIcon(base.ZoomInIcon())
	if s.Actual() {
		h.zoom.SetText(lang.L("Fit"))
		h.zoom.SetIcon(base.ZoomFitIcon())
	}
}

// compare shows the two words that both sides see when nobody sits between them.
func (h *hands) compare() {
	words := h.of.now.Words
	body := container.NewVBox(
		widget.NewText(lang.L("Ask {{.Name}} which two words they see. If they are these, nobody sits between you.",
			map[string]any{"Name": customerName(h.of.ticket)})),
		widget.NewCode(words[0]+" "+words[1]),
		container.NewHBox(layout.NewSpacer()))
	up := fynewidget.NewPopUp(widget.Inset(10, container.New(wide(420), body)), h.of.flow.frame.Window.Canvas())
	up.ShowAtRelativePosition(fyne.NewPos(h.words.Size().Width-up.MinSize().Width, h.words.Size().Height+4), h.words)
}

// wide keeps what is in it at least so wide.
type wide float32

func (w wide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	layout.NewStackLayout().Layout(objects, size)
}

func (w wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	for _, o := range objects { // wrapped text knows its height only at its width
		o.Resize(fyne.NewSize(float32(w), o.MinSize().Height))
	}
	return layout.NewStackLayout().MinSize(objects).Max(fyne.NewSize(float32(w), 0))
}

// failed says what was not done.
func (h *hands) failed(err error) {
	if err == nil || h.of.now.Phase != session.PhaseWatching {
		return
	}
	h.of.bar.trouble(err)
}
