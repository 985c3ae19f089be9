package screen_test

import (
	"image"
	"image/color"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/screen/screentest"
	"github.com/beistand/beistand/session/x11/x11test"
)

// until takes Shots, each when it is told, until one is as it should be.
func until(t *testing.T, k *screen.Look, is func(screen.Shot) bool) screen.Shot {
	t.Helper()
	late := time.After(10 * time.Second)
	for {
		select {
		case <-k.Changed():
		case <-late:
			t.Fatal("it is not shown")
		}
		shot, err := k.Take()
		if err != nil {
			t.Fatal(err)
		}
		if is(shot) {
			return shot
		}
	}
}

func has(shot screen.Shot, p *image.RGBA) bool {
	for y := p.Rect.Min.Y; y < p.Rect.Max.Y; y++ {
		for x := p.Rect.Min.X; x < p.Rect.Max.X; x++ {
			if shot.Picture.At(x-shot.Origin.X, y-shot.Origin.Y) != color.Color(p.RGBAAt(x, y)) {
				return false
			}
		}
	}
	return true
}

// TestX11LookLarge looks at four monitors of a 4K desktop.
func TestX11LookLarge(t *testing.T) {
	display := x11test.Start(t, "3840x2160x24")
	p := newPainter(t, display)
	desktop := image.Rect(0, 0, 3840, 2160)
	p.setMonitors(t, quarters(desktop)...)
	source, err := screen.OpenX11(display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { source.Close() })
	l, k := looking(t, source)
	first := until(t, k, func(screen.Shot) bool { return true })
	if first.Picture.Rect != desktop || len(first.Areas) != 4 || len(first.Monitors) != 4 || !first.Fresh {
		t.Fatalf("the first is %v of %d monitors, fresh: %v", first.Picture.Rect, len(first.Monitors), first.Fresh)
	}
	for i, r := range []image.Rectangle{
		image.Rect(1800, 1000, 2100, 1200), image.Rect(0, 0, 1, 1), image.Rect(3839, 2159, 3840, 2160), image.Rect(100, 2000, 3800, 2100),
	} {
		want := screentest.Pattern(r, byte(i))
		p.paint(t, want)
		shot := until(t, k, func(shot screen.Shot) bool { return has(shot, want) })
		n := 0
		for _, d := range shot.Damage {
			n += d.Dx() * d.Dy()
		}
		if limit := 2*r.Dx()*r.Dy() + 4096; n > limit {
			t.Errorf("%d pixels are told for a change of %d", n, r.Dx()*r.Dy())
		}
	}
	l.Choose(screen.Scope{Monitors: []string{"M-2", "M-3"}}) // corner to corner
	want := screentest.Pattern(desktop, 9)
	p.paint(t, want)
	shot := until(t, k, func(shot screen.Shot) bool {
		return has(shot, want.SubImage(image.Rect(3800, 1000, 3840, 1080)).(*image.RGBA)) && has(shot, want.SubImage(image.Rect(0, 1080, 1920, 1100)).(*image.RGBA))
	})
	for _, black := range []image.Rectangle{image.Rect(0, 0, 1920, 1080), image.Rect(1920, 1080, 3840, 2160)} {
		for y := black.Min.Y; y < black.Max.Y; y++ {
			for _, v := range shot.Picture.Row(y, black.Min.X, black.Max.X) {
				if v != 0 {
					t.Fatalf("row %d shows something of a monitor that was not chosen", y)
				}
			}
		}
	}
}

// TestX11LookScale holds that the desktop's scale is known, also when it changes.
func TestX11LookScale(t *testing.T) {
	display := x11test.Start(t, "320x240x24")
	p := newPainter(t, display)
	source, err := screen.OpenX11(display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { source.Close() })
	_, k := looking(t, source)
	for text, scale := range map[string]float64{
		"Xcursor.size:\t24\nXft.dpi:\t192\n": 2, "Xft.dpi: 120\nXft.hinting: 1\n": 1.25, "Xft.dpi: nan\n": 1, "Xft.dpi: -3": 1, "Xft.dpi: 1e9": 1, "": 1,
	} {
		if err := xproto.ChangePropertyChecked(p.conn, xproto.PropModeReplace, p.root, xproto.AtomResourceManager, xproto.AtomString, 8, uint32(len(text)), []byte(text)).Check(); err != nil {
			t.Fatal(err)
		}
		until(t, k, func(shot screen.Shot) bool { return shot.Monitors[0].Scale == scale })
		if monitors, err := source.Monitors(); err != nil || monitors[0].Scale != scale {
			t.Errorf("%q is %v, %v", text, monitors, err)
		}
	}
}

// TestX11LookCursor holds that the pointer is told where something is seen,
// and nowhere else.
func TestX11LookCursor(t *testing.T) {
	f := telling(t, "")
	f.SetMonitors(t, screen.Monitor{Name: "A", Bounds: image.Rect(0, 0, 200, 200), Primary: true}, screen.Monitor{Name: "B", Bounds: image.Rect(300, 100, 500, 300)})
	l, k := looking(t, f.Source)
	f.Shape(t, image.Pt(16, 16), image.Pt(1, 2), 0xff00ff00)
	f.Point(t, image.Pt(310, 120))
	l.Choose(screen.Scope{Monitors: []string{"B"}})
	shot := until(t, k, func(shot screen.Shot) bool {
		return shot.Cursor.Shape != nil && shot.Cursor.Shape.Size == image.Pt(16, 16) && shot.Cursor.At == image.Pt(10, 20)
	})
	serial := shot.Cursor.Serial
	f.Point(t, image.Pt(330, 150))
	shot = until(t, k, func(shot screen.Shot) bool { return shot.Cursor.At == image.Pt(30, 50) })
	if shot.Cursor.Serial != serial || len(shot.Damage) > 0 {
		t.Errorf("where it moves its shape is another one: %v; damage is %v", shot.Cursor.Serial != serial, shot.Damage)
	}
	f.Point(t, image.Pt(50, 60)) // on the other monitor
	shot = until(t, k, func(shot screen.Shot) bool { return shot.Cursor.Shape == nil })
	if shot.Cursor.At != (image.Point{}) || shot.Cursor.Serial == serial {
		t.Errorf("where nothing is seen the pointer is told at %v", shot.Cursor.At)
	}
}

// TestX11LookServerGone holds that a server that goes away wakes who waits.
func TestX11LookServerGone(t *testing.T) {
	var source screen.Source
	var k *screen.Look
	t.Run("server", func(t *testing.T) { // its end ends the server
		var err error
		if source, err = screen.OpenX11(x11test.Start(t, "640x480x24")); err != nil {
			t.Fatal(err)
		}
		l := screen.Limit(source, []screen.Hidden{{Class: "keeper"}})
		l.Choose(screen.Scope{All: true})
		if k, err = l.Look(); err != nil {
			t.Fatal(err)
		}
		if _, err := k.Take(); err != nil {
			t.Fatal(err)
		}
	})
	late := time.After(10 * time.Second)
	for {
		select {
		case <-k.Changed():
		case <-late:
			t.Fatal("who waits is not woken")
		}
		if _, err := k.Take(); err != nil {
			break
		}
	}
	if err := k.Close(); err != nil {
		t.Error(err)
	}
	if err := source.Close(); err != nil {
		t.Error(err)
	}
}
