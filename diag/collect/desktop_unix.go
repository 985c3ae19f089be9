//go:build unix && !darwin

package collect

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"
)

// askDesktop asks the X server, which on Wayland stands in for it, for its
// monitors. Without one there is nothing to ask.
func askDesktop(ctx context.Context, f *DisplaysFacts) error {
	name := os.Getenv("DISPLAY")
	if name == "" {
		return nil
	}
	type answer struct {
		facts DisplaysFacts
		err   error
	}
	// The server may hang, and the protocol knows no deadlines.
	answered := make(chan answer, 1)
	go func() {
		var a answer
		a.err = a.facts.x11(name)
		answered <- a
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case a := <-answered:
		f.Scale, f.Displays = a.facts.Scale, append(f.Displays, a.facts.Displays...)
		if f.Session == "" && a.err == nil {
			f.Session = "x11"
		}
		return a.err
	}
}

func (f *DisplaysFacts) x11(name string) error {
	x, err := xgb.NewConnDisplay(name)
	if err != nil {
		return fmt.Errorf("ask the display %q: %w", name, err)
	}
	defer x.Close()
	root := xproto.Setup(x).DefaultScreen(x).Root
	if dpi := xftDensity(x, root); dpi > 0 {
		f.Scale = new(round(dpi / 96 * 100)) // 96 is what desktops take for 100 %
	}
	if err := randr.Init(x); err != nil {
		return fmt.Errorf("ask the display %q for its monitors: %w", name, err)
	}
	if _, err := randr.QueryVersion(x, 1, 5).Reply(); err != nil { // unless told, the server speaks an older one
		return fmt.Errorf("ask the display %q for its monitors: %w", name, err)
	}
	monitors, err := randr.GetMonitors(x, root, true).Reply()
	if err != nil {
		return fmt.Errorf("ask the display %q for its monitors: %w", name, err)
	}
	for _, m := range monitors.Monitors {
		d := Display{
			Width: int(m.Width), Height: int(m.Height), X: int(m.X), Y: int(m.Y), Primary: m.Primary,
			WidthMM: int(m.WidthInMillimeters), HeightMM: int(m.HeightInMillimeters), Connected: true,
		}
		if a, err := xproto.GetAtomName(x, m.Name).Reply(); err == nil {
			d.Name = a.Name
		}
		f.Displays = append(f.Displays, d)
	}
	return nil
}

// xftDensity is the density that programs are told to draw for, 0 if none is:
// a line "Xft.dpi: 120" of the root window's resources.
func xftDensity(x *xgb.Conn, root xproto.Window) float64 {
	const words = 64 << 10 / 4
	p, err := xproto.GetProperty(x, false, root, xproto.AtomResourceManager, xproto.AtomString, 0, words).Reply()
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(p.Value)) {
		if value, ok := strings.CutPrefix(line, "Xft.dpi:"); ok {
			dpi, _ := strconv.ParseFloat(strings.TrimSpace(value), 64) // else it is none
			return dpi
		}
	}
	return 0
}
