package screentest

import (
	"image"
	"math/rand/v2"
	"testing"

	"github.com/beistand/beistand/session/pixel"
	"github.com/beistand/beistand/session/screen"
)

// copied is a picture of the desktop that reads nothing but what it is told of.
type copied struct {
	told    screen.Told
	desktop image.Rectangle
	picture *pixel.Bitmap
}

func newCopied(told screen.Told, desktop image.Rectangle) copied {
	return copied{told, desktop, pixel.New(image.Rectangle{Max: desktop.Size()})}
}

func (c copied) read(t *testing.T, change screen.Change) {
	t.Helper()
	var area []image.Rectangle
	for _, m := range change.Monitors {
		area = append(without(area, m.Bounds), m.Bounds)
	}
	seen, err := c.told.Read(screen.Reading{
		View: screen.View{Scope: screen.Scope{All: true}}, Area: area, Parts: within(change.Damage, area), Into: c.picture, Origin: c.desktop.Min,
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := areas(seen.Parts); n != areas(area) {
		t.Fatalf("%d pixels are seen of %d", n, areas(area))
	}
}

func areas(parts []image.Rectangle) (n int) {
	for _, p := range parts {
		n += area(p)
	}
	return n
}

func tellsDamage(t *testing.T, f TellFixture) {
	told := f.tell(t)
	whole := f.Desktop
	first, err := told.Take()
	if err != nil {
		t.Fatal(err)
	}
	if n := areas(within([]image.Rectangle{whole}, first.Damage)); n != area(whole) {
		t.Fatalf("the first says that %d pixels of %d are new", n, area(whole))
	}
	c := newCopied(told, whole)
	c.read(t, first)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 40 {
		size := image.Pt(1+random.IntN(whole.Dx()/2), 1+random.IntN(whole.Dy()/2))
		if i%4 == 0 {
			size = image.Pt(1, 1)
		}
		at := image.Rectangle{Max: size}.Add(image.Pt(random.IntN(whole.Dx()-size.X), random.IntN(whole.Dy()-size.Y)))
		p := Pattern(at, byte(i))
		f.Paint(t, p)
		rest := []image.Rectangle{at}
		await(t, told, func(change screen.Change) bool {
			if len(change.Damage) > 0 && change.At.IsZero() {
				t.Error("it is not said when")
			}
			c.read(t, change)
			for i, r := range change.Damage {
				rest = without(rest, r)
				for _, other := range change.Damage[:i] {
					if r.Overlaps(other) {
						t.Fatalf("%v and %v overlap", r, other)
					}
				}
			}
			return len(rest) == 0
		})
		for y := at.Min.Y; y < at.Max.Y; y++ {
			for x := at.Min.X; x < at.Max.X; x++ {
				if got, want := c.picture.At(x-whole.Min.X, y-whole.Min.Y), p.RGBAAt(x, y); got != want {
					t.Fatalf("painting %d: pixel (%d,%d) is %v, want %v", i, x, y, got, want)
				}
			}
		}
	}
}
