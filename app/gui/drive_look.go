//go:build drive && !headless

package gui

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// driveWindow is a window as the door tells of it. Sizes and places are in
// pixels, from the upper left corner of the window's content.
type driveWindow struct {
	Title   string        `json:"title"`
	Width   int           `json:"width"`
	Height  int           `json:"height"`
	Scale   float32       `json:"scale"` // pixels for one of Fyne's units
	Widgets []driveWidget `json:"widgets"`
}

// driveWidget is one visible thing, in the order in which it is painted.
type driveWidget struct {
	Kind    string   `json:"kind"` // Fyne's widget it is or is made from: "Button", "Entry", "Text", "Image", ...
	Type    string   `json:"type"` // its own type's name
	Text    string   `json:"text,omitempty"`
	Hint    string   `json:"hint,omitempty"` // an entry's placeholder
	Icon    string   `json:"icon,omitempty"`
	Options []string `json:"options,omitempty"`
	Value   float64  `json:"value,omitempty"` // a progress bar's
	Box     driveBox `json:"box"`
	Shown   driveBox `json:"shown"`   // the part that scrolling leaves to be seen; empty when scrolled away
	Covered bool     `json:"covered"` // by a dialog or menu that takes all clicks
	Enabled bool     `json:"enabled"`
	Focused bool     `json:"focused,omitempty"`
	Checked bool     `json:"checked,omitempty"`
	Scrolls bool     `json:"scrolls,omitempty"`
	Depth   int      `json:"depth"` // how deep it lies in the tree of widgets
}

type driveBox struct {
	X int `json:"x"`
	Y int `json:"y"`
	W int `json:"w"`
	H int `json:"h"`
}

// looker walks one window's trees.
type looker struct {
	scale   float32
	focused fyne.Focusable
	covered bool
	out     []driveWidget
}

// look must be called on the user interface's thread.
func look(app fyne.App) []driveWindow {
	out := []driveWindow{}
	for _, w := range app.Driver().AllWindows() {
		c := w.Canvas()
		l := &looker{scale: c.Scale(), focused: c.Focused()}
		whole := l.box(fyne.Position{}, c.Size())
		trees := append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...)
		for i, tree := range trees {
			l.covered = i < len(trees)-1
			l.walk(tree, fyne.Position{}, image.Rect(0, 0, whole.W, whole.H), 0)
		}
		out = append(out, driveWindow{w.Title(), whole.W, whole.H, l.scale, l.out})
	}
	return out
}

func (l *looker) walk(o fyne.CanvasObject, offset fyne.Position, clip image.Rectangle, depth int) {
	if o == nil || !o.Visible() {
		return
	}
	at := offset.Add(o.Position())
	box := l.box(at, o.Size())
	shown := image.Rect(box.X, box.Y, box.X+box.W, box.Y+box.H).Intersect(clip)

	w := describe(o)
	w.Box, w.Covered, w.Depth = box, l.covered, depth
	w.Shown = driveBox{shown.Min.X, shown.Min.Y, shown.Dx(), shown.Dy()}
	if f, ok := o.(fyne.Focusable); ok {
		w.Focused = l.focused == f
	}
	_, w.Scrolls = o.(fyne.Scrollable)
	if w.Kind != "" {
		l.out = append(l.out, w)
	}
	if w.Scrolls {
		clip = shown
	}
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
	}
	for _, child := range children {
		l.walk(child, at, clip, depth+1)
	}
}

// box rounds as Fyne's painter does.
func (l *looker) box(at fyne.Position, size fyne.Size) driveBox {
	px := func(v float32) int { return int(math.Round(float64(v * l.scale))) }
	return driveBox{px(at.X), px(at.Y), px(size.Width), px(size.Height)}
}

// describe tells what can be read of an object; the empty kind is for what
// only arranges or decorates.
func describe(o fyne.CanvasObject) driveWidget {
	switch o := o.(type) {
	case *canvas.Text:
		return driveWidget{Kind: "Text", Type: "Text", Text: o.Text, Enabled: true}
	case *canvas.Image:
		return driveWidget{Kind: "Image", Type: "Image", Enabled: true}
	case *canvas.Raster:
		return driveWidget{Kind: "Image", Type: "Raster", Enabled: true}
	case fyne.Widget:
		return describeWidget(o)
	default:
		return driveWidget{}
	}
}
