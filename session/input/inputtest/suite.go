package inputtest

import (
	"context"
	"errors"
	"image"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/session/input"
)

// Fixture is a driver with a desktop that tells what has arrived there.
type Fixture struct {
	Input   input.Input
	Desktop image.Rectangle                // at least 300x200
	Pointer func(t testing.TB) image.Point // where it is
	Turned  func(t testing.TB) image.Point // the wheel, in all
	Struck  func(t testing.TB) []input.Key // all so far, without modifiers
	Keys    func(t testing.TB) []string    // names of the keys that are down, sorted; "a key" for a nameless one
	Buttons func(t testing.TB) []uint8     // that are down
	Wait    time.Duration                  // between two looks

	// Use is somebody using the machine's own devices once; Rest tells when they
	// do no more, where that does not come by itself after input.OwnTime.
	Use  func(t testing.TB)
	Rest func()
}

// Letters are the characters that German, Dutch and English (US) keyboards
// have, dead keys' results among them.
const Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" +
	"äöüÄÖÜßẞéèêëáàâíìîïóòôúùûçñÉÈÊËÁÀÂÍÓÚÇÑ" + " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" + "§°€µ´²³«»„“”–…·¨"

// Suite is what every driver must do; open gives a fresh fixture.
func Suite(t *testing.T, open func(t *testing.T) Fixture) {
	for name, test := range map[string]func(*testing.T, Fixture){
		"moves": moves, "presses buttons": buttons, "turns the wheel": wheel, "types what is meant": types,
		"strikes names": strikes, "holds modifiers": holds, "refuses what is no key": refuses, "lets all go": releases, "closes": closes, "knows the machine's own": own,
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t)
			t.Cleanup(func() { f.Input.Close() })
			test(t, f)
		})
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// until looks until what arrived is what was sent.
func until[T any](t testing.TB, wait time.Duration, what string, look func(testing.TB) T, good func(T) bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); ; {
		got := look(t)
		if good(got) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s: got %v", what, got)
		}
		<-time.After(wait)
	}
}

func is[T comparable](want T) func(T) bool { return func(got T) bool { return got == want } }

func are[T comparable](want ...T) func([]T) bool {
	return func(got []T) bool { return slices.Equal(got, want) }
}

func moves(t *testing.T, f Fixture) {
	d := f.Desktop
	for at, want := range map[image.Point]image.Point{
		{X: 100, Y: 50}: {X: 100, Y: 50}, d.Min: d.Min, d.Max.Sub(image.Pt(1, 1)): d.Max.Sub(image.Pt(1, 1)),
		d.Max.Add(image.Pt(5000, 70000)): d.Max.Sub(image.Pt(1, 1)), d.Min.Sub(image.Pt(100_000, 3)): d.Min,
	} {
		must(t, f.Input.Move(at))
		until(t, f.Wait, "move to "+at.String(), f.Pointer, is(want))
	}
}

func buttons(t *testing.T, f Fixture) {
	for _, b := range []uint8{input.Left, input.Middle, input.Right, input.Back, input.Forward} {
		must(t, f.Input.Button(b, true))
		until(t, f.Wait, "press", f.Buttons, are(b))
		must(t, f.Input.Button(b, true)) // already down
		must(t, f.Input.Button(b, false))
		until(t, f.Wait, "let go", f.Buttons, are[uint8]())
	}
}

func wheel(t *testing.T, f Fixture) {
	var sum image.Point
	for _, by := range []image.Point{{0, 3}, {0, -5}, {2, 0}, {-1, 1}} {
		must(t, f.Input.Wheel(by.X, by.Y))
		sum = sum.Add(by)
		until(t, f.Wait, "turn", f.Turned, is(sum))
	}
	must(t, f.Input.Wheel(0, 1<<40))
	until(t, f.Wait, "turn far", f.Turned, is(sum.Add(image.Pt(0, input.MaxWheel))))
}

func strike(t testing.TB, i input.Input, k input.Key) {
	t.Helper()
	must(t, i.Key(k, true))
	must(t, i.Key(k, false))
}

func text(keys []input.Key) string {
	var s strings.Builder
	for _, k := range keys {
		s.WriteString(k.String())
	}
	return s.String()
}

func types(t *testing.T, f Fixture) {
	const all = Letters + "Grüße, 12 €: «šđłжЖя中😀»"
	for _, r := range all {
		strike(t, f.Input, input.Key{Rune: r})
	}
	n := len([]rune(all))
	until(t, f.Wait, "type", f.Struck, func(got []input.Key) bool { return len(got) >= n })
	if got := text(f.Struck(t)); got != all {
		t.Errorf("arrived is\n%s, sent was\n%s", got, all)
	}
	must(t, f.Input.Key(input.Key{Rune: 'x'}, true))
	must(t, f.Input.Key(input.Key{Rune: 'x'}, true)) // a repeat
	until(t, f.Wait, "repeat", func(t testing.TB) string { return text(f.Struck(t)) }, is(all+"xx"))
	until(t, f.Wait, "nothing stays down", f.Keys, are[string]())
}

