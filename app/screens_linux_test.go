package app

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/session/x11/x11test"
)

// desktop is a virtual display with two monitors side by side and two windows.
func desktop(t *testing.T) {
	t.Helper()
	display := x11test.Start(t, "640x240x24", "-nolisten", "tcp")
	t.Setenv("DISPLAY", display)
	c, err := xgb.NewConnDisplay(display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	check := func(request interface{ Check() error }) {
		t.Helper()
		if err := request.Check(); err != nil {
			t.Fatal(err)
		}
	}
	if err := randr.Init(c); err != nil {
		t.Fatal(err)
	}
	s := xproto.Setup(c).DefaultScreen(c)
	resources, err := randr.GetScreenResourcesCurrent(c, s.Root).Reply()
	if err != nil {
		t.Fatal(err)
	}
	outputs := resources.Outputs
	for i, name := range []string{"left", "right"} {
		atom, err := xproto.InternAtom(c, false, uint16(len(name)), name).Reply()
		if err != nil {
			t.Fatal(err)
		}
		check(randr.SetMonitorChecked(c, s.Root, randr.MonitorInfo{
			Name: atom.Atom, NOutput: uint16(len(outputs)), Outputs: outputs, X: int16(320 * i), Width: 320, Height: 240,
		}))
		outputs = nil
	}
	for i, title := range []string{"Ledger - Offers", "Ledger - Orders"} {
		id, err := xproto.NewWindowId(c)
		if err != nil {
			t.Fatal(err)
		}
		check(xproto.CreateWindowChecked(c, s.RootDepth, id, s.Root, int16(20+300*i), 40, 250, 100, 0, xproto.WindowClassInputOutput, s.RootVisual,
			xproto.CwBackPixel, []uint32{[]uint32{0xe01020, 0x1020e0}[i]}))
		check(xproto.ChangePropertyChecked(c, xproto.PropModeReplace, id, xproto.AtomWmName, xproto.AtomString, 8, uint32(len(title)), []byte(title)))
		check(xproto.MapWindowChecked(c, id))
	}
}

// TestCollectScreens takes every monitor, one window, and a region that lies
// on both monitors, from a real display.
func TestCollectScreens(t *testing.T) {
	desktop(t)
	metadata, err := os.ReadFile("../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	collect := func(flags ...string) (path, said string, exit int) {
		path = filepath.Join(t.TempDir(), "case.zip")
		var out, errs bytes.Buffer
		exit = Main(string(metadata), append([]string{"collect", "--output", path, "--max-time", "20s"}, flags...), strings.NewReader(""), &out, &errs)
		return path, errs.String(), exit
	}
	red, blue := color.RGBA{0xe0, 0x10, 0x20, 0xff}, color.RGBA{0x10, 0x20, 0xe0, 0xff}
	for name, c := range map[string]struct {
		flags    []string
		pictures map[string]image.Point // by path, with the size
		first    color.RGBA             // of the last picture, upper left
	}{
		"every monitor": {nil, map[string]image.Point{"screens/1-left.png": {320, 240}, "screens/2-right.png": {320, 240}}, color.RGBA{A: 0xff}},
		"one window":    {[]string{"--window", "orders"}, map[string]image.Point{"screens/1-Ledger_-_Orders.png": {250, 100}}, blue},
		"a region":      {[]string{"--region", "260,45,70x10"}, map[string]image.Point{"screens/1-left.png": {60, 10}, "screens/2-right.png": {10, 10}}, blue},
		"left only":     {[]string{"--region", "20,40,30x20"}, map[string]image.Point{"screens/1-left.png": {30, 20}}, red},
	} {
		t.Run(name, func(t *testing.T) {
			path, said, exit := collect(c.flags...)
			if exit != 0 {
				t.Fatalf("exit %d: %s", exit, said)
			}
			b, err := bundle.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			found := map[string]image.Point{}
			var last image.Image
			for _, f := range b.Manifest().Files {
				if f.Collector != "screens" {
					continue
				}
				r, err := b.OpenFile(f.Path)
				if err != nil {
					t.Fatal(err)
				}
				if last, err = png.Decode(r); err != nil {
					t.Fatal(err)
				}
				r.Close()
				found[f.Path] = last.Bounds().Size()
			}
			if fmt.Sprint(found) != fmt.Sprint(c.pictures) {
				t.Fatalf("got %v, want %v", found, c.pictures)
			}
			if got := color.RGBAModel.Convert(last.At(last.Bounds().Min.X, last.Bounds().Min.Y)); got != c.first {
				t.Errorf("begins with %v, want %v", got, c.first)
			}
		})
	}
	for name, c := range map[string]struct {
		flags []string
		says  []string
	}{
		"several windows": {[]string{"--window", "ledger"}, []string{"2 windows", "Ledger - Offers", "Ledger - Orders", "0x"}},
		"no such window":  {[]string{"--window", "mail"}, []string{"no window", "Ledger - Offers"}},
		"two of a kind":   {[]string{"--window", "orders", "--region", "1,1,5x5"}, []string{"--window"}},
		"no region":       {[]string{"--region", "10,10"}, []string{"X,Y,WxH"}},
		"empty region":    {[]string{"--region", "10,10,0x4"}, []string{"empty"}},
	} {
		t.Run(name, func(t *testing.T) {
			path, said, exit := collect(c.flags...)
			missing := slices.ContainsFunc(c.says, func(s string) bool { return !strings.Contains(said, s) })
			if _, err := os.Stat(path); exit != 2 || missing || err == nil {
				t.Errorf("exit %d, a bundle: %v, said %q", exit, err == nil, said)
			}
		})
	}
}
