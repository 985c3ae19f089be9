package screentest

import (
	"image"
	"image/color"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/beistand/beistand/session/screen"
)

// Opened is a window that a test asks for.
type Opened struct {
	Title, Class, Program string
	At                    image.Rectangle
	Fill                  color.RGBA
	Over                  uint32 // the window whose dialog it is; 0 for none
}

// ViewFixture is a driver with windows that a test can open, in front of all.
type ViewFixture struct {
	Fixture
	Open      func(t testing.TB, o Opened) uint32
	Move      func(t testing.TB, id uint32, to image.Point)
	Rename    func(t testing.TB, id uint32, title string)
	Close     func(t testing.TB, id uint32)
	Lock      func(t testing.TB) // locks the screen; nil when this system's lock cannot be known
	NoProgram bool               // Open cannot choose the program: every window is this one's

	looks map[*screen.Limited]*screen.Look // nil: pictures are taken by Grab
}

var (
	green = color.RGBA{0x10, 0xd0, 0x30, 0xff}
	pink  = color.RGBA{0xf0, 0x30, 0xc0, 0xff}
	black = color.RGBA{0, 0, 0, 0xff}
	left  = image.Rect(10, 10, 90, 90)
	right = image.Rect(150, 40, 250, 140)
)

// ViewSuite is what every driver that knows windows must do.
func ViewSuite(t *testing.T, open func(t *testing.T) ViewFixture) {
	for name, test := range map[string]func(*testing.T, ViewFixture){
		"shows nothing by itself": nothing, "shows monitors": someMonitors, "shows windows": someWindows, "changes at once": atOnce,
		"hides": hides, "hides what is renamed": renamed, "hides what belongs to it": belongs, "hides while it moves": moving, "locks": locks,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
		t.Run(name+", to one who looks", func(t *testing.T) {
			f := open(t)
			f.looks = map[*screen.Limited]*screen.Look{}
			test(t, f)
		})
	}
	t.Run("tells who waits", func(t *testing.T) { wakes(t, open(t)) })
}

// look takes the first monitor's picture.
func (f ViewFixture) look(t testing.TB, l *screen.Limited) *image.RGBA {
	t.Helper()
	if f.looks != nil {
		return f.take(t, l)
	}
	monitors, err := l.Monitors()
	if err != nil {
		t.Fatal(err)
	}
	p := image.NewRGBA(monitors[0].Bounds)
	if err := l.Grab(monitors[0], p); err != nil {
		t.Fatal(err)
	}
	return p
}

// take is look by a Look that goes on.
func (f ViewFixture) take(t testing.TB, l *screen.Limited) *image.RGBA {
	t.Helper()
	k := f.looks[l]
	if k == nil {
		var err error
		if k, err = l.Look(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := k.Close(); err != nil {
				t.Error(err)
			}
		})
		f.looks[l] = k
	}
	shot, err := k.Take()
	if err != nil {
		t.Fatal(err)
	}
	p := image.NewRGBA(shot.Monitors[0].Bounds)
	moved := *shot.Picture
	moved.Rect = moved.Rect.Add(shot.Origin)
	moved.Give(p, p.Rect)
	return p
}

// count says how many pixels have a colour.
func count(p *image.RGBA, c color.RGBA) (n int) {
	for i := 0; i+3 < len(p.Pix); i += 4 {
		if [4]byte(p.Pix[i:i+4]) == [4]byte{c.R, c.G, c.B, c.A} {
			n++
		}
	}
	return n
}

func area(r image.Rectangle) int { return r.Dx() * r.Dy() }

// want waits until a colour has that many pixels: programs paint when they do.
func (f ViewFixture) want(t testing.TB, l *screen.Limited, c color.RGBA, n int) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); ; runtime.Gosched() {
		got := count(f.look(t, l), c)
		if got == n {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d pixels of %v, want %d; black because: %v", got, c, n, l.Black())
		}
	}
}