func strikes(t *testing.T, f Fixture) {
	var want []input.Key
	for _, name := range input.Names() {
		k := input.Key{Name: name}
		if k.Modifier() || strings.HasSuffix(name, "Lock") { // locks are struck twice, so that they are off again
			continue
		}
		strike(t, f.Input, k)
		want = append(want, k)
	}
	until(t, f.Wait, "strike", f.Struck, are(want...))
	for _, name := range []string{"CapsLock", "NumLock", "ScrollLock"} {
		for range 2 {
			strike(t, f.Input, input.Key{Name: name})
			want = append(want, input.Key{Name: name})
		}
	}
	until(t, f.Wait, "locks", f.Struck, are(want...))
	until(t, f.Wait, "nothing stays down", f.Keys, are[string]())
}

func holds(t *testing.T, f Fixture) {
	for _, name := range []string{"Alt", "Control", "Meta", "Shift"} {
		k := input.Key{Name: name}
		must(t, f.Input.Key(k, true))
		must(t, f.Input.Key(k, true)) // a repeat
		until(t, f.Wait, "press "+name, f.Keys, are(name))
		strike(t, f.Input, input.Key{Rune: 'ß'})
		strike(t, f.Input, input.Key{Rune: 'é'})
		strike(t, f.Input, input.Key{Rune: '7'})
		until(t, f.Wait, "still "+name, f.Keys, are(name))
		must(t, f.Input.Key(k, false))
		until(t, f.Wait, "let go "+name, f.Keys, are[string]())
	}
	until(t, f.Wait, "typed", func(t testing.TB) string { return text(f.Struck(t)) }, is("ßé7ßé7ßé7ßé7"))
}

func refuses(t *testing.T, f Fixture) {
	for _, k := range []input.Key{{}, {Rune: 'a', Name: "Enter"}, {Name: "enter"}, {Name: "a"}, {Rune: '\n'}, {Rune: -1}, {Rune: 0xd800}, {Rune: 0x202e}, {Rune: 0x110000}} {
		if err := f.Input.Key(k, true); !errors.Is(err, input.ErrKey) {
			t.Errorf("%+v: %v, want %v", k, err, input.ErrKey)
		}
	}
	for _, b := range []uint8{0, 4, 5, 6, 7, 10, 255} {
		if err := f.Input.Button(b, true); !errors.Is(err, input.ErrKey) {
			t.Errorf("button %d: %v, want %v", b, err, input.ErrKey)
		}
	}
	if got := f.Struck(t); len(got) > 0 {
		t.Errorf("arrived is %v", got)
	}
}

func press(t *testing.T, f Fixture) {
	t.Helper()
	for _, name := range []string{"Shift", "Control"} {
		must(t, f.Input.Key(input.Key{Name: name}, true))
	}
	must(t, f.Input.Button(input.Left, true))
	until(t, f.Wait, "press", f.Keys, are("Control", "Shift"))
	until(t, f.Wait, "press", f.Buttons, are(input.Left))
}

func releases(t *testing.T, f Fixture) {
	must(t, f.Input.ReleaseAll()) // of nothing
	press(t, f)
	must(t, f.Input.ReleaseAll())
	until(t, f.Wait, "let go", f.Keys, are[string]())
	until(t, f.Wait, "let go", f.Buttons, are[uint8]())
}

func closes(t *testing.T, f Fixture) {
	press(t, f)
	for range 2 {
		must(t, f.Input.Close())
	}
	until(t, f.Wait, "let go", f.Keys, are[string]())
	until(t, f.Wait, "let go", f.Buttons, are[uint8]())
	for name, err := range map[string]error{
		"move": f.Input.Move(image.Point{}), "button": f.Input.Button(input.Left, true), "wheel": f.Input.Wheel(1, 1),
		"key": f.Input.Key(input.Key{Rune: 'a'}, true), "release": f.Input.ReleaseAll(),
	} {
		if !errors.Is(err, input.ErrClosed) {
			t.Errorf("%s: %v, want %v", name, err, input.ErrClosed)
		}
	}
}

func own(t *testing.T, f Fixture) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	told := f.Input.Own(ctx)
	next := func(want bool) {
		t.Helper()
		select {
		case got, ok := <-told:
			if !ok || got != want {
				t.Fatalf("told %v, %v; want %v", got, ok, want)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("not told %v", want)
		}
	}
	for i := range 2 {
		if i > 0 { // the driver's own doing is none of theirs
			press(t, f)
			must(t, f.Input.Move(image.Pt(40, 30)))
			strike(t, f.Input, input.Key{Rune: 'a'})
			must(t, f.Input.ReleaseAll())
			select {
			case got := <-told:
				t.Fatalf("told %v after what the driver did", got)
			case <-time.After(100 * f.Wait):
			}
		}
		done := make(chan struct{})
		go func() { defer close(done); f.Use(t) }()
		next(true)
		<-done
		if f.Rest != nil {
			go f.Rest()
		}
		next(false)
	}
	cancel()
	if got, ok := <-told; ok {
		t.Errorf("told %v after the end", got)
	}
	told = f.Input.Own(t.Context())
	must(t, f.Input.Close())
	if got, ok := <-told; ok {
		t.Errorf("told %v after it was closed", got)
	}
}
