//go:build !headless

package widget

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestWritingKeepsOrder types at every width, so that some word ends just
// before the edge at many of them.
func TestWritingKeepsOrder(t *testing.T) {
	app := test.NewTempApp(t)
	const text = "no document is found, not one of them"
	for width := float32(90); width < 190; width++ {
		w := NewWriting()
		window := app.NewWindow("")
		window.SetContent(w)
		window.Resize(fyne.NewSize(width, 200))
		for _, r := range text {
			w.TypedRune(r)
		}
		if w.Text != text {
			t.Errorf("at width %v: got %q, want %q", width, w.Text, text)
		}
		window.Close()
	}
}

// TestWritingTakesBack types a space and takes it back, at every width.
func TestWritingTakesBack(t *testing.T) {
	app := test.NewTempApp(t)
	for width := float32(90); width < 190; width++ {
		w := NewWriting()
		window := app.NewWindow("")
		window.SetContent(w)
		window.Resize(fyne.NewSize(width, 200))
		want := ""
		for _, word := range strings.Fields("no document is found") {
			for _, r := range word + "  " {
				w.TypedRune(r)
			}
			w.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
			want += word + " "
		}
		if w.Text != want {
			t.Errorf("at width %v: got %q, want %q", width, w.Text, want)
		}
		window.Close()
	}
}