func nothing(t *testing.T, f ViewFixture) {
	f.Paint(t, Pattern(f.Desktop, 1))
	f.Open(t, Opened{Title: "Ledger", At: left, Fill: green})
	l := screen.Limit(f.Source, nil)
	if p := f.look(t, l); count(p, black) != area(p.Rect) {
		t.Error("something is shown")
	}
	l.Choose(screen.Scope{All: true})
	f.want(t, l, green, area(left))
	l.Choose(screen.Scope{Monitors: []string{"gone"}})
	if p := f.look(t, l); count(p, black) != area(p.Rect) {
		t.Error("something is shown of a monitor that is gone")
	}
	if l.Black() != nil {
		t.Error(l.Black())
	}
}

func someMonitors(t *testing.T, f ViewFixture) {
	if f.SetMonitors == nil {
		t.Skip("this system has one monitor")
	}
	both := halves(f.Desktop)
	f.SetMonitors(t, both...)
	l := screen.Limit(f.Source, nil)
	l.Choose(screen.Scope{Monitors: []string{both[1].Name}})
	f.Paint(t, Pattern(f.Desktop, 5))
	got, err := l.Monitors()
	if err != nil || len(got) != 1 || got[0] != both[1] {
		t.Fatalf("monitors are %v, %v", got, err)
	}
	p := Pattern(f.Desktop, 5)
	if at, differs := differ(p, both[1], f.look(t, l)); differs {
		t.Errorf("pixel %v differs", at)
	}
	if err := l.Grab(both[0], image.NewRGBA(both[0].Bounds)); err == nil {
		t.Error("a monitor that was not chosen is shown")
	}
}

func someWindows(t *testing.T, f ViewFixture) {
	f.Paint(t, Pattern(f.Desktop, 1))
	id := f.Open(t, Opened{Title: "Ledger", At: left, Fill: green})
	f.Open(t, Opened{Title: "Mail", At: left.Add(image.Pt(40, 40)), Fill: pink})
	l := screen.Limit(f.Source, nil)
	l.Choose(screen.Scope{Windows: []uint32{id}})
	covered := area(left.Intersect(left.Add(image.Pt(40, 40))))
	f.want(t, l, green, area(left)-covered)
	f.Move(t, id, image.Pt(120, 100)) // moved to the front or not: nothing else comes out
	for range 50 {
		p := f.look(t, l)
		if n := count(p, green) + count(p, black); n != area(p.Rect) || count(p, pink) > 0 {
			t.Fatalf("%d pixels are neither the window's nor black", area(p.Rect)-n)
		}
	}
	f.Close(t, id)
	f.want(t, l, black, area(f.Desktop))
}

func atOnce(t *testing.T, f ViewFixture) {
	f.Paint(t, Pattern(f.Desktop, 1))
	one := f.Open(t, Opened{Title: "Ledger", At: left, Fill: green})
	other := f.Open(t, Opened{Title: "Mail", At: right, Fill: pink})
	l := screen.Limit(f.Source, nil)
	monitors, err := l.Monitors()
	if err != nil {
		t.Fatal(err)
	}
	var private atomic.Bool // Choose has returned: the other window is not seen any more
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			p := image.NewRGBA(monitors[0].Bounds)
			for {
				select {
				case <-stop:
					return
				default:
				}
				was := private.Load()
				if err := l.Grab(monitors[0], p); err != nil {
					t.Error(err)
					return
				}
				if was && count(p, pink) > 0 && private.Load() {
					t.Error("the other window is shown after the change has returned")
					return
				}
			}
		})
	}
	for range 25 {
		l.Choose(screen.Scope{Windows: []uint32{one, other}})
		f.want(t, l, pink, area(right))
		l.Choose(screen.Scope{Windows: []uint32{one}})
		private.Store(true)
		f.want(t, l, pink, 0)
		f.want(t, l, green, area(left))
		private.Store(false)
	}
	close(stop)
	wg.Wait()
}

