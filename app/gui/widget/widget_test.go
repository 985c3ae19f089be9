//go:build !headless

package widget

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/gui/theme"
)

func TestLines(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		want   []string
		widest int
	}{
		"none":                {"", nil, 0},
		"one":                 {"one", []string{"one"}, 3},
		"an end":              {"one\n", []string{"one"}, 4 - 1},
		"empty ones":          {"\n\na", []string{"", "", "a"}, 1},
		"windows":             {"a\r\nb", []string{"a", "b"}, 2},
		"tab":                 {"a\tb", []string{"a    b"}, 6},
		"colours and bells":   {"\x1b[31mred\a", []string{"·[31mred·"}, 9},
		"not UTF-8":           {"a\xffb", []string{"a\ufffdb"}, 3},
		"letters, not bytes":  {"Grüße", []string{"Grüße"}, 5},
		"turned writing mark": {"a\u202eb", []string{"a·b"}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			l := NewLines([]byte(c.text))
			var got []string
			for i := range l.Len() {
				got = append(got, l.Columns(i, 0, 1000))
			}
			if !slices.Equal(got, c.want) || l.Widest != c.widest {
				t.Errorf("%q, widest %d, want %q, %d", got, l.Widest, c.want, c.widest)
			}
		})
	}
}

func TestColumns(t *testing.T) {
	l := NewLines([]byte("0123\t789"))
	if got := l.Columns(0, 3, 9); got != "3    7" {
		t.Errorf("%q", got)
	}
	if got := l.Columns(0, 20, 30); got != "" {
		t.Errorf("%q", got)
	}
}

func TestFind(t *testing.T) {
	l := NewLines([]byte("alpha\nBeta\nGRÜSSE alpha\n"))
	for query, want := range map[string][]int{"ALPHA": {0, 2}, "beta": {1}, "grüsse": {2}, "": nil, "x": nil} {
		if got := l.Find(t.Context(), query, 10); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", query, got, want)
		}
	}
	if got := l.Find(t.Context(), "a", 1); len(got) != 1 {
		t.Errorf("found %v, want no more than one", got)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if got := l.Find(ended, "alpha", 10); len(got) != 0 {
		t.Errorf("found %v after the end", got)
	}
}

// TestALargeTextIsCheapToShow holds the number of objects that a log needs,
// whatever its length.
func TestALargeTextIsCheapToShow(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Calm{})
	var text strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&text, "line %d of a log that is about as long as logs are, which is to say some 80 letters\n", i)
	}
	v := NewTextView(NewLines([]byte(text.String())))
	w := test.NewTempWindow(t, v)
	w.Resize(fyne.NewSize(600, 400))
	v.Mark(99_999)
	objects := test.WidgetRenderer(v.sheet).Objects()
	if n := len(objects); n == 0 || n > 3*40 {
		t.Errorf("%d objects", n)
	}
	v.Mark(0)
	if v.scroll.Offset.Y != 0 {
		t.Errorf("the first line is marked and the view is at %v", v.scroll.Offset)
	}
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageUp})
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if v.scroll.Offset != (fyne.Position{}) {
		t.Errorf("home is %v", v.scroll.Offset)
	}
}

func TestCopyALine(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.Calm{})
	v := NewTextView(NewLines([]byte("one\n\ttwo\n")))
	w := test.NewTempWindow(t, v)
	w.Resize(fyne.NewSize(300, 200))
	v.sheet.Tapped(&fyne.PointEvent{Position: fyne.NewPos(50, 1.5*v.sheet.pitch().Height)})
	v.TypedShortcut(&fyne.ShortcutCopy{})
	if got := a.Clipboard().Content(); got != "\ttwo" {
		t.Errorf("copied %q", got)
	}
}

func TestPicture(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Calm{})
	m := image.NewRGBA(image.Rect(10, 10, 50, 30)) // its corner is not 0,0
	for i := range m.Pix {
		m.Pix[i] = uint8(i)
		if i%4 == 3 {
			m.Pix[i] = 255
		}
	}
	for name, c := range map[string]struct{ room, want fyne.Size }{
		"as it is when there is room": {fyne.NewSize(200, 100), fyne.NewSize(40, 20)},
		"just enough room":            {fyne.NewSize(40, 20), fyne.NewSize(40, 20)},
		"narrow":                      {fyne.NewSize(20, 100), fyne.NewSize(20, 10)},
		"flat":                        {fyne.NewSize(200, 5), fyne.NewSize(10, 5)},
	} {
		t.Run(name, func(t *testing.T) {
			p := NewPicture()
			p.Set(m)
			w := test.NewTempWindow(t, p)
			w.SetPadded(false)
			test.WidgetRenderer(p).Layout(c.room)
			if got := p.raster.Size(); got != c.want {
				t.Errorf("shown at %v, want %v", got, c.want)
			}
		})
	}
	p := NewPicture()
	p.Set(m)
	shown := p.paint(40, 20)
	for y := range 20 {
		for x := range 40 {
			if got, want := color.RGBAModel.Convert(shown.At(x, y)), color.RGBAModel.Convert(m.At(x+10, y+10)); got != want {
				t.Fatalf("at %d,%d: %v, want %v", x, y, got, want)
			}
		}
	}
	if p.Set(m) {
		t.Error("the same size counts as another")
	}
	if p.paint(40, 20) != shown {
		t.Error("the same size is painted into another buffer")
	}
}

func TestButtonKeys(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Calm{})
	pressed, escaped := 0, 0
	b := NewButton("Go", nil, func() { pressed++ })
	b.Escape = func() { escaped++ }
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyEscape, fyne.KeyA} {
		b.TypedKey(&fyne.KeyEvent{Name: key})
	}
	if pressed != 3 || escaped != 1 {
		t.Errorf("pressed %d times, escaped %d times", pressed, escaped)
	}
}

func BenchmarkNewLines8MiB(b *testing.B) {
	text := []byte(strings.Repeat("2026-05-04 09:30:00 faktura[4711]: job written to the queue, as every day\n", 8<<20/74))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		NewLines(text)
	}
}

func BenchmarkFind8MiB(b *testing.B) {
	text := []byte(strings.Repeat("2026-05-04 09:30:00 faktura[4711]: job written to the queue, as every day\n", 8<<20/74))
	l := NewLines(text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		l.Find(b.Context(), "timeout", 100_000)
	}
}

// TestACleared picture is gone, keeps its size, and comes back.
func TestAClearedPicture(t *testing.T) {
	test.NewTempApp(t)
	p := NewPicture()
	p.Clear() // there is none
	m := image.NewRGBA(image.Rect(0, 0, 8, 4))
	for i := range m.Pix {
		m.Pix[i] = 200
	}
	p.Set(m)
	if got := color.RGBAModel.Convert(p.paint(8, 4).At(3, 2)); got != m.At(3, 2) {
		t.Fatalf("painted %v", got)
	}
	p.Clear()
	if got := p.paint(8, 4).At(3, 2); got != (color.RGBA{}) || p.PixelSize() != image.Pt(8, 4) {
		t.Errorf("cleared, %v is left in a picture of %v", got, p.PixelSize())
	}
	if n := testing.AllocsPerRun(10, p.Clear); n != 0 {
		t.Errorf("%v allocations to clear what is clear", n)
	}
	p.Set(m)
	if got := p.paint(8, 4).At(3, 2); got != m.At(3, 2) {
		t.Errorf("set again, %v is shown", got)
	}
}
