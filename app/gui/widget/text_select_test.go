//go:build !headless

package widget

import (
	"bytes"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/gui/theme"
)

// selecting shows a text in a window, where <...> stands out.
func selecting(t *testing.T, text string) (*TextView, func(line, column int) fyne.Position) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Calm{})
	v := NewTextView(NewLines([]byte(text)))
	v.Spans = func(line []byte) []Span {
		if from, to := bytes.IndexByte(line, '<'), bytes.IndexByte(line, '>'); from >= 0 && to > from {
			return []Span{{from, to + 1, Good}}
		}
		return nil
	}
	w := test.NewTempWindow(t, v)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(600, 200))
	at := func(line, column int) fyne.Position {
		pitch := v.sheet.pitch()
		return fyne.NewPos(sheetPad+float32(v.numbers()+column)*pitch.Width, (float32(line)+0.5)*pitch.Height)
	}
	return v, at
}

func press(v *TextView, at fyne.Position) {
	v.sheet.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
}

func drag(v *TextView, to fyne.Position) {
	v.sheet.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: to}, Dragged: fyne.NewDelta(1, 0)})
	v.sheet.DragEnd()
}

func TestSelect(t *testing.T) {
	const text = "Grüße an Nordwind\n\tuser <user-27> came\nlast"
	type spot struct{ line, column int }
	for name, c := range map[string]struct {
		from, to spot
		want     string
	}{
		"a word":                       {spot{0, 9}, spot{0, 17}, "Nordwind"},
		"backwards":                    {spot{0, 5}, spot{0, 0}, "Grüße"},
		"beyond the end":               {spot{0, 9}, spot{0, 60}, "Nordwind"},
		"lines":                        {spot{0, 9}, spot{1, 8}, "Nordwind\n\tuser"},
		"half of what was replaced":    {spot{1, 4}, spot{1, 12}, "user <user-27>"},
		"from inside of what was":      {spot{1, 12}, spot{1, 23}, "<user-27> came"},
		"nothing":                      {spot{0, 3}, spot{0, 3}, ""},
		"all, from the end":            {spot{2, 99}, spot{0, 0}, text},
		"the last line, below its end": {spot{2, 0}, spot{9, 99}, "last"},
	} {
		t.Run(name, func(t *testing.T) {
			v, at := selecting(t, text)
			told := "?"
			v.Selected = func(s string) { told = s }
			press(v, at(c.from.line, c.from.column))
			drag(v, at(c.to.line, c.to.column))
			if got := v.Selection(); got != c.want || told != c.want {
				t.Errorf("selected %q, told %q, want %q", got, told, c.want)
			}
		})
	}
}

func TestTwoClicksTakeAWord(t *testing.T) {
	v, at := selecting(t, "one <user-27> büro-7.\n")
	for column, want := range map[int]string{1: "one", 7: "<user-27>", 15: "büro-7"} {
		press(v, at(0, column))
		press(v, at(0, column))
		if got := v.Selection(); got != want {
			t.Errorf("at %d: %q, want %q", column, got, want)
		}
		v.sheet.clicked = time.Time{}
	}
	acted := 0
	v.Act = func() { acted++ }
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	v.TypedShortcut(&fyne.ShortcutCopy{})
	if acted != 1 || fyne.CurrentApp().Clipboard().Content() == "" {
		t.Errorf("acted %d times, copied %q", acted, fyne.CurrentApp().Clipboard().Content())
	}
	v.SetLines(NewLines([]byte("x")))
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if acted != 1 || v.Selection() != "" {
		t.Errorf("with nothing selected: acted %d times, %q", acted, v.Selection())
	}
}

func TestSelectByKeys(t *testing.T) {
	v, at := selecting(t, "first line\nGrün\n")
	press(v, at(0, 6))
	for _, step := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyRight, "l"},
		{fyne.KeyEnd, "line"},
		{fyne.KeyDown, "line\nGrün"},
		{fyne.KeyLeft, "line\nGrü"},
		{fyne.KeyHome, "line\n"},
		{fyne.KeyUp, "first "},
	} {
		if !v.extend(step.key) || v.Selection() != step.want {
			t.Errorf("after %s: %q, want %q", step.key, v.Selection(), step.want)
		}
	}
}

// TestWhatStandsOut is framed and in strong letters, not only in another colour.
func TestWhatStandsOut(t *testing.T) {
	v, _ := selecting(t, "a <user-27> b\n")
	row := test.WidgetRenderer(v.sheet).(*sheetRenderer).rows[0]
	if row.used != 1 || row.spans[0].text.Text != "<user-27>" || !row.spans[0].text.TextStyle.Bold || row.spans[0].ground.StrokeWidth == 0 {
		t.Errorf("%d spans: %+v", row.used, row.spans)
	}
	if row.text.Text != "a           b" {
		t.Errorf("under it stands %q", row.text.Text)
	}
}
