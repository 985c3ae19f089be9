//go:build !headless

package evidence

import (
	"context"
	"image"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/diag/revise"
)

// blackens says whether the shown file is a picture whose owner makes parts of it black.
func (l *Look) blackens() bool {
	return l.owner != nil && l.owner.Blacken != nil && revise.CanBlacken(l.shown.File.MediaType)
}

// blackPicture is a picture with the tools of its owner. It is painted by the
// same code that paints the file that is sent.
type blackPicture struct {
	object fyne.CanvasObject

	owner     *Owner
	path      string
	original  image.Image
	black     []image.Rectangle
	proposed  []image.Rectangle
	area      *widget.Blackout
	hint      *fynewidget.Label
	undo, all *widget.Button
	take      *widget.Button
}

func newBlackPicture(s *page.Scope, o *Owner, path string, original image.Image) *blackPicture {
	b := &blackPicture{owner: o, path: path, original: original, black: slices.Clone(o.Black(path))}
	b.area = widget.NewBlackout(revise.Blacken(original, b.black), b.black)
	b.area.Drawn = func(r image.Rectangle) { b.set(append(b.black, r)) }
	b.area.Undo = b.takeBack
	b.undo = widget.NewButton(lang.L("Undo"), base.ContentUndoIcon(), b.takeBack)
	b.all = widget.NewButton(lang.L("Take all back"), base.CancelIcon(), func() { b.set(nil) })
	b.take = widget.NewButton(lang.L("Black out what is framed"), base.VisibilityOffIcon(), func() {
		all := append(slices.Clone(b.black), b.proposed...)
		b.propose(nil)
		b.set(all)
	})
	b.hint = widget.NewCaption("")
	b.hint.Wrapping, b.hint.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	b.take.Hide()
	tools := container.NewBorder(nil, nil, nil, container.NewHBox(b.take, b.undo, b.all))
	b.object = container.NewBorder(nil, container.NewVBox(b.hint, tools), nil, nil, b.area)
	b.tell()
	if o.Suggest != nil {
		page.Load(s,
			func(ctx context.Context) ([]image.Rectangle, error) { return suggestions(ctx, o, original) },
			func(all []image.Rectangle, err error) {
				if err == nil { // without any, the picture is what it was
					b.propose(all)
				}
			})
	}
	return b
}

// set makes other parts black.
func (b *blackPicture) set(all []image.Rectangle) {
	b.black = slices.Clone(all)
	b.area.Set(revise.Blacken(b.original, b.black), b.black)
	b.owner.Blacken(b.path, b.black)
	b.tell()
}

func (b *blackPicture) takeBack() {
	if n := len(b.black); n > 0 {
		b.set(b.black[:n-1])
	}
}

func (b *blackPicture) propose(all []image.Rectangle) {
	b.proposed = all
	b.area.Propose(all)
	b.take.Hidden = len(all) == 0
	b.take.Refresh()
}

// tell says what can be done, or what is black.
func (b *blackPicture) tell() {
	n := len(b.black)
	words := lang.L("Drag over what nobody should see: it becomes black.")
	if n > 0 {
		words = lang.N("{{.Count}} areas are black in the picture that is sent.", n, map[string]any{"Count": n})
	}
	b.hint.SetText(words)
	for _, button := range []*widget.Button{b.undo, b.all} {
		if n > 0 {
			button.Enable()
		} else {
			button.Disable()
		}
	}
}
