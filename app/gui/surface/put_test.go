//go:build !headless

package surface

import (
	"image"
	"slices"
	"testing"

	"github.com/beistand/beistand/session/pixel"
)

// slow is a display that is not done with a job before something else has
// happened.
type slow struct {
	glass  bool
	during func()        // once, while it reads
	torn   bool          // what it was reading changed
	seen   *pixel.Bitmap // what it shows; where it scales, the picture that it has
}

func (d *slow) alloc(r image.Rectangle) *store            { return heap(r) }
func (d *slow) free([]*store)                             {}
func (d *slow) place(image.Rectangle, bool) (bool, error) { return false, nil }
func (d *slow) scales() bool                              { return d.glass }
func (d *slow) happened() <-chan happening                { return nil }
func (d *slow) close()                                    {}

func (d *slow) put(j job) error {
	size := j.view.shown()
	if d.glass {
		size = image.Rectangle{Max: j.view.picture}
	}
	read := func() *pixel.Bitmap {
		on := pixel.New(size)
		if d.seen != nil {
			on.Copy(d.seen, size)
		}
		for _, r := range j.fresh {
			on.Copy(j.back.Bitmap, r)
		}
		if !d.glass {
			show(on, j)
		}
		return on
	}
	before := read()
	if during := d.during; during != nil {
		d.during = nil
		done := make(chan struct{})
		go func() {
			defer close(done)
			during()
		}()
		read() // nothing orders this and what is written meanwhile
		<-done
	}
	d.torn = d.torn || !slices.Equal(before.Pix, read().Pix)
	d.seen = before
	return nil
}

// While a display reads what it is to show, nothing is written there, whatever
// comes meanwhile; Fyne paints that at once, and the display shows it next.
func TestSlowPut(t *testing.T) {
	size := image.Rect(0, 0, 160, 120)
	shape := &Shape{Size: image.Pt(9, 11), Hot: image.Pt(4, 2), Pix: make([]uint32, 99)}
	for i := range shape.Pix {
		shape.Pix[i] = 0xff000000 | uint32(i)
	}
	for name, c := range map[string]struct {
		room  image.Point
		glass bool
	}{
		"exact":  {image.Pt(160, 120), false},
		"scaled": {image.Pt(101, 77), false},
		"glass":  {image.Pt(101, 77), true},
	} {
		for what, during := range map[string]func(s *Surface, p *pixel.Bitmap){
			"painted": func(*Surface, *pixel.Bitmap) {},
			"the pointer moves": func(s *Surface, _ *pixel.Bitmap) {
				s.SetCursor(shape, image.Pt(60, 50))
			},
			"a part changes, twice": func(s *Surface, p *pixel.Bitmap) {
				for i, r := range []image.Rectangle{image.Rect(10, 10, 50, 40), image.Rect(30, 20, 90, 60)} {
					p.Fill(r, uint32(0xabcdef+i))
					s.Update(p, []image.Rectangle{r})
				}
			},
			"everything changes": func(s *Surface, p *pixel.Bitmap) {
				p.Fill(p.Rect, 0x123456)
				s.Update(p, nil)
			},
			"cleared": func(s *Surface, p *pixel.Bitmap) {
				s.Clear()
				p.Fill(p.Rect, 0)
			},
		} {
			t.Run(name+", "+what, func(t *testing.T) {
				d := &slow{glass: c.glass}
				s := New(func(func()) {})
				s.move(d)
				s.room.size, s.hidden = c.room, false
				p := noise(size)
				s.SetCursor(shape, image.Pt(30, 30))
				s.Update(p, nil)
				turn := func() {
					t.Helper()
					if err := s.turn(d); err != nil {
						t.Fatal(err)
					}
				}
				shown := func() *pixel.Bitmap {
					anew := s.frame.beside()
					on := pixel.New(anew.view.shown())
					show(on, anew.take())
					return on
				}
				d.during = func() {
					during(s, p)
					got, want := s.paint(0, 0).(*image.RGBA), shown()
					if !slices.Equal(got.Pix, toRGBA(want).Pix) {
						t.Error("what Fyne paints meanwhile is not what is to be seen")
					}
				}
				turn()
				for i := range 3 { // the memory that was lent is used again
					turn()
					if !slices.Equal(s.frame.back.Pix, p.Pix) {
						t.Fatalf("after %d more the picture is another", i)
					}
					want := p
					if !c.glass {
						want = shown()
					}
					if !slices.Equal(d.seen.Pix, want.Pix) {
						t.Fatalf("after %d more the display shows something else", i)
					}
					r := image.Rect(20*i, 5, 20*i+30, 90)
					d.during = func() {
						p.Fill(r, uint32(i))
						s.Update(p, []image.Rectangle{r})
					}
					s.heard(happening{exposed: s.frame.view.shown()})
					turn()
				}
				if d.torn {
					t.Error("what the display was reading changed")
				}
			})
		}
	}
}

func toRGBA(p *pixel.Bitmap) *image.RGBA {
	m := image.NewRGBA(p.Rect)
	p.Give(m, p.Rect)
	return m
}

// What Fyne has painted is shown by the display too, once it can be seen again.
func TestCoveredBetween(t *testing.T) {
	d := &slow{}
	s := New(func(func()) {})
	s.move(d)
	s.room.size, s.hidden = image.Pt(160, 120), false
	p := noise(image.Rect(0, 0, 160, 120))
	s.Update(p, nil)
	if err := s.turn(d); err != nil {
		t.Fatal(err)
	}
	s.hidden, s.mapped, s.kept = true, false, false
	s.paint(0, 0)
	r := image.Rect(20, 10, 60, 90)
	p.Fill(r, 0xabcdef)
	s.Update(p, []image.Rectangle{r})
	s.paint(0, 0)
	s.hidden = false // before the display's goroutine has heard of it
	if err := s.turn(d); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(d.seen.Pix, p.Pix) {
		t.Error("it shows what it showed before")
	}
}
