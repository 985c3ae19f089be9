//go:build !headless

package supporter

import (
	"context"
	"errors"
	"image"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/pagetest"
	"github.com/beistand/beistand/app/gui/surface"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session"
	"github.com/beistand/beistand/session/rights"
)

// live is a session that a test tells how it stands.
type live struct {
	*pagetest.Person
	flow *Flow
	w    page.Watching
	h    *fakeHelping
}

// goLive goes to a session whose picture is shown, with these rights.
func goLive(t *testing.T, role string, given ...rights.Right) *live {
	t.Helper()
	d := &fakeDesk{all: cases()}
	p, flow := start(t, d)
	signIn(p)
	l := goLiveIn(t, role, p, flow, d)
	l.is(page.Standing{Given: rights.Of(given...)})
	l.See(", direct connection")
	return l
}

// goLiveIn goes to it in a window where somebody is signed in.
func goLiveIn(t *testing.T, role string, p *pagetest.Person, flow *Flow, d *fakeDesk) *live {
	t.Helper()
	joined := make(chan page.Watching, 1)
	d.watch = func(ctx context.Context, w page.Watching) (session.End, error) {
		joined <- w
		<-ctx.Done()
		return session.End{By: session.BySupporter, Started: time.Now(), Ended: time.Now()}, nil
	}
	flow.code(d.all[1], api.Session{ID: "s1", FirstPart: "482", Role: role}, "")
	p.Type("482-", "482915306")
	p.Press(fyne.KeyReturn)
	l := &live{Person: p, flow: flow, h: &fakeHelping{}}
	p.Until("the session", func() bool {
		select {
		case l.w = <-joined:
			return true
		default:
			return false
		}
	})
	l.w.Joined(l.h)
	l.is(page.Standing{Given: rights.Of(rights.See)})
	m := screen(640, 400)
	l.w.Show(m, []image.Rectangle{m.Rect})
	l.Until("the picture", func() bool { return l.screenIn() != nil })
	return l
}

// is tells how the session stands.
func (l *live) is(n page.Standing) {
	n.Phase, n.Path = session.PhaseWatching, session.PathDirect
	l.w.Notify(n)
	l.Drain()
}

// chip is the right with this word.
func (l *live) chip(word string) *widget.Chip {
	l.T.Helper()
	var found *widget.Chip
	l.Until("the chip "+word, func() bool {
		l.Each(func(o fyne.CanvasObject) {
			if c, ok := o.(*widget.Chip); ok && c.Text == word {
				found = c
			}
		})
		return found != nil
	})
	return found
}

// screenIn is the screen in the window.
func (l *live) screenIn() *widget.Screen {
	var found *widget.Screen
	l.Each(func(o fyne.CanvasObject) {
		if s, ok := o.(*widget.Screen); ok {
			found = s
		}
	})
	return found
}

