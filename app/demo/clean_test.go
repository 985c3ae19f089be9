package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/beistand/beistand/diag/bundle"
)

// wantNowhere checks that a text is in no file of the bundle, unpacked, and not
// in its manifest, letters' case aside.
func (l left) wantNowhere(t *testing.T, text string) {
	t.Helper()
	m := l.bundle.Manifest()
	for _, f := range m.Files {
		if holds(l.read(t, f.Path), text) {
			t.Errorf("%s has %q", f.Path, text)
		}
	}
	for _, f := range m.Files {
		if holds([]byte(f.Path+f.Source+f.Title+f.Cut), text) {
			t.Errorf("the manifest has %q: %+v", text, f)
		}
	}
	if m.Redaction == nil || m.Redaction.Replaced["password"] == 0 || m.Redaction.Replaced["hidden"] != 1 {
		t.Errorf("the manifest counts %+v", m.Redaction)
	}
}

// wantInNoFile checks that a text is in no file below a folder: no database, no
// log, nothing left over. Bundles are packed, and looked at by wantNowhere.
func wantInNoFile(t *testing.T, folder, text string) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		seen++
		content, err := os.ReadFile(path)
		if holds(content, text) {
			t.Errorf("%s has %q", path, text)
		}
		if r, zerr := bundle.NewReader(bytes.NewReader(content), int64(len(content))); zerr == nil {
			left{bundle: r}.wantNowhere(t, text)
		}
		return err
	})
	if err != nil || seen == 0 {
		t.Errorf("looked at %d files in %s: %v", seen, folder, err)
	}
}

func holds(content []byte, text string) bool {
	return bytes.Contains(bytes.ToLower(content), bytes.ToLower([]byte(text)))
}

// wantBlack checks that a part of the only screenshot, in hundredths of it, is
// black in the file, and what is around it is not.
func (l left) wantBlack(t *testing.T, part image.Rectangle) {
	t.Helper()
	for _, f := range l.bundle.Manifest().Files {
		if f.MediaType != "image/png" {
			continue
		}
		picture, err := png.Decode(strings.NewReader(string(l.read(t, f.Path))))
		if err != nil {
			t.Fatal(err)
		}
		size := picture.Bounds().Size()
		black := func(x, y int) bool {
			return color.NRGBAModel.Convert(picture.At(size.X*x/100, size.Y*y/100)) == color.NRGBA{0, 0, 0, 255}
		}
		for y := part.Min.Y + 2; y < part.Max.Y-2; y++ {
			for x := part.Min.X + 2; x < part.Max.X-2; x++ {
				if !black(x, y) {
					t.Fatalf("%s is not black at %d %%, %d %%", f.Path, x, y)
				}
			}
		}
		dark := 0
		for y := range 100 {
			for x := range 100 {
				if black(x, y) && !image.Pt(x, y).In(part.Inset(-2)) {
					dark++
				}
			}
		}
		if dark > 100*100/10 {
			t.Errorf("%s is black elsewhere too, at %d places of 10000", f.Path, dark)
		}
		return
	}
	t.Error("no screenshot in the bundle")
}
