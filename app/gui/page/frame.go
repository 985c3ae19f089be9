//go:build !headless

package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
)

// Frame is a window that shows one page at a time.
type Frame struct {
	*Scope // the window's

	Window  fyne.Window
	body    *fyne.Container
	page    *Scope
	keys    Keys
	pressed func() // any key was; may be nil
	log     func(error)
}

// Keys are a page's own, for when nothing has the focus.
type Keys struct {
	Enter, Escape func() // may be nil
}

// NewFrame puts head (may be nil) above the pages of w.
func NewFrame(w fyne.Window, s *Scope, head fyne.CanvasObject, log func(error)) *Frame {
	if log == nil {
		log = func(error) {}
	}
	f := &Frame{Scope: s, Window: w, body: container.NewStack(), page: s.Child(), log: log}
	w.SetContent(container.NewBorder(head, nil, nil, nil, f.body))
	w.Canvas().SetOnTypedKey(f.typed)
	if c, ok := w.Canvas().(desktop.Canvas); ok {
		c.SetOnKeyDown(func(*fyne.KeyEvent) { f.KeyDown() })
	}
	return f
}

// Open leaves the present page, whose work is cancelled, and shows the one
// that build makes. It is called on the user interface's thread.
func (f *Frame) Open(build func(s *Scope) fyne.CanvasObject) {
	f.page.End()
	f.page = f.Child()
	f.keys, f.pressed = Keys{}, nil
	f.Window.Canvas().Unfocus()
	f.body.Objects = []fyne.CanvasObject{build(f.page)}
	f.body.Refresh()
}

// Settle lays the window out anew after something in it has grown.
func (f *Frame) Settle() { f.Window.Content().Refresh() }

// SetKeys sets the present page's keys.
func (f *Frame) SetKeys(k Keys) { f.keys = k }

// OnKey has the present page told of every key that no field takes.
func (f *Frame) OnKey(pressed func()) { f.pressed = pressed }

// KeyDown is called when a key goes down that no field takes.
func (f *Frame) KeyDown() {
	if f.pressed != nil {
		f.pressed()
	}
}

// Focus gives w the focus.
func (f *Frame) Focus(w fyne.Focusable) { f.Window.Canvas().Focus(w) }

// Log writes down what the person need not see.
func (f *Frame) Log(err error) {
	if err != nil {
		f.log(err)
	}
}

func (f *Frame) typed(key *fyne.KeyEvent) {
	var do func()
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		do = f.keys.Enter
	case fyne.KeyEscape:
		do = f.keys.Escape
	}
	if do != nil {
		do()
	}
}