func TestAskingForMore(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See)
	for word, want := range map[string]widget.ChipState{"Screen": widget.ChipLit, "Control": widget.ChipOff, "Logs": widget.ChipOff} {
		if got := l.chip(word).State; got != want {
			t.Errorf("%s is %v, want %v", word, got, want)
		}
	}
	test.Tap(l.chip("Control"))
	l.Type("Why, in a few words", "to set\tthe printer")
	l.Press(fyne.KeyReturn)
	if !l.h.did("ask control (to set the printer)") {
		t.Fatal(l.h.all())
	}
	see, control := rights.Of(rights.See), rights.Of(rights.Control)
	l.is(page.Standing{Given: see, Asked: page.Request{Rights: control, Outcome: page.OutcomeOpen}})
	l.See("Piet de Vries is asked for: Control")
	if l.chip("Control").State != widget.ChipWaits {
		t.Error("an open question is not shown")
	}
	test.Tap(l.chip("Logs"))
	l.See("One question at a time")
	l.Window.Canvas().Overlays().Top().Hide()
	l.is(page.Standing{Given: see, Asked: page.Request{Rights: control, Outcome: page.OutcomeRefused}})
	l.See("Piet de Vries has not allowed it: Control")
	if l.chip("Control").State != widget.ChipOff {
		t.Error("refused, and not off")
	}
	both := rights.Of(rights.Control, rights.Logs)
	l.is(page.Standing{Given: see, Asked: page.Request{Rights: both, Outcome: page.OutcomeOpen}})
	l.is(page.Standing{Given: see.With(control), Asked: page.Request{Rights: both, Outcome: page.OutcomePart}})
	l.See("Piet de Vries has allowed a part of it: Control")
	l.is(page.Standing{Given: see.With(both), Asked: page.Request{Rights: both, Outcome: page.OutcomeGiven}})
	l.See("Piet de Vries has allowed it: Control, Logs")
	test.Tap(l.chip("Control"))
	l.Tap("Give back")
	if !l.h.did("give back control") {
		t.Error(l.h.all())
	}
	l.is(page.Standing{Given: see.With(rights.Of(rights.Logs)), Asked: page.Request{Rights: both, Outcome: page.OutcomeGiven}})
	l.See("Not given any more: Control")
}

func TestAQuestionThatCannotBeAsked(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See)
	l.h.err = session.ErrRefused
	test.Tap(l.chip("Load"))
	l.Tap("Ask the customer")
	l.See("The customer did not allow it.")
}

func TestAnObserverHasOneRight(t *testing.T) {
	l := goLive(t, api.RoleObserver, rights.See)
	l.See("Observer")
	l.Each(func(o fyne.CanvasObject) {
		if c, ok := o.(*widget.Chip); ok && c.Text != "Screen" {
			t.Errorf("an observer can ask for %s", c.Text)
		}
	})
}

func TestControl(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See)
	if l.Sees("Take control") {
		t.Error("control is offered without the right")
	}
	l.is(page.Standing{Given: rights.Of(rights.See, rights.Point, rights.Control)})
	l.screenIn().Picture.SetActual(true)
	l.Tap("Point now")
	l.hover(30, 40)
	l.hover(-9, 40)
	if !l.h.did("point (30,40) true") || !l.h.did("point (0,0) false") {
		t.Error(l.h.all())
	}
	l.Tap("Take control")
	l.See("Mouse and keyboard go to Piet de Vries's computer. Ctrl+Alt+Enter ends it.")
	l.hover(100, 50)
	focus := l.Window.Canvas().Focused()
	keys, ok := focus.(desktop.Keyable)
	if !ok {
		t.Fatalf("the keys go to %T", focus)
	}
	focus.TypedRune('ö')
	focus.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	l.Until("the pointer", func() bool { return l.h.did("move (100,50)") })
	if !l.h.did(`key 'ö'  true`) || !l.h.did(`key '\x00' Escape true`) {
		t.Error(l.h.all())
	}
	l.Tap("Keys")
	l.item("Alt+Tab")
	if !strings.Contains(l.h.all(), `key '\x00' Alt true; key '\x00' Tab true; key '\x00' Tab false; key '\x00' Alt false`) {
		t.Error(l.h.all())
	}
	keys.KeyDown(&fyne.KeyEvent{Name: desktop.KeyControlLeft})
	keys.KeyDown(&fyne.KeyEvent{Name: desktop.KeyAltLeft})
	keys.KeyDown(&fyne.KeyEvent{Name: fyne.KeyReturn})
	l.Until("the end of control", func() bool { return !l.Sees("Mouse and keyboard go to") })
	if !l.h.did(`key '\x00' Control false`) || !l.h.did(`key '\x00' Alt false`) {
		t.Error("keys stay down: " + l.h.all())
	}
	l.Tap("Take control")
	l.See("Mouse and keyboard go to")
	l.is(page.Standing{Given: rights.Of(rights.See)})
	l.Until("the end of control", func() bool { return !l.Sees("Mouse and keyboard go to") && !l.Sees("Take control") })
}

