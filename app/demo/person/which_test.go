package person

import (
	"image"
	"testing"

	"github.com/beistand/beistand/app/demo/door"
)

func widget(kind, text string, x, y, w, h, depth int) door.Widget {
	box := door.Box{X: x, Y: y, W: w, H: h}
	return door.Widget{Kind: kind, Type: kind, Text: text, Box: box, Shown: box, Enabled: true, Depth: depth}
}

// page is a form with a list that scrolls.
func page() door.Window {
	off := widget("Button", "Send", 10, 200, 80, 30, 1)
	off.Enabled = false
	behind := widget("Button", "Close", 300, 0, 50, 20, 1)
	behind.Covered = true
	list := widget("List", "", 0, 250, 400, 60, 1)
	scroll := widget("Scroll", "", 0, 250, 400, 60, 2)
	scroll.Scrolls = true
	away := widget("Check", "row 3", 0, 320, 400, 30, 3)
	away.Shown = door.Box{}
	return door.Window{Widgets: []door.Widget{
		widget("Label", "Name", 10, 10, 60, 20, 1),
		widget("Entry", "", 80, 8, 200, 24, 1),
		widget("Label", "Contact", 10, 50, 60, 20, 1),
		widget("Entry", "", 80, 48, 200, 24, 1),
		widget("Label", "What happened", 10, 90, 100, 20, 1),
		widget("Entry", "", 10, 112, 300, 60, 1),
		off, behind, list, scroll,
		widget("Check", "row 1", 0, 250, 400, 30, 3),
		widget("Check", "row 2", 0, 280, 400, 30, 3),
		away,
	}}
}

func TestWhich(t *testing.T) {
	for name, c := range map[string]struct {
		q  Which
		at image.Point // upper left corner
		ok bool
	}{
		"by text":             {Which{Text: "Contact"}, image.Pt(10, 50), true},
		"by part":             {Says("happened"), image.Pt(10, 90), true},
		"first of a kind":     {Which{Kind: "Entry"}, image.Pt(80, 8), true},
		"third of a kind":     {Which{Kind: "Entry", Nth: 2}, image.Pt(10, 112), true},
		"beside a label":      {Which{Kind: "Entry", Beside: "Contact"}, image.Pt(80, 48), true},
		"below a label":       {Which{Kind: "Entry", Below: "happened"}, image.Pt(10, 112), true},
		"no such label":       {Which{Kind: "Entry", Beside: "Phone"}, image.Point{}, false},
		"disabled":            {Button("Send"), image.Point{}, false},
		"disabled too":        {Which{Text: "Send", Idle: true}, image.Pt(10, 200), true},
		"behind a dialog":     {Button("Close"), image.Point{}, false},
		"behind a dialog too": {Which{Text: "Close", Behind: true}, image.Pt(300, 0), true},
	} {
		t.Run(name, func(t *testing.T) {
			v, ok := c.q.in(page())
			if ok != c.ok || v.Box.Rect().Min != c.at {
				t.Errorf("%s: got %v %s, want %v %v", c.q, ok, v, c.ok, c.at)
			}
		})
	}
}

func TestScrollerOf(t *testing.T) {
	w := page()
	v, ok := Which{Text: "row 3"}.in(w)
	if !ok {
		t.Fatal("row 3 is not there")
	}
	area, ok := scrollerOf(w, v)
	if want := image.Rect(0, 250, 400, 310); !ok || area != want {
		t.Errorf("scrolls in %v %v, want %v", area, ok, want)
	}
	v, _ = Which{Text: "Name"}.in(w)
	if area, ok := scrollerOf(w, v); ok {
		t.Errorf("a fixed label scrolls in %v", area)
	}
}
