package input_test

import (
	"errors"
	"image"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"
	"go.uber.org/goleak"

	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/input/inputtest"
	"github.com/beistand/beistand/session/x11/x11test"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "hold" {
		hold(os.Args[2])
		return
	}
	goleak.VerifyTestMain(m)
}

func fixture(t *testing.T, display string) inputtest.Fixture {
	t.Helper()
	p := startProgram(t, display)
	in, err := input.OpenX11(display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	return inputtest.Fixture{
		Input: in, Desktop: image.Rect(0, 0, 640, 480), Keys: p.keys, Wait: time.Millisecond, Use: p.use,
		Pointer: func(t testing.TB) image.Point {
			at, err := xproto.QueryPointer(p.conn, p.win).Reply()
			if err != nil {
				t.Fatal(err)
			}
			return image.Pt(int(at.RootX), int(at.RootY))
		},
		Turned: func(testing.TB) image.Point {
			p.mu.Lock()
			defer p.mu.Unlock()
			return p.turned
		},
		Struck: func(testing.TB) []input.Key {
			p.mu.Lock()
			defer p.mu.Unlock()
			return slices.Clone(p.struck)
		},
		Buttons: func(testing.TB) []uint8 {
			p.mu.Lock()
			defer p.mu.Unlock()
			return slices.Clone(p.buttons)
		},
	}
}

func layout(t testing.TB, display string, args ...string) {
	t.Helper()
	if out, err := exec.Command("setxkbmap", append([]string{"-display", display}, args...)...).CombinedOutput(); err != nil {
		t.Fatalf("setxkbmap %v: %v, %s", args, err, out)
	}
}

func TestX11(t *testing.T) {
	for name, args := range map[string][]string{
		"us": {"us"}, "de": {"de"}, "nl": {"nl"}, "us with dead keys": {"us", "-variant", "intl"}, "gb": {"gb"},
		"de without dead keys": {"de", "-variant", "nodeadkeys"}, "Cyrillic": {"ru"}, "two": {"us,de"},
	} {
		t.Run(name, func(t *testing.T) {
			inputtest.Suite(t, func(t *testing.T) inputtest.Fixture {
				display := x11test.Start(t, "640x480x24")
				layout(t, display, args...)
				return fixture(t, display)
			})
		})
	}
}

// TestX11Locked types while the customer's CapsLock is on.
func TestX11Locked(t *testing.T) {
	display := x11test.Start(t, "640x480x24")
	layout(t, display, "de")
	f := fixture(t, display)
	const text = "Grüße aus KÖLN, 3 € für ß"
	for _, k := range []input.Key{{Name: "CapsLock"}} {
		if err := f.Input.Key(k, true); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range text {
		if err := f.Input.Key(input.Key{Rune: r}, true); err != nil {
			t.Fatal(err)
		}
	}
	got := func() string {
		var s strings.Builder
		for _, k := range f.Struck(t) {
			s.WriteString(k.String())
		}
		return s.String()
	}
	for end := time.Now().Add(5 * time.Second); got() != "CapsLock"+text; <-time.After(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("got %s", got())
		}
	}
}

func TestX11Unavailable(t *testing.T) {
	t.Setenv("DISPLAY", "")
	if _, err := input.Open(); !errors.Is(err, input.ErrUnavailable) || !strings.Contains(err.Error(), "DISPLAY") {
		t.Errorf("without DISPLAY: %v", err)
	}
	for _, lacks := range []string{"XTEST"} {
		if _, err := input.OpenX11(x11test.Start(t, "640x480x24", "-extension", lacks)); !errors.Is(err, input.ErrUnavailable) || !strings.Contains(err.Error(), lacks) {
			t.Errorf("without %s: %v", lacks, err)
		}
	}
}

// FuzzKeymap holds that no layout, however the server writes it, ends the program.
func FuzzKeymap(f *testing.F) {
	f.Add([]byte{})
	f.Add(make([]byte, 40))
	small := append(make([]byte, 40), 1, 1, 0, 0, 2, 1, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 0, 'a', 0, 0, 0, 'A', 0, 0, 0, 50, 1)
	small[15], small[17], small[20], small[33] = 1, 38, 1, 1
	f.Add(small)
	f.Add(small[:len(small)-5])
	f.Fuzz(func(t *testing.T, reply []byte) { _ = input.ParseKeymap(reply) })
}

// BenchmarkX11Key is one character, beside the least that can be asked of the server.
func BenchmarkX11Key(b *testing.B) {
	display := x11test.Start(b, "640x480x24")
	in, err := input.OpenX11(display)
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	b.Run("character", func(b *testing.B) {
		for b.Loop() {
			if err := in.Key(input.Key{Rune: 'A'}, true); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("pointer", func(b *testing.B) {
		for b.Loop() {
			if err := in.Move(image.Pt(5, 5)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
