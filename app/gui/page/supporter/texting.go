//go:build !headless

package supporter

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session/rights"
)

// texting is the two clipboards. What goes is shown before it is sent.
type texting struct {
	object     fyne.CanvasObject
	of         *watched
	mine       string // what would be sent
	shown      *widget.TextView
	got        *widget.TextView
	send, take *widget.Button
	sendPart   *fyne.Container
	takePart   *fyne.Container
	text       string // the customer's newest
	said       *fynewidget.Label
}

// maxClip is how much goes at once, in bytes (wire.MaxClip).
const maxClip = 48 << 10

func newTexting(w *watched) *texting {
	t := &texting{of: w, shown: widget.NewTextView(widget.NewLines(nil)), said: widget.NewCaption("")}
	look := widget.NewButton(lang.L("Show mine"), base.ContentPasteIcon(), func() { t.ours(fyne.CurrentApp().Clipboard().Content()) })
	t.send = widget.NewButton(lang.L("Send to them"), base.MailSendIcon(), t.give)
	t.send.Disable()
	t.sendPart = container.NewBorder(bold(lang.L("Into their clipboard")),
		container.NewVBox(container.NewHBox(look, layout.NewSpacer(), t.send), t.said), nil, nil, widget.NewField(t.shown))
	t.got = widget.NewTextView(widget.NewLines(nil))
	t.take = widget.NewButton(lang.L("Copy to my clipboard"), base.ContentCopyIcon(), func() {
		fyne.CurrentApp().Clipboard().SetContent(t.text)
		t.take.SetIcon(base.ConfirmIcon())
	})
	t.take.Disable()
	t.takePart = container.NewBorder(bold(lang.L("From their clipboard")),
		container.NewHBox(layout.NewSpacer(), t.take), nil, nil, widget.NewField(t.got))
	t.object = widget.Inset(6, container.New(&halves{}, t.sendPart, t.takePart))
	return t
}

func bold(words string) fyne.CanvasObject {
	l := fynewidget.NewLabel(words)
	l.TextStyle.Bold = true
	return l
}

// heard shows the directions that are given.
func (t *texting) heard(given rights.Set) {
	for o, r := range map[*fyne.Container]rights.Right{t.sendPart: rights.ClipIn, t.takePart: rights.ClipOut} {
		o.Hidden = !given.Has(r)
	}
}

// ours shows the text of one's own clipboard, which goes as it is shown.
func (t *texting) ours(text string) {
	t.mine = text
	t.send.Disable()
	switch n := len([]rune(text)); {
	case text == "":
		t.said.SetText(lang.L("There is no text in your clipboard."))
	case len(text) > maxClip:
		t.said.SetText(lang.L("This is too much for a clipboard here: {{.Size}} at most. Send it as a file.", map[string]any{"Size": page.Size(maxClip)}))
	default:
		t.send.Enable()
		t.said.SetText(lang.N("{{.Count}} characters, as they would be sent.", n, map[string]any{"Count": n}))
	}
	t.shown.SetLines(widget.NewLines([]byte(text[:min(len(text), maxClip)])))
}

func (t *texting) give() {
	text := t.mine
	if err := t.of.helping.Clip(text); err != nil {
		t.of.bar.trouble(err)
		return
	}
	n := len([]rune(text))
	t.said.SetText(lang.N("{{.Count}} characters are in their clipboard.", n, map[string]any{"Count": n}))
}

// theirs takes the customer's clipboard, and leaves one's own as it is.
func (t *texting) theirs(text string) {
	t.text = text
	t.got.SetLines(widget.NewLines([]byte(text)))
	t.take.SetIcon(base.ContentCopyIcon())
	if text == "" {
		t.take.Disable()
	} else {
		t.take.Enable()
	}
}

// halves puts what is visible one above the other, each as high as the other.
type halves struct{}

func (*halves) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	var seen []fyne.CanvasObject
	for _, o := range parts {
		if o.Visible() {
			seen = append(seen, o)
		}
	}
	const gap = float32(12)
	each := (size.Height - gap*float32(len(seen)-1)) / float32(max(1, len(seen)))
	for i, o := range seen {
		o.Move(fyne.NewPos(0, float32(i)*(each+gap)))
		o.Resize(fyne.NewSize(size.Width, each))
	}
}

func (*halves) MinSize(parts []fyne.CanvasObject) (least fyne.Size) {
	for _, o := range parts {
		if o.Visible() {
			least = fyne.NewSize(max(least.Width, o.MinSize().Width), least.Height+o.MinSize().Height)
		}
	}
	return least
}
