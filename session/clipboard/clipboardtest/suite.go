package clipboardtest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/session/clipboard"
)

// Fixture is a driver with another program beside it.
type Fixture struct {
	Clipboard clipboard.Clipboard
	Set       func(t testing.TB, text string, secret bool) // the other program writes
	Text      func(t testing.TB) string                    // and reads
}

// Texts are what must go both ways whole.
var Texts = []string{"a", "Grüße aus Köln, 12 € für «Jan»\r\n\tund 中文 😀", strings.Repeat("é", 5000), strings.Repeat("0123456789abcdef", clipboard.MaxText/16)}

// Suite is what every driver must do; open gives a fresh fixture.
func Suite(t *testing.T, open func(t *testing.T) Fixture) {
	for name, test := range map[string]func(*testing.T, Fixture){
		"reads": reads, "writes": writes, "leaves passwords": secrets, "has limits": limits, "tells of changes": changes, "closes": closes,
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t)
			t.Cleanup(func() { f.Clipboard.Close() })
			test(t, f)
		})
	}
}

func reads(t *testing.T, f Fixture) {
	if got, err := f.Clipboard.Read(t.Context()); got != "" || err != nil {
		t.Errorf("an empty one: %q, %v", got, err)
	}
	for _, text := range Texts {
		f.Set(t, text, false)
		if got, err := f.Clipboard.Read(t.Context()); got != text || err != nil {
			t.Errorf("%d bytes: got %d, %v", len(text), len(got), err)
		}
	}
}

func writes(t *testing.T, f Fixture) {
	for _, text := range Texts {
		if err := f.Clipboard.Write(t.Context(), text); err != nil {
			t.Fatal(err)
		}
		if got := f.Text(t); got != text {
			t.Errorf("%d bytes: the other program got %d", len(text), len(got))
		}
		if got, err := f.Clipboard.Read(t.Context()); got != text || err != nil {
			t.Errorf("%d bytes, read back: %d, %v", len(text), len(got), err)
		}
	}
}

func secrets(t *testing.T, f Fixture) {
	f.Set(t, "correct horse battery staple", true)
	if got, err := f.Clipboard.Read(t.Context()); got != "" || !errors.Is(err, clipboard.ErrSecret) {
		t.Errorf("got %q, %v, want %v", got, err, clipboard.ErrSecret)
	}
	f.Set(t, "nothing secret", false)
	if got, err := f.Clipboard.Read(t.Context()); got != "nothing secret" || err != nil {
		t.Errorf("after it: %q, %v", got, err)
	}
}

func limits(t *testing.T, f Fixture) {
	f.Set(t, strings.Repeat("x", clipboard.MaxText+1), false)
	if _, err := f.Clipboard.Read(t.Context()); !errors.Is(err, clipboard.ErrLarge) {
		t.Errorf("read: %v, want %v", err, clipboard.ErrLarge)
	}
	f.Set(t, "a\xffb", false)
	if _, err := f.Clipboard.Read(t.Context()); !errors.Is(err, clipboard.ErrText) {
		t.Errorf("read: %v, want %v", err, clipboard.ErrText)
	}
	f.Set(t, "before", false)
	if err := f.Clipboard.Write(t.Context(), strings.Repeat("x", clipboard.MaxText+1)); !errors.Is(err, clipboard.ErrLarge) {
		t.Errorf("write: %v, want %v", err, clipboard.ErrLarge)
	}
	if err := f.Clipboard.Write(t.Context(), "a\xffb"); !errors.Is(err, clipboard.ErrText) {
		t.Errorf("write: %v, want %v", err, clipboard.ErrText)
	}
	if got, err := f.Clipboard.Read(t.Context()); got != "before" || err != nil {
		t.Errorf("what was refused has come: %q, %v", got, err)
	}
}

func changes(t *testing.T, f Fixture) {
	ctx, cancel := context.WithCancel(t.Context())
	changed := f.Clipboard.Changed(ctx)
	for _, text := range []string{"one", "two"} {
		if err := f.Clipboard.Write(t.Context(), "own"); err != nil { // its own is no change
			t.Fatal(err)
		}
		f.Set(t, text, false)
		select {
		case _, ok := <-changed:
			if !ok {
				t.Fatal("closed")
			}
		case <-time.After(5 * time.Second):
			t.Fatal("no change was told")
		}
		if got, err := f.Clipboard.Read(t.Context()); got != text || err != nil {
			t.Errorf("got %q, %v", got, err)
		}
	}
	if err := f.Clipboard.Write(t.Context(), "own"); err != nil {
		t.Fatal(err)
	}
	f.Text(t)
	select {
	case <-changed:
		t.Error("its own text is told as a change")
	default:
	}
	cancel()
	select {
	case <-changed:
	case <-time.After(5 * time.Second):
		t.Error("not closed with its context")
	}
}

func closes(t *testing.T, f Fixture) {
	changed := f.Clipboard.Changed(t.Context())
	for range 2 {
		if err := f.Clipboard.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, ok := <-changed; ok {
		t.Error("a change")
	}
	if _, ok := <-f.Clipboard.Changed(t.Context()); ok {
		t.Error("a change after it was closed")
	}
	_, err := f.Clipboard.Read(t.Context())
	for _, err := range []error{err, f.Clipboard.Write(t.Context(), "x")} {
		if !errors.Is(err, clipboard.ErrClosed) {
			t.Errorf("got %v, want %v", err, clipboard.ErrClosed)
		}
	}
}
