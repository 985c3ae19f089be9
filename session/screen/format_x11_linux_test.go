package screen

import (
	"errors"
	"image"
	"image/color"
	"testing"

	"github.com/jezek/xgb/xproto"
)

func TestPixelFormats(t *testing.T) {
	visual := func(class byte, red, green, blue uint32) xproto.VisualInfo {
		return xproto.VisualInfo{Class: class, RedMask: red, GreenMask: green, BlueMask: blue}
	}
	usual := visual(xproto.VisualClassTrueColor, 0xff0000, 0xff00, 0xff)
	turned := visual(xproto.VisualClassTrueColor, 0xff, 0xff00, 0xff0000)
	high := visual(xproto.VisualClassTrueColor, 0xff000000, 0xff0000, 0xff00)
	for name, test := range map[string]struct {
		depth     byte
		perPixel  int
		visual    xproto.VisualInfo
		bigEndian bool
		pixel     []byte // of red 1, green 2, blue 3; nil is refused
	}{
		"24 bits":             {24, 32, usual, false, []byte{3, 2, 1, 0}},
		"32 bits":             {32, 32, usual, false, []byte{3, 2, 1, 9}},
		"red last":            {24, 32, turned, false, []byte{1, 2, 3, 0}},
		"high bytes":          {32, 32, high, false, []byte{0, 3, 2, 1}},
		"big endian":          {24, 32, usual, true, []byte{0, 1, 2, 3}},
		"big endian red last": {24, 32, turned, true, []byte{0, 3, 2, 1}},
		"three bytes":         {24, 24, usual, false, nil},
		"ten bits a colour":   {30, 32, visual(xproto.VisualClassTrueColor, 0x3ff00000, 0xffc00, 0x3ff), false, nil},
		"sixteen bits":        {16, 16, visual(xproto.VisualClassTrueColor, 0xf800, 0x7e0, 0x1f), false, nil},
		"a palette":           {8, 8, visual(xproto.VisualClassPseudoColor, 0, 0, 0), false, nil},
		"a colour table":      {24, 32, visual(xproto.VisualClassDirectColor, 0xff0000, 0xff00, 0xff), false, nil},
		"no masks":            {24, 32, visual(xproto.VisualClassTrueColor, 0, 0, 0), false, nil},
		"uneven masks":        {24, 32, visual(xproto.VisualClassTrueColor, 0x1fe0000, 0xff00, 0xff), false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := newFormat(test.depth, test.perPixel, test.visual, test.bigEndian)
			if test.pixel == nil {
				if !errors.Is(err, ErrVisual) {
					t.Errorf("got %v, want %v", err, ErrVisual)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			dst := image.NewRGBA(image.Rect(0, 0, 2, 1))
			f.convert(dst, append(make([]byte, 4), test.pixel...))
			if got, want := dst.RGBAAt(1, 0), (color.RGBA{1, 2, 3, 0xff}); got != want {
				t.Errorf("%x is %v, want %v", test.pixel, got, want)
			}
		})
	}
}
