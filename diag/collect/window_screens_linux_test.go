package collect

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
)

// windowed is a host that has windows too.
type windowed struct{ painted }

func (windowed) Windows(context.Context) ([]ScreenWindow, error) {
	return []ScreenWindow{{"1", "Ledger - Offers", "ledger"}, {"2", "Ledger", "ledger"}, {"3", "Mail", "mail"}}, nil
}

func (windowed) GrabWindow(_ context.Context, id string) (Screenshot, error) {
	return Screenshot{Name: "window " + id, Image: image.NewGray(image.Rect(0, 0, 4, 3)), Cut: "its lower half is covered"}, nil
}

// placed is a host with two monitors side by side.
type placed struct{}

func (placed) Grab(context.Context) ([]Screenshot, error) {
	left, right := image.NewRGBA(image.Rect(0, 0, 30, 20)), image.NewRGBA(image.Rect(0, 0, 30, 20))
	right.Set(0, 0, color.RGBA{R: 200, A: 255})
	return []Screenshot{{Name: "left", Image: left}, {Name: "right", Image: right, At: image.Pt(30, 0)}}, nil
}

func TestWindowAndRegion(t *testing.T) {
	for title, want := range map[string]string{"ledger": "screens/1-window_2.png", "offers": "screens/1-window_1.png", "MAIL": "screens/1-window_3.png", "3": "screens/1-window_3.png"} {
		s := &memSink{}
		if err := (screens{grabber: windowed{}, window: title}).Collect(t.Context(), s); err != nil || s.paths()[0] != want || s.files[want].Cut == "" {
			t.Errorf("%s: %v, %v", title, s.paths(), err)
		}
	}
	for _, title := range []string{"ledg", "LEDGE"} { // guessing would send the wrong one
		var many *ManyWindowsError
		err := screens{grabber: windowed{}, window: title}.Collect(t.Context(), &memSink{})
		if !errors.As(err, &many) || len(many.Windows) != 2 || !strings.Contains(err.Error(), "Ledger - Offers") {
			t.Errorf("%s: %v", title, err)
		}
	}
	for _, c := range []screens{{grabber: windowed{}, window: "none"}, {grabber: painted{"a"}, window: "ledger"}} {
		if err := c.Collect(t.Context(), &memSink{}); !errors.Is(err, ErrAbsent) {
			t.Error(err)
		}
	}
	for name, c := range map[string]struct {
		region image.Rectangle
		sizes  string
	}{
		"left":    {image.Rect(5, 5, 15, 9), "screens/1-left.png 10x4"},
		"both":    {image.Rect(20, 0, 40, 10), "screens/1-left.png 10x10 screens/2-right.png 10x10"},
		"right":   {image.Rect(30, 0, 31, 1), "screens/1-right.png 1x1"},
		"outside": {image.Rect(100, 100, 110, 110), ""},
	} {
		s := &memSink{}
		err := (screens{grabber: placed{}, region: c.region}).Collect(t.Context(), s)
		var got []string
		for _, path := range s.paths() {
			m, err := png.Decode(s.files[path])
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, fmt.Sprintf("%s %dx%d", path, m.Bounds().Dx(), m.Bounds().Dy()))
			if r, _, _, _ := m.At(m.Bounds().Min.X, m.Bounds().Min.Y).RGBA(); name == "right" && r>>8 != 200 {
				t.Errorf("%s: the wrong part of the picture", name)
			}
		}
		if strings.Join(got, " ") != c.sizes || (err == nil) != (c.sizes != "") {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}