// item chooses from the menu that is open.
func (l *live) item(label string) {
	l.T.Helper()
	l.Each(func(o fyne.CanvasObject) {
		if f := reflect.Indirect(reflect.ValueOf(o)).FieldByName("Item"); f.IsValid() && f.CanInterface() {
			if i, ok := f.Interface().(*fyne.MenuItem); ok && i != nil && i.Label == label {
				i.Action()
				l.Window.Canvas().Overlays().Top().Hide()
				return
			}
		}
	})
}

// hover moves the mouse into a pixel of the picture, which has 640 by 400 and is
// shown pixel for pixel.
func (l *live) hover(x, y int) {
	l.Each(func(o fyne.CanvasObject) {
		if _, ok := o.(fyne.Scrollable); !ok {
			return
		}
		if over, ok := o.(desktop.Hoverable); ok {
			size := o.Size()
			over.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{
				Position: fyne.NewPos((size.Width-640)/2+float32(x)+0.5, (size.Height-400)/2+float32(y)+0.5),
			}})
		}
	})
}

// TestControlWaitsForThePicture holds that nobody types into nothing.
func TestControlWaitsForThePicture(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See)
	given := rights.Of(rights.See, rights.Control)
	l.is(page.Standing{Given: given, Paused: true})
	if l.Enabled("Take control") {
		t.Error("there is control while the customer pauses")
	}
	l.is(page.Standing{Given: given})
	if l.Enabled("Take control") {
		t.Error("there is control before the picture is back")
	}
	m := screen(640, 400)
	l.w.Show(m, []image.Rectangle{m.Rect})
	l.Until("control", func() bool { return l.Enabled("Take control") })
}

func TestEscapeDoesNotEndWhatIsSeen(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See)
	l.Press(fyne.KeyEscape)
	l.Drain()
	if l.Sees("Ending") {
		t.Error("one stray key has ended the session")
	}
}

func TestHeldAndInterrupted(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See)
	m := screen(640, 400)
	see := rights.Of(rights.See)
	l.is(page.Standing{Given: see, Broken: true, Since: time.Now().Add(-12 * time.Second)})
	l.See("The connection is interrupted")
	l.See("It comes back by itself")
	l.See("interrupted for 0:12")
	if l.screenIn() == nil {
		t.Error("the last picture is gone while the connection is")
	}
	l.is(page.Standing{Given: see, Broken: true, NoDesk: true, Since: time.Now()})
	l.See("The desk cannot be reached either.")
	l.is(page.Standing{Given: see})
	l.Until("the picture", func() bool { return !l.Sees("interrupted") })
	l.is(page.Standing{Given: see, NoObserver: true})
	l.See("The observer is missing")
	if seen := l.Window.Canvas().Capture(); has(seen, m.At(320, 200)) {
		t.Error("the picture is still in the window")
	}
	l.is(page.Standing{Given: see})
	l.w.Show(m, []image.Rectangle{m.Rect})
	l.Until("the picture", func() bool { return !l.Sees("The observer is missing") })
	l.is(page.Standing{Given: see, Locked: true})
	l.See("The customer's screen is locked")
	l.See("held, the screen is locked")
	if seen := l.Window.Canvas().Capture(); has(seen, m.At(320, 200)) {
		t.Error("the picture is still in the window while the screen is locked")
	}
	l.is(page.Standing{Given: rights.Of(rights.Logs)})
	l.See("The screen is not shown")
}

func TestWords(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See)
	if l.Sees("Words") {
		t.Error("there are no words yet")
	}
	l.is(page.Standing{Given: rights.Of(rights.See), Words: [2]string{"maple", "harbour"}})
	l.Tap("Words")
	l.See("maple harbour")
	l.See("which two words they see")
}

