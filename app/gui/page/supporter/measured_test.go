//go:build !headless

package supporter

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/surface"
	"github.com/beistand/beistand/session/rights"
)

// measurer is a session that knows its figures.
type measurer struct {
	*fakeHelping
	f page.Figures
}

func (m measurer) Figures() page.Figures { return m.f }

var someFigures = page.Figures{
	Capture: 1200 * time.Microsecond, Code: 3400 * time.Microsecond, Wire: 21 * time.Millisecond, Decode: 900 * time.Microsecond,
	RoundTrip: 24 * time.Millisecond, Loss: 0.0034, Estimate: 18_400_000, Bytes: 34_000_000, Direct: true, Motion: "VP9",
}

// Figures are there when they are asked for, and go again.
func TestFigures(t *testing.T) {
	for _, c := range []struct {
		language, button string
		lines            []string
	}{
		{"en", "Figures", []string{"Reading the screen", "1.2\u00a0ms", "21\u00a0ms", "0.3\u00a0%", "18.4\u00a0Mbit/s", "640 × 400", "direct connection, datagrams", "VP9", "by the window"}},
		{"de", "Messwerte", []string{"Bildschirm lesen", "1,2\u00a0ms", "21\u00a0ms", "0,3\u00a0%", "18,4\u00a0Mbit/s", "Datagramme", "vom Fenster"}},
		{"nl", "Meetwaarden", []string{"Scherm lezen", "1,2\u00a0ms", "datagrammen", "door het venster"}},
	} {
		t.Run(c.language, func(t *testing.T) {
			l := goLive(t, api.RoleSupporter, rights.See)
			if l.Sees("Figures") {
				t.Error("figures are offered that nobody knows")
			}
			if _, err := page.Speak(c.language); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _, _ = page.Speak("en") })
			l = goLiveIn(t, api.RoleSupporter, l.Person, l.flow, l.flow.desk.(*fakeDesk))
			l.w.Joined(measurer{l.h, someFigures})
			l.is(page.Standing{Given: rights.Of(rights.See)})
			l.Tap(c.button)
			for _, line := range c.lines {
				l.See(line)
			}
			l.keep("figures-" + c.language)
			l.Tap(c.button)
			l.Until("the figures' end", func() bool { return !l.Sees(c.lines[0]) })
		})
	}
}

// keep writes the window's picture where a person can look at it, if one wants to.
func (l *live) keep(name string) {
	l.T.Helper()
	folder := os.Getenv("BEISTAND_PICTURES")
	if folder == "" {
		return
	}
	f, err := os.Create(filepath.Join(folder, name+".png"))
	if err != nil {
		l.T.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, l.Window.Canvas().Capture()); err != nil {
		l.T.Fatal(err)
	}
}

// What comes in a second is counted between two looks; what is not known is a dash.
func TestFiguresOverTime(t *testing.T) {
	l := goLive(t, api.RoleSupporter, rights.See)
	m := newMeasured(&watched{flow: l.flow, scope: l.flow.frame.Scope, picture: surface.New(l.flow.frame.UI)})
	at := time.Now()
	m.show(page.Figures{Bytes: 1_000_000}, surface.Shown{Frames: 10}, at)
	for _, line := range []string{lineSpeed, linePictures, lineLoss, lineTrip, lineCapture, lineAll, lineEstimate, lineSize} {
		if got := m.lines[line].Text; got != "–" {
			t.Errorf("%s says %q", line, got)
		}
	}
	m.show(page.Figures{Bytes: 5_000_000, Code: 12 * time.Millisecond, RoundTrip: time.Millisecond}, surface.Shown{Frames: 70, Took: 3 * time.Millisecond}, at.Add(2*time.Second))
	for line, want := range map[string]string{
		lineSpeed: "1.9\u00a0MB a second", linePictures: "30 a second", lineAll: "15\u00a0ms", lineLoss: "0.0\u00a0%", lineMotion: "nothing",
	} {
		if got := m.lines[line].Text; got != want {
			t.Errorf("%s says %q, want %q", line, got, want)
		}
	}
}
