package picture

import (
	_ "embed"
	"image"
	"strings"
	"sync"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/beistand/beistand/session/pixel"
)

// text is what pages show: source as it once was in this repository. It never
// changes, so that figures compare.
//
//go:embed testdata/text.txt
var text string

var lines = sync.OnceValue(func() []string { return strings.Split(text, "\n") })

func line(i int) string { return lines()[i%len(lines())] }

// typeface draws anti-aliased glyphs as editors and terminals do.
type typeface struct {
	mono   bool
	height int
	glyph  [128]*image.Alpha
	wide   [128]int
}

func newTypeface(t testing.TB, mono bool, size float64) *typeface {
	t.Helper()
	ttf := goregular.TTF
	if mono {
		ttf = gomono.TTF
	}
	parsed, err := opentype.Parse(ttf)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		t.Fatal(err)
	}
	m := face.Metrics()
	f := &typeface{mono: mono, height: (m.Ascent + m.Descent).Ceil() + 2}
	for r := rune(32); r < 127; r++ {
		advance, _ := face.GlyphAdvance(r)
		f.wide[r] = advance.Round()
		f.glyph[r] = image.NewAlpha(image.Rect(0, 0, f.wide[r], f.height))
		d := font.Drawer{Dst: f.glyph[r], Src: image.Opaque, Face: face, Dot: fixed.P(0, m.Ascent.Ceil()+1)}
		d.DrawString(string(r))
	}
	return f
}

// theme is an editor's colours.
type theme struct{ ground, ink, keyword, quoted, comment, number, bar uint32 }

var (
	light = theme{0xffffff, 0x24292e, 0xb31d28, 0x032f62, 0x6a737d, 0x005cc5, 0xe1e4e8}
	dark  = theme{0x1e1e1e, 0xd4d4d4, 0x569cd6, 0xce9178, 0x6a9955, 0xb5cea8, 0x333333}
)

// char draws one and gives its width.
func (f *typeface) char(p *pixel.Bitmap, x, y int, c byte, ink, ground uint32) int {
	if c < 32 || c > 126 {
		c = ' '
	}
	w := f.wide[c]
	if !image.Rect(x, y, x+w, y+f.height).In(p.Rect) {
		return w
	}
	for j := range f.height {
		row := p.Row(y+j, x, x+w)
		for i := range row {
			row[i] = mix(ink, ground, uint32(f.glyph[c].AlphaAt(i, j).A))
		}
	}
	return w
}

func mix(ink, ground, a uint32) uint32 {
	part := func(shift uint32) uint32 {
		return ((ink>>shift&0xff)*a + (ground>>shift&0xff)*(255-a) + 127) / 255 << shift
	}
	return part(16) | part(8) | part(0)
}

// line draws one in the colours of its words, up to the right edge.
func (f *typeface) line(p *pixel.Bitmap, x, y, right int, s string, t theme) int {
	ink, comment := t.ink, false
	for i := range len(s) {
		c := s[i]
		word := c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		switch {
		case comment:
		case strings.HasPrefix(s[i:], "//"):
			ink, comment = t.comment, true
		case c == '"':
			ink = t.quoted
		case !word:
			ink = t.ink
		case i == 0 || s[i-1] == ' ' || s[i-1] == '\t':
			end := strings.IndexAny(s[i:]+" ", " (")
			switch s[i : i+end] {
			case "func", "return", "if", "for", "range", "var", "type", "struct", "case", "switch", "nil", "else", "go":
				ink = t.keyword
			default:
				ink = t.ink
			}
			if c <= '9' {
				ink = t.number
			}
		}
		if x+f.wide['m'] > right {
			break
		}
		x += f.char(p, x, y, c, ink, t.ground)
	}
	return x
}