func TestActualSize(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See)
	l.Tap("1:1")
	if !l.screenIn().Picture.Actual() {
		t.Error("not pixel for pixel")
	}
	l.Tap("Fit")
	if l.screenIn().Picture.Actual() {
		t.Error("still pixel for pixel")
	}
}

func TestEvidenceBesideThePicture(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See)
	all := rights.Of(rights.See, rights.Vitals, rights.Logs, rights.System)
	l.is(page.Standing{Given: all})
	for _, want := range []string{"want vitals true", "want logs true", "want system true"} {
		if !l.h.did(want) {
			t.Errorf("not %s: %s", want, l.h.all())
		}
	}
	l.w.Vitals("Processor: 97 %\nMemory: 7.9 of 15.6 GB, 51 %\nweird\x1b[31m\n")
	l.Drain()
	l.Tab("Load")
	l.Until("the figures", func() bool { return l.gauge("Processor") != nil && l.gauge("Memory") != nil })
	if g := l.gauge("Processor"); g.Part != 0.97 || g.Tone != widget.Bad || g.Text != "97 %" {
		t.Errorf("processor is %+v", g)
	}
	l.w.Evidence(rights.Logs, "faktura.log", []byte("first\nERROR printer HP-4200\nlast\n"))
	l.See("faktura.log")
	l.Type("Search in this text", "hp-4200")
	l.See("1 of 1")
	l.w.Evidence(rights.System, "system.json", []byte(`{"hostname":"buero-pc-7"}`))
	l.See("buero-pc-7")
	l.Tab("Logs")
	l.Tap("Fetch anew")
	if n := strings.Count(l.h.all(), "want logs true"); n != 2 {
		t.Errorf("asked %d times", n)
	}
	l.is(page.Standing{Given: rights.Of(rights.See)})
	l.Tab("Load")
	l.See("These are the last figures")
}

func (l *live) gauge(name string) (found *widget.Gauge) {
	l.Each(func(o fyne.CanvasObject) {
		if g, ok := o.(*widget.Gauge); ok && g.Name == name {
			found = g
		}
	})
	return found
}

func TestClipboards(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See, rights.ClipIn, rights.ClipOut)
	fyne.CurrentApp().Clipboard().SetContent("from here")
	l.Tap("Show mine")
	l.See("from here")
	l.See("9 characters, as they would be sent.")
	if l.h.did("clip from here") {
		t.Error("sent before it was said")
	}
	l.Tap("Send to them")
	l.See("9 characters are in their clipboard.")
	if !l.h.did("clip from here") {
		t.Error(l.h.all())
	}
	fyne.CurrentApp().Clipboard().SetContent(strings.Repeat("x", maxClip+1))
	l.Tap("Show mine")
	l.See("too much for a clipboard")
	if l.Enabled("Send to them") {
		t.Error("what is too much can be sent")
	}
	fyne.CurrentApp().Clipboard().SetContent("from here")
	l.w.Clip("from there")
	l.Drain()
	if got := fyne.CurrentApp().Clipboard().Content(); got != "from here" {
		t.Errorf("one's own clipboard became %q by itself", got)
	}
	l.Tap("Copy to my clipboard")
	if got := fyne.CurrentApp().Clipboard().Content(); got != "from there" {
		t.Errorf("copied %q", got)
	}
	l.is(page.Standing{Given: rights.Of(rights.See, rights.ClipOut)})
	if l.Sees("Send to them") {
		t.Error("can send without the right")
	}
}

