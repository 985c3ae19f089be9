//go:build !headless

package widget

import (
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/gui/surface"
	"github.com/beistand/beistand/session/pixel"
)

// told writes down what a screen tells.
type told struct{ all []string }

func (w *told) say(format string, args ...any) { w.all = append(w.all, fmt.Sprintf(format, args...)) }

func (w *told) Move(at image.Point)              { w.say("move %d,%d", at.X, at.Y) }
func (w *told) Button(b MouseButton, down bool)  { w.say("button %d %v", b, down) }
func (w *told) Wheel(dx, dy int)                 { w.say("wheel %d,%d", dx, dy) }
func (w *told) Key(r rune, name string, on bool) { w.say("%s%s", sign(on), keyName(r, name)) }
func (w *told) take() string                     { s := strings.Join(w.all, " "); w.all = nil; return s }

func sign(on bool) string {
	if on {
		return "+"
	}
	return "-"
}

func keyName(r rune, name string) string {
	if r != 0 {
		return string(r)
	}
	return name
}

// shown is a screen of 800 by 600 pixels in a window.
func shown(t *testing.T, size fyne.Size) (*Screen, *told, fyne.Window) {
	t.Helper()
	test.NewTempApp(t)
	p := surface.New(func(f func()) { f() })
	p.Update(pixel.New(image.Rect(0, 0, 800, 600)), nil)
	s, hands := NewScreen(p), &told{}
	s.Hands = hands
	s.Pointed = func(at image.Point, shown bool) { hands.say("point %d,%d %v", at.X, at.Y, shown) }
	s.Leave = func() { hands.say("leave") }
	w := test.NewTempWindow(t, s)
	w.SetPadded(false)
	w.Resize(size)
	return s, hands, w
}

func mouse(x, y float32, b desktop.MouseButton) *desktop.MouseEvent {
	return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}, Button: b}
}

func TestScreenMouse(t *testing.T) {
	s, hands, _ := shown(t, fyne.NewSize(400, 400)) // at half its size, with 50 above and below
	g := s.glass
	g.MouseMoved(mouse(200, 200, 0))
	g.MouseDown(mouse(200, 200, desktop.MouseButtonPrimary))
	g.MouseUp(mouse(200, 200, desktop.MouseButtonPrimary))
	if got := hands.take(); got != "" {
		t.Errorf("told without being asked: %q", got)
	}
	s.SetPoint(true)
	g.MouseMoved(mouse(200, 200, 0))
	g.MouseMoved(mouse(200, 20, 0))
	g.MouseMoved(mouse(0, 50, 0))
	s.SetPoint(false)
	if got, want := hands.take(), "point 400,300 true point 0,0 false point 0,0 true point 0,0 false"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	s.SetControl(true)
	g.MouseMoved(mouse(10, 60, 0))
	g.MouseDown(mouse(10, 60, desktop.MouseButtonSecondary))
	g.MouseUp(mouse(10, 60, desktop.MouseButtonSecondary))
	g.MouseDown(mouse(10, 20, desktop.MouseButtonPrimary)) // beside the picture
	g.MouseUp(mouse(10, 60, desktop.MouseButtonPrimary))
	if got, want := hands.take(), "move 20,20 move 20,20 button 2 true move 20,20 button 2 false"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	g.MouseDown(mouse(10, 60, desktop.MouseButtonPrimary))
	g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(900, -30)}})
	g.MouseUp(mouse(900, -30, desktop.MouseButtonPrimary))
	if got, want := hands.take(), "move 20,20 button 0 true move 799,0 move 799,0 button 0 false"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, by := range []float32{notch, notch / 2, notch / 2, -9 * notch} {
		g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, by)})
	}
	if got, want := hands.take(), "wheel 0,-1 wheel 0,-1 wheel 0,5"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	g.MouseDown(mouse(10, 60, desktop.MouseButtonPrimary))
	g.KeyDown(&fyne.KeyEvent{Name: desktop.KeyControlLeft})
	hands.take()
	s.SetControl(false)
	if got, want := hands.take(), "button 0 false -Control"; got != want {
		t.Errorf("at the end of control %q, want %q", got, want)
	}
}

func TestScreenActual(t *testing.T) {
	s, hands, _ := shown(t, fyne.NewSize(400, 400))
	s.Picture.SetActual(true)
	g := s.glass
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -50)})
	g.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-30, -70)})
	s.SetControl(true)
	g.MouseMoved(mouse(10, 20, 0))
	g.MouseMoved(mouse(395, 20, 0)) // on the bar beside it
	g.MouseMoved(mouse(387, 387, 0))
	if got, want := hands.take(), "move 40,140 move 417,507"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	s.Picture.SetActual(false)
	g.MouseMoved(mouse(0, 50, 0))
	g.MouseMoved(mouse(399, 349, 0))
	if got, want := hands.take(), "move 0,0 move 798,598"; got != want {
		t.Errorf("fitted again: got %q, want %q", got, want)
	}
}

