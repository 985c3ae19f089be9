package screen_test

import (
	"fmt"
	"image"
	"slices"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"

	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/screen/screentest"
	"github.com/beistand/beistand/session/x11/x11test"
)

// shape makes a pointer of one colour; without opacity it is not to be seen.
func (p *painter) shape(t testing.TB, size, hot image.Point, argb uint32) {
	t.Helper()
	source, err := xproto.NewPixmapId(p.conn)
	if err != nil {
		t.Fatal(err)
	}
	gc, err := xproto.NewGcontextId(p.conn)
	if err != nil {
		t.Fatal(err)
	}
	cursor, err := xproto.NewCursorId(p.conn)
	if err != nil {
		t.Fatal(err)
	}
	bit := uint32(0)
	if argb>>24 != 0 {
		bit = 1
	}
	wide := func(shift int) uint16 { return uint16(argb>>shift&0xff) * 0x101 }
	whole := []xproto.Rectangle{{Width: uint16(size.X), Height: uint16(size.Y)}}
	for _, c := range []interface{ Check() error }{
		xproto.CreatePixmapChecked(p.conn, 1, source, xproto.Drawable(p.root), uint16(size.X), uint16(size.Y)),
		xproto.CreateGCChecked(p.conn, gc, xproto.Drawable(source), xproto.GcForeground, []uint32{bit}),
		xproto.PolyFillRectangleChecked(p.conn, xproto.Drawable(source), gc, whole),
		xproto.CreateCursorChecked(p.conn, cursor, source, source, wide(16), wide(8), wide(0), 0, 0, 0, uint16(hot.X), uint16(hot.Y)),
		xproto.ChangeWindowAttributesChecked(p.conn, p.root, xproto.CwCursor, []uint32{uint32(cursor)}),
		xproto.FreePixmapChecked(p.conn, source), xproto.FreeGCChecked(p.conn, gc), xproto.FreeCursorChecked(p.conn, cursor),
	} {
		if err := c.Check(); err != nil {
			t.Fatal(err)
		}
	}
}

// point moves the pointer as a person does.
func (p *painter) point(t testing.TB, at image.Point) {
	t.Helper()
	if !p.xtest {
		if err := screen.UseExtension(p.conn, "XTEST"); err != nil {
			t.Fatal(err)
		}
		p.xtest = true
	}
	if err := xtest.FakeInputChecked(p.conn, xproto.MotionNotify, 0, 0, p.root, int16(at.X), int16(at.Y), 0).Check(); err != nil {
		t.Fatal(err)
	}
}

// telling is a display for the suites, reached by another name.
func telling(t *testing.T, host string, options ...string) screentest.TellFixture {
	display := x11test.Start(t, "640x480x24", options...)
	p := newPainter(t, display)
	source, err := screen.OpenX11(host + display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { source.Close() })
	return screentest.TellFixture{
		Fixture: screentest.Fixture{Source: source, Desktop: image.Rect(0, 0, 640, 480), Paint: p.paint, SetMonitors: p.setMonitors},
		Point:   p.point, Shape: p.shape,
	}
}

func TestX11Tells(t *testing.T) {
	screentest.TellSuite(t, func(t *testing.T) screentest.TellFixture { return telling(t, "") })
}

// Over a network there is no shared memory.
func TestX11TellsRemote(t *testing.T) {
	screentest.TellSuite(t, func(t *testing.T) screentest.TellFixture {
		return telling(t, "127.0.0.1", "-listen", "tcp", "-ac")
	})
}

func TestX11TellsWithout(t *testing.T) {
	for _, extension := range []string{"RANDR", "MIT-SHM", "MIT-SCREEN-SAVER"} {
		t.Run(extension, func(t *testing.T) {
			screentest.TellSuite(t, func(t *testing.T) screentest.TellFixture {
				f := telling(t, "", "-extension", extension)
				if extension == "RANDR" {
					f.SetMonitors = nil
				}
				return f
			})
		})
	}
}

// TestX11Look lacks what servers can lack. Without DAMAGE or XFIXES nothing is told.
func TestX11Look(t *testing.T) {
	for name, lacking := range map[string][]string{
		"has all": nil, "lacks RANDR": {"RANDR"}, "lacks MIT-SHM": {"MIT-SHM"}, "lacks DAMAGE": {"DAMAGE"}, "lacks MIT-SCREEN-SAVER": {"MIT-SCREEN-SAVER"},
		"lacks XFIXES": {"XFIXES"}, "lacks all": {"XFIXES", "DAMAGE", "MIT-SHM", "RANDR", "MIT-SCREEN-SAVER", "COMPOSITE"},
	} {
		t.Run(name, func(t *testing.T) {
			screentest.LookSuite(t, func(t *testing.T) screentest.Fixture {
				var options []string
				for _, extension := range lacking {
					if extension != "XFIXES" {
						options = append(options, "-extension", extension)
					}
				}
				f := telling(t, "", options...).Fixture
				if slices.Contains(lacking, "XFIXES") {
					screen.Without(f.Source, "XFIXES")
				}
				if slices.Contains(lacking, "RANDR") {
					f.SetMonitors = nil
				}
				return f
			})
		})
	}
}

// TestX11Stirred holds that a server tells when somebody begins to move the
// pointer, and without that it is found out as well.
func TestX11Stirred(t *testing.T) {
	for _, lacks := range []bool{false, true} {
		t.Run(fmt.Sprintf("lacks SYNC %v", lacks), func(t *testing.T) {
			f := telling(t, "")
			if lacks {
				screen.Without(f.Source, "SYNC")
			}
			told, err := f.Source.(screen.Teller).Tell()
			if err != nil {
				t.Fatal(err)
			}
			defer told.Close()
			if screen.Stirs(told) == lacks {
				t.Errorf("it is told when somebody begins: %v", !lacks)
			}
			for _, at := range []image.Point{{30, 40}, {50, 60}} {
				f.Point(t, at)
				late := time.After(10 * time.Second)
				for c := (screen.Change{}); c.Pointer.At != at; {
					select {
					case <-told.Changed():
					case <-late:
						t.Fatalf("the pointer is at %v, want %v", c.Pointer.At, at)
					}
					if c, err = told.Take(); err != nil {
						t.Fatal(err)
					}
				}
			}
		})
	}
}
