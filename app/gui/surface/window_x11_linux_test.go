//go:build !headless

package surface

import (
	"encoding/binary"
	"image"
	"testing"

	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/pixel"
)

// seen reads what the window shows.
func seen(t *testing.T, w *window, size image.Point) *pixel.Bitmap {
	t.Helper()
	reply, err := xproto.GetImage(w.conn, xproto.ImageFormatZPixmap, xproto.Drawable(w.id), 0, 0, uint16(size.X), uint16(size.Y), ^uint32(0)).Reply()
	if err != nil {
		t.Fatal(err)
	}
	p := pixel.New(image.Rectangle{Max: size})
	for i := range p.Pix {
		p.Pix[i] = binary.NativeEndian.Uint32(reply.Data[4*i:]) & 0xffffff
	}
	return p
}

// smooth is a picture that every bilinear filter makes the same of.
func smooth(r image.Rectangle) *pixel.Bitmap {
	p := pixel.New(r)
	for y := range r.Dy() {
		for x, row := 0, p.Row(y, 0, r.Dx()); x < len(row); x++ {
			row[x] = uint32(x*255/r.Dx())<<16 | uint32(y*255/r.Dy())<<8 | uint32((x+y)*127/(r.Dx()+r.Dy()))
		}
	}
	return p
}

// With every server the picture is right, whatever extensions it lacks.
func TestServers(t *testing.T) {
	for name, options := range map[string][]string{
		"all extensions": nil,
		"no MIT-SHM":     {"-extension", "MIT-SHM"},
		"no RENDER":      {"-extension", "RENDER"},
		"neither":        {"-extension", "MIT-SHM", "-extension", "RENDER"},
	} {
		t.Run(name, func(t *testing.T) {
			w := onDisplay(t, "800x600x24", options...)
			if w.shares == (options != nil && options[1] == "MIT-SHM") {
				t.Errorf("memory is shared: %v", w.shares)
			}
			if w.scales() == (options != nil && options[len(options)-1] == "RENDER") {
				t.Errorf("the server scales: %v", w.scales())
			}
			s := New(func(func()) {})
			s.move(w)
			defer func() { w.free(s.move(nil)) }()
			s.room.size, s.hidden, s.at = image.Pt(640, 480), false, image.Pt(20, 10)
			turn := func() {
				t.Helper()
				if err := s.turn(w); err != nil {
					t.Fatal(err)
				}
			}
			p := noise(image.Rect(0, 0, 640, 480))
			s.Update(p, nil)
			turn()
			p.Fill(image.Rect(100, 50, 300, 60), 0xabcdef)
			s.Update(p, []image.Rectangle{image.Rect(100, 50, 300, 60)})
			turn()
			got := seen(t, w, image.Pt(640, 480))
			for i := range p.Pix {
				if p.Pix[i] != got.Pix[i] {
					t.Fatalf("pixel %d is %#x, not %#x", i, got.Pix[i], p.Pix[i])
				}
			}
			shape := &Shape{Size: image.Pt(5, 5), Pix: make([]uint32, 25)}
			for i := range shape.Pix {
				shape.Pix[i] = 0x80800000
			}
			for _, size := range []image.Point{{700, 525}, {1400, 1050}, {4000, 3000}, {213, 160}} {
				big := smooth(image.Rectangle{Max: size})
				tip := image.Pt(size.X/2, size.Y/2)
				s.SetCursor(shape, tip)
				s.Update(big, nil)
				turn()
				v := s.frame.view
				want := pixel.New(image.Rectangle{Max: v.scaled})
				newScaler(size, v.scaled).scale(want, big, want.Rect)
				lay(shape, want, v.at(tip))
				got := seen(t, w, v.place.Size())
				worst := 0
				for i := range want.Pix {
					for shift := 0; shift < 24; shift += 8 {
						d := int(want.Pix[i]>>shift&0xff) - int(got.Pix[i]>>shift&0xff)
						worst = max(worst, d, -d)
					}
				}
				if worst > 4 {
					t.Errorf("%v at %v differs by %d", size, v.scaled, worst)
				}
				s.SetCursor(nil, tip)
			}
		})
	}
}

// A window whose parent goes says so.
func TestParentGone(t *testing.T) {
	root := onDisplay(t, "320x200x24")
	parent, err := xproto.NewWindowId(root.conn)
	if err != nil {
		t.Fatal(err)
	}
	err = xproto.CreateWindowChecked(root.conn, 0, parent, root.parent, 0, 0, 100, 100, 0, xproto.WindowClassInputOutput, 0, 0, nil).Check()
	if err != nil {
		t.Fatal(err)
	}
	w, err := openWindow(root.name, parent)
	if err != nil {
		t.Fatal(err)
	}
	s := New(func(func()) {})
	ended := make(chan struct{})
	s.Update(noise(image.Rect(0, 0, 50, 50)), nil)
	go func() {
		defer close(ended)
		s.serve(w)
	}()
	if err := xproto.DestroyWindowChecked(root.conn, parent).Check(); err != nil {
		t.Fatal(err)
	}
	<-ended
	s.Update(noise(image.Rect(0, 0, 50, 50)), nil)
	if s.Direct() {
		t.Error("it is still said to be there")
	}
	if _, err := openWindow(root.name, parent); err == nil {
		t.Error("a window opens in one that is gone")
	}
}