// TestKeys plays what Fyne's driver tells for what is pressed.
func TestKeys(t *testing.T) {
	const shift, control, alt, super = fyne.KeyModifierShift, fyne.KeyModifierControl, fyne.KeyModifierAlt, fyne.KeyModifierSuper
	down := func(n fyne.KeyName) func(*glass) { return func(g *glass) { g.KeyDown(&fyne.KeyEvent{Name: n}) } }
	up := func(n fyne.KeyName) func(*glass) { return func(g *glass) { g.KeyUp(&fyne.KeyEvent{Name: n}) } }
	key := func(n fyne.KeyName) func(*glass) { return func(g *glass) { g.TypedKey(&fyne.KeyEvent{Name: n}) } }
	char := func(r rune) func(*glass) { return func(g *glass) { g.TypedRune(r) } }
	cut := func(s fyne.Shortcut) func(*glass) { return func(g *glass) { g.TypedShortcut(s) } }
	custom := func(n fyne.KeyName, m fyne.KeyModifier) func(*glass) {
		return cut(&desktop.CustomShortcut{KeyName: n, Modifier: m})
	}
	for name, c := range map[string]struct {
		events []func(*glass)
		want   string
	}{
		"a letter":           {[]func(*glass){down(fyne.KeyA), key(fyne.KeyA), char('a'), up(fyne.KeyA)}, "+a -a"},
		"a capital":          {[]func(*glass){down(desktop.KeyShiftLeft), down(fyne.KeyA), key(fyne.KeyA), char('A'), up(desktop.KeyShiftLeft)}, "+Shift +A -A -Shift"},
		"a dead key":         {[]func(*glass){down(""), key(""), down(fyne.KeyE), key(fyne.KeyE), char('é')}, "+é -é"},
		"an umlaut":          {[]func(*glass){down(""), key(""), char('ö')}, "+ö -ö"},
		"AltGr":              {[]func(*glass){down(desktop.KeyAltRight), down(fyne.KeyQ), key(fyne.KeyQ), char('@'), up(desktop.KeyAltRight)}, "+@ -@"},
		"a repeated letter":  {[]func(*glass){char('x'), char('x')}, "+x -x +x -x"},
		"a space":            {[]func(*glass){key(fyne.KeySpace), char(' ')}, "+  - "},
		"an arrow":           {[]func(*glass){down(fyne.KeyLeft), key(fyne.KeyLeft), key(fyne.KeyLeft)}, "+ArrowLeft -ArrowLeft +ArrowLeft -ArrowLeft"},
		"both Enters":        {[]func(*glass){key(fyne.KeyReturn), key(fyne.KeyEnter)}, "+Enter -Enter +Enter -Enter"},
		"Tab back":           {[]func(*glass){down(desktop.KeyShiftRight), key(fyne.KeyTab), up(desktop.KeyShiftRight)}, "+Shift +Tab -Tab -Shift"},
		"copy":               {[]func(*glass){down(desktop.KeyControlLeft), down(fyne.KeyC), cut(&fyne.ShortcutCopy{}), up(desktop.KeyControlLeft)}, "+Control +c -c -Control"},
		"paste by Insert":    {[]func(*glass){down(desktop.KeyShiftLeft), cut(&fyne.ShortcutPaste{})}, "+Shift +Insert -Insert"},
		"cut by Delete":      {[]func(*glass){down(desktop.KeyShiftLeft), cut(&fyne.ShortcutCut{})}, "+Shift +Delete -Delete"},
		"undo":               {[]func(*glass){down(desktop.KeyControlLeft), cut(&fyne.ShortcutUndo{})}, "+Control +z -z"},
		"select all":         {[]func(*glass){down(desktop.KeyControlLeft), cut(&fyne.ShortcutSelectAll{})}, "+Control +a -a"},
		"new private window": {[]func(*glass){down(desktop.KeyControlLeft), down(desktop.KeyShiftLeft), custom(fyne.KeyN, control|shift)}, "+Control +Shift +N -N"},
		"a word back":        {[]func(*glass){down(desktop.KeyControlLeft), custom(fyne.KeyLeft, control)}, "+Control +ArrowLeft -ArrowLeft"},
		"a menu":             {[]func(*glass){down(desktop.KeyAltLeft), custom(fyne.KeyF, alt), up(desktop.KeyAltLeft)}, "+Alt +f -f -Alt"},
		"run":                {[]func(*glass){down(desktop.KeySuperLeft), custom(fyne.KeyR, super), char('r'), up(desktop.KeySuperLeft)}, "+Meta +r -r -Meta"},
		"no name":            {[]func(*glass){down(desktop.KeyControlLeft), custom("", control)}, "+Control"},
		"a held key twice":   {[]func(*glass){down(desktop.KeyShiftLeft), down(desktop.KeyShiftRight), up(desktop.KeyShiftLeft)}, "+Shift -Shift"},
		"focus goes":         {[]func(*glass){down(desktop.KeyControlLeft), down(desktop.KeyShiftLeft), (*glass).FocusLost, up(desktop.KeyControlLeft)}, "+Control +Shift -Shift -Control"},
		"the way out":        {[]func(*glass){down(desktop.KeyControlLeft), down(desktop.KeyAltLeft), down(fyne.KeyReturn)}, "+Control +Alt leave"},
		"no way out":         {[]func(*glass){down(desktop.KeyControlLeft), down(fyne.KeyReturn), custom(fyne.KeyReturn, control)}, "+Control +Enter -Enter"},
	} {
		t.Run(name, func(t *testing.T) {
			s, hands, _ := shown(t, fyne.NewSize(400, 300))
			s.SetControl(true)
			for _, e := range c.events {
				e(s.glass)
			}
			if got := hands.take(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			s.SetControl(false)
			hands.take()
			for _, e := range c.events {
				e(s.glass)
			}
			if got := hands.take(); got != "" {
				t.Errorf("without control %q", got)
			}
		})
	}
	for _, name := range modifierNames {
		if slices.Contains([]string{"Shift", "Control", "Alt", "Meta"}, name) {
			continue
		}
		t.Errorf("%q is no modifier", name)
	}
}
