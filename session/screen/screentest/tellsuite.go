package screentest

import (
	"errors"
	"image"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/screen"
)

// TellFixture is a driver that tells what changes, with a pointer that a test can move.
type TellFixture struct {
	Fixture
	Point func(t testing.TB, at image.Point)                     // moves the pointer; nil when it cannot be known here
	Shape func(t testing.TB, size, hot image.Point, argb uint32) // gives it a shape of one colour, premultiplied; nil likewise
}

// TellSuite is what every driver that tells what changes must do.
func TellSuite(t *testing.T, open func(t *testing.T) TellFixture) {
	for name, test := range map[string]func(*testing.T, TellFixture){
		"tells what has changed": tellsDamage, "tells nothing of nothing": tellsNothing, "tells of monitors": tellsMonitors,
		"tells of the pointer": tellsPointer, "tells several": tellsSeveral, "closes while one waits": tellsClosing,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// patienceTime is for how long a test waits for what must come.
const patienceTime = 10 * time.Second

func (f Fixture) tell(t *testing.T) screen.Told {
	t.Helper()
	told, err := f.Source.(screen.Teller).Tell()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := told.Close(); err != nil {
			t.Error(err)
		}
	})
	return told
}

// await waits for a change that is as it should be.
func await(t *testing.T, told screen.Told, is func(screen.Change) bool) screen.Change {
	t.Helper()
	late := time.After(patienceTime)
	for {
		c, err := told.Take()
		if err != nil {
			t.Fatal(err)
		}
		if is(c) {
			return c
		}
		select {
		case <-told.Changed():
		case <-late:
			t.Fatalf("it was not told; the last was %+v", c)
		}
	}
}

func tellsNothing(t *testing.T, f TellFixture) {
	told := f.tell(t)
	f.Paint(t, Pattern(f.Desktop, 3))
	await(t, told, func(c screen.Change) bool { return len(c.Damage) > 0 })
	quiet := 0
	for range 20 { // servers have a few things to say at first
		select {
		case <-told.Changed():
			if c, err := told.Take(); err != nil || len(c.Damage) > 0 && quiet > 2 {
				t.Fatalf("nothing changes, and it is told %+v, %v", c, err)
			}
			quiet = 0
		case <-time.After(100 * time.Millisecond):
			if quiet++; quiet == 5 {
				return
			}
		}
	}
	t.Error("it is told over and over of nothing")
}

func tellsMonitors(t *testing.T, f TellFixture) {
	if f.SetMonitors == nil {
		return // with one monitor there is nothing to hold
	}
	told := f.tell(t)
	before := await(t, told, func(c screen.Change) bool { return len(c.Monitors) == 1 })
	both := halves(f.Desktop)
	f.SetMonitors(t, both...)
	into := pixel.New(image.Rectangle{Max: f.Desktop.Size()})
	all := screen.View{Scope: screen.Scope{All: true}}
	_, err := told.Read(screen.Reading{View: all, Area: []image.Rectangle{f.Desktop}, Parts: []image.Rectangle{f.Desktop}, Into: into, Origin: f.Desktop.Min})
	if !errors.Is(err, screen.ErrChanged) {
		t.Errorf("what is read of other monitors than were told of gives %v, want %v", err, screen.ErrChanged)
	}
	select {
	case <-told.Changed():
	case <-time.After(patienceTime):
		t.Error("it is not told of another monitor")
	}
	after := await(t, told, func(c screen.Change) bool { return len(c.Monitors) == 2 })
	if diff := cmp.Diff(both, after.Monitors); diff != "" {
		t.Error(diff)
	}
	if before.Monitors[0].Scale != 1 {
		t.Errorf("the scale is %v, want 1", before.Monitors[0].Scale)
	}
}

func tellsPointer(t *testing.T, f TellFixture) {
	if f.Point == nil {
		t.Skip("the pointer cannot be known here")
	}
	told := f.tell(t)
	for _, at := range []image.Point{{10, 20}, {200, 100}, {11, 21}} {
		at = at.Add(f.Desktop.Min)
		f.Point(t, at)
		await(t, told, func(c screen.Change) bool { return c.Pointer.At == at })
	}
	var last *pixel.Shape
	for i, size := range []image.Point{{16, 16}, {24, 32}, {16, 16}} {
		hot, argb := image.Pt(3+i, 5), uint32(0xff204060)+uint32(i)
		f.Shape(t, size, hot, argb)
		c := await(t, told, func(c screen.Change) bool {
			s := c.Pointer.Shape
			return s != nil && s.Size == size && s.Hot == hot && s.Pix[0] == argb
		})
		if s := c.Pointer.Shape; len(s.Pix) != size.X*size.Y || s == last {
			t.Errorf("%d pixels for a pointer of %v; it is the same as before: %v", len(s.Pix), size, s == last)
		}
		last = c.Pointer.Shape
	}
	f.Shape(t, image.Pt(8, 8), image.Point{}, 0) // nothing of it is to be seen
	await(t, told, func(c screen.Change) bool { return c.Pointer.Shape == nil })
}

func tellsSeveral(t *testing.T, f TellFixture) {
	var all []copied
	for range 3 {
		c := newCopied(f.tell(t), f.Desktop)
		first, err := c.told.Take()
		if err != nil {
			t.Fatal(err)
		}
		c.read(t, first)
		all = append(all, c)
	}
	p := Pattern(f.Desktop, 5)
	f.Paint(t, p)
	for i, c := range all {
		await(t, c.told, func(change screen.Change) bool {
			c.read(t, change)
			return areas(change.Damage) > 0
		})
		if got, want := c.picture.At(7, 9), p.At(f.Desktop.Min.X+7, f.Desktop.Min.Y+9); got != want {
			t.Errorf("to look %d a pixel is %v, want %v", i, got, want)
		}
	}
}

func tellsClosing(t *testing.T, f TellFixture) {
	other := f.tell(t)
	for _, end := range []struct {
		name string
		told screen.Told
		by   func(screen.Told) error
	}{
		{"its own end", f.tell(t), func(told screen.Told) error { return told.Close() }},
		{"the source's", other, func(screen.Told) error { return f.Source.Close() }},
	} {
		if _, err := end.told.Take(); err != nil {
			t.Fatal(err)
		}
		waiting, woken := make(chan struct{}), make(chan struct{})
		go func() {
			close(waiting)
			for {
				<-end.told.Changed()
				if _, err := end.told.Take(); errors.Is(err, screen.ErrClosed) {
					close(woken)
					return
				}
			}
		}()
		<-waiting
		if err := end.by(end.told); err != nil {
			t.Fatal(err)
		}
		select {
		case <-woken:
		case <-time.After(patienceTime):
			t.Fatalf("%s does not wake who waits", end.name)
		}
		if _, err := end.told.Read(screen.Reading{View: screen.View{Scope: screen.Scope{All: true}}}); !errors.Is(err, screen.ErrClosed) {
			t.Errorf("after %s Read gives %v, want %v", end.name, err, screen.ErrClosed)
		}
	}
}