func TestFiles(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See, rights.FilesIn, rights.FilesOut)
	path := filepath.Join(t.TempDir(), "patch.zip")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	w := l.screenIn()
	if w == nil {
		t.Fatal("no screen")
	}
	l.See("No file has gone or come yet.")
	l.flowFiles().give([]fyne.URI{storage.NewFileURI(path)})
	if !l.h.did("send " + path) {
		t.Error(l.h.all())
	}
	given := rights.Of(rights.See, rights.FilesIn, rights.FilesOut)
	at := func(state page.MovedState, done int64, why error) page.Standing {
		return page.Standing{Given: given, Moved: []page.Moved{{ID: 3, Right: rights.FilesIn, Name: "patch.zip", Size: 2048, Done: done, State: state, Why: why}}}
	}
	l.is(at(page.MovedOffered, 0, nil))
	l.See("Waits for an answer")
	l.is(at(page.MovedUnder, 1024, nil))
	l.See("1.0\u00a0kB of 2.0\u00a0kB")
	l.cancelFirst()
	if !l.h.did("cancel 3") {
		t.Error(l.h.all())
	}
	l.is(at(page.MovedDone, 2048, nil))
	l.See("Arrived whole, 2.0\u00a0kB")
	l.is(at(page.MovedFailed, 0, nil))
	l.See("It did not get through")
}

// flowFiles is the page's filing.
func (l *live) flowFiles() *filing {
	return newFiling(&watched{flow: l.flow, helping: l.h, scope: l.flow.frame.Scope, side: newSideOf(l)})
}

func newSideOf(l *live) *side {
	w := &watched{flow: l.flow, scope: l.flow.frame.Scope, picture: surface.New(l.flow.frame.UI)}
	return newSide(w)
}

// cancelFirst presses the first button without words beside a file.
func (l *live) cancelFirst() {
	l.T.Helper()
	var cancel *widget.Button
	l.Each(func(o fyne.CanvasObject) {
		if b, ok := o.(*widget.Button); ok && b.Text == "" && b.Icon != nil && strings.Contains(b.Icon.Name(), "cancel") && cancel == nil {
			cancel = b
		}
	})
	if cancel == nil {
		l.T.Fatal("nothing stops it")
	}
	test.Tap(cancel)
}

func TestAFileIsOffered(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See, rights.FilesOut)
	answer := make(chan error, 1)
	go func() {
		_, err := l.w.Offered(t.Context(), "report.pdf", 4096)
		answer <- err
	}()
	l.See("Piet de Vries sends report.pdf")
	l.See("4.0\u00a0kB")
	l.Tap("Do not take")
	l.Until("the answer", func() bool {
		select {
		case err := <-answer:
			if !errors.Is(err, errNotWanted) {
				t.Error(err)
			}
			return true
		default:
			return false
		}
	})
	l.Until("no question", func() bool { return !l.Sees("report.pdf") })
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		_, err := l.w.Offered(ctx, "late.pdf", -1)
		answer <- err
	}()
	l.See("late.pdf")
	cancel()
	l.Until("no question any more", func() bool { return !l.Sees("late.pdf") })
}

func TestSigns(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []sign
	}{
		"nothing":      {"", nil},
		"one":          {"Processor: 12 %", []sign{{"Processor", "12 %", 0.12}}},
		"no share":     {"Uptime: 3 days", []sign{{"Uptime", "3 days", -1}}},
		"a fine share": {"Disk C: 12.5% of 1 TB", []sign{{"Disk C", "12.5% of 1 TB", 0.125}}},
		"past a whole": {"Odd: 400 %", []sign{{"Odd", "400 %", -1}}},
		"no name":      {"hello", []sign{{"", "hello", -1}}},
		"as it comes":  {"Network: 1.5 MB/s in, 4.0 kB/s out", []sign{{"Network", "1.5 MB/s in, 4.0 kB/s out", -1}}},
		"used":         {"Memory: 7.9 GB of 15.6 GB, 51 %", []sign{{"Memory", "7.9 GB of 15.6 GB, 51 %", 0.51}}},
		"twice":        {"A: 1 %\nA: 2 %", []sign{{"A", "1 %", 0.01}}},
	} {
		got := signs(c.text)
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", name, got[i], c.want[i])
			}
		}
	}
	if n := len(signs(strings.Repeat("line\n", 1000))); n != maxSigns {
		t.Errorf("%d lines of a flood", n)
	}
}
