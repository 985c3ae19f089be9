package person

import (
	"fmt"
	"strings"

	"github.com/beistand/beistand/app/demo/door"
)

// Which says which widget is meant. Empty fields say nothing; the first widget
// that fits all others is taken.
type Which struct {
	Kind    string // "Button"
	Type    string // the program's own type's name
	Text    string // all of its text
	Part    string // a part of its text
	Hint    string // an entry's placeholder
	Icon    string // a part of the icon's name
	Beside  string // in the same row as a widget with this text
	Below   string // the nearest below a widget with this text
	Checked *bool  // a check's state
	Also    func(door.Widget) bool
	Nth     int  // skip so many that fit
	Idle    bool // a disabled one is meant too
	Behind  bool // one that is covered by a dialog is meant too
}

// Button is the button with a text.
func Button(text string) Which { return Which{Kind: "Button", Text: text} }

// Says is any widget whose text contains part.
func Says(part string) Which { return Which{Part: part} }

// String is the wish in words.
func (q Which) String() string {
	var b []string
	add := func(format, s string) {
		if s != "" {
			b = append(b, fmt.Sprintf(format, s))
		}
	}
	add("%s", q.Kind)
	add("type %s", q.Type)
	add("%q", q.Text)
	add("with %q", q.Part)
	add("hint %q", q.Hint)
	add("icon %q", q.Icon)
	add("beside %q", q.Beside)
	add("below %q", q.Below)
	if q.Checked != nil {
		b = append(b, fmt.Sprintf("checked: %v", *q.Checked))
	}
	if q.Nth > 0 {
		b = append(b, fmt.Sprintf("number %d", q.Nth+1))
	}
	return strings.Join(b, " ")
}

// in finds the widget in a window.
func (q Which) in(w door.Window) (door.Widget, bool) {
	anchors := q.anchors(w)
	if (q.Beside != "" || q.Below != "") && len(anchors) == 0 {
		return door.Widget{}, false
	}
	skip := q.Nth
	best, distance, found := door.Widget{}, 1<<30, false
	for _, v := range w.Widgets {
		if !q.fits(v) {
			continue
		}
		switch {
		case q.Beside != "":
			if !beside(v, anchors) {
				continue
			}
		case q.Below != "":
			// The nearest counts, not the first.
			if d, ok := below(v, anchors); ok && d < distance {
				best, distance, found = v, d, true
			}
			continue
		}
		if skip > 0 {
			skip--
			continue
		}
		return v, true
	}
	return best, found
}

func (q Which) fits(v door.Widget) bool {
	return (q.Kind == "" || v.Kind == q.Kind) &&
		(q.Type == "" || v.Type == q.Type) &&
		(q.Text == "" || v.Text == q.Text) &&
		(q.Part == "" || strings.Contains(v.Text, q.Part)) &&
		(q.Hint == "" || v.Hint == q.Hint) &&
		(q.Icon == "" || strings.Contains(v.Icon, q.Icon)) &&
		(q.Checked == nil || v.Checked == *q.Checked) &&
		(q.Also == nil || q.Also(v)) &&
		(q.Idle || v.Enabled) &&
		(q.Behind || !v.Covered) &&
		v.Box.W > 0 && v.Box.H > 0
}

func (q Which) anchors(w door.Window) []door.Widget {
	var out []door.Widget
	for _, v := range w.Widgets {
		if v.Covered && !q.Behind {
			continue
		}
		if q.Beside != "" && strings.Contains(v.Text, q.Beside) || q.Below != "" && strings.Contains(v.Text, q.Below) {
			out = append(out, v)
		}
	}
	return out
}

func beside(v door.Widget, anchors []door.Widget) bool {
	y := v.Box.Centre().Y
	for _, a := range anchors {
		if y >= a.Box.Y && y < a.Box.Y+a.Box.H && v.Box != a.Box {
			return true
		}
	}
	return false
}

func below(v door.Widget, anchors []door.Widget) (distance int, ok bool) {
	for _, a := range anchors {
		d := v.Box.Y - (a.Box.Y + a.Box.H)
		overlap := v.Box.X < a.Box.X+a.Box.W && a.Box.X < v.Box.X+v.Box.W
		if d >= -a.Box.H/2 && overlap && v.Box != a.Box {
			return d, true
		}
	}
	return 0, false
}