func hides(t *testing.T, f ViewFixture) {
	for name, c := range map[string]struct {
		hide   screen.Hidden
		hidden bool
	}{
		"title": {screen.Hidden{Title: "*bank*"}, true}, "class": {screen.Hidden{Class: "keeper"}, true},
		"program": {screen.Hidden{Program: "/opt/keeper/*"}, true}, "program's last part": {screen.Hidden{Program: "keep??"}, false},
		"both": {screen.Hidden{Title: "my*", Class: "KEEPER"}, true}, "one of two": {screen.Hidden{Title: "other", Class: "Keeper"}, false},
		"nothing": {screen.Hidden{}, false},
	} {
		if name == "program" && f.NoProgram {
			continue // a test's window on a real desktop is this program's
		}
		t.Run(name, func(t *testing.T) {
			id := f.Open(t, Opened{Title: "My Bank – Sign in", Class: "Keeper", Program: "/opt/keeper/keeper", At: left, Fill: pink})
			defer f.Close(t, id)
			l := screen.Limit(f.Source, []screen.Hidden{c.hide})
			l.Choose(screen.Scope{All: true})
			if c.hidden {
				f.want(t, l, pink, 0)
			} else {
				f.want(t, l, pink, area(left))
			}
			l.Choose(screen.Scope{Windows: []uint32{id}}) // the profile's word counts more
			if c.hidden {
				f.want(t, l, pink, 0)
			}
		})
	}
}

func renamed(t *testing.T, f ViewFixture) {
	id := f.Open(t, Opened{Title: "News", Class: "Browser", At: left, Fill: pink})
	l := screen.Limit(f.Source, []screen.Hidden{{Title: "*bank*"}})
	l.Choose(screen.Scope{All: true})
	f.want(t, l, pink, area(left))
	f.Rename(t, id, "The Bank")
	if n := count(f.look(t, l), pink); n > 0 {
		t.Errorf("%d pixels are shown", n)
	}
	f.Rename(t, id, "News")
	f.want(t, l, pink, area(left))
}

func belongs(t *testing.T, f ViewFixture) {
	id := f.Open(t, Opened{Title: "Vault", Class: "Keeper", At: left, Fill: pink})
	dialog := f.Open(t, Opened{Title: "Really?", Class: "Other", At: right, Fill: pink, Over: id})
	f.Open(t, Opened{Title: "Copy", Class: "Another", At: right.Add(image.Pt(0, 60)), Fill: pink, Over: dialog})
	f.Open(t, Opened{Title: "Ledger", Class: "Ledger", At: image.Rect(10, 150, 60, 190), Fill: green})
	l := screen.Limit(f.Source, []screen.Hidden{{Class: "keeper"}})
	l.Choose(screen.Scope{All: true})
	f.want(t, l, green, 50*40)
	f.want(t, l, pink, 0)
}

// moving opens, moves and closes what is hidden while pictures are taken.
func moving(t *testing.T, f ViewFixture) {
	f.Open(t, Opened{Title: "Ledger", Class: "Ledger", At: image.Rect(0, 0, 20, 20), Fill: green})
	l := screen.Limit(f.Source, []screen.Hidden{{Class: "keeper"}})
	l.Choose(screen.Scope{All: true})
	f.want(t, l, green, 400)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; ; i++ {
			id := f.Open(t, Opened{Title: "Vault", Class: "Keeper", At: left.Add(image.Pt(i%50, 20)), Fill: pink})
			for j := range 20 {
				f.Move(t, id, image.Pt(20+(i*37+j*53)%200, 20+(j*29)%120))
			}
			f.Close(t, id)
			select {
			case <-stop:
				return
			default:
			}
		}
	})
	for i := range 300 {
		if n := count(f.look(t, l), pink); n > 0 {
			t.Errorf("picture %d has %d pixels of what is hidden", i, n)
			break
		}
	}
	close(stop)
	wg.Wait()
}

func locks(t *testing.T, f ViewFixture) {
	if f.Lock == nil {
		t.Skip("a lock cannot be known here")
	}
	f.Paint(t, Pattern(f.Desktop, 1))
	l := screen.Limit(f.Source, []screen.Hidden{{Class: "keeper"}})
	l.Choose(screen.Scope{All: true})
	f.look(t, l)
	if l.Black() != nil {
		t.Fatal(l.Black())
	}
	f.Lock(t)
	f.want(t, l, black, area(f.Desktop))
	if l.Black() == nil {
		t.Error("no reason is given")
	}
}
