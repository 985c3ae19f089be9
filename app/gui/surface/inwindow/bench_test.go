//go:build !headless && linux

package inwindow

import (
	"image"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/beistand/beistand/app/gui/surface"
	"github.com/beistand/beistand/session/pixel"
)

// BenchmarkWindow shows one picture after another in a real window, each when
// the one before is shown: by the surface's own display, and by Fyne.
func BenchmarkWindow(b *testing.B) {
	full := image.Rect(0, 0, 1920, 1080)
	for _, c := range []struct {
		name   string
		change image.Rectangle
		size   fyne.Size
		fyne   bool
	}{
		{"whole", full, fyne.NewSize(1920, 1080), false},
		{"whole by Fyne", full, fyne.NewSize(1920, 1080), true},
		{"400x300", image.Rect(700, 500, 1100, 800), fyne.NewSize(1920, 1080), false},
		{"400x300 by Fyne", image.Rect(700, 500, 1100, 800), fyne.NewSize(1920, 1080), true},
		{"whole at 1440x810", full, fyne.NewSize(1440, 810), false},
		{"whole at 1440x810 by Fyne", full, fyne.NewSize(1440, 810), true},
		{"400x300 at 1440x810", image.Rect(700, 500, 1100, 800), fyne.NewSize(1440, 810), false},
		{"400x300 at 1440x810 by Fyne", image.Rect(700, 500, 1100, 800), fyne.NewSize(1440, 810), true},
	} {
		b.Run(c.name, func(b *testing.B) {
			var s *surface.Surface
			var w fyne.Window
			fyne.DoAndWait(func() {
				s = surface.New(fyne.Do)
				w = program.NewWindow(b.Name())
				w.SetPadded(false)
				w.SetContent(s)
				w.Resize(c.size)
				w.Show()
				s.SetUnder(c.fyne)
			})
			defer func() {
				s.Close()
				fyne.DoAndWait(w.Close)
			}()
			p := pixel.New(full)
			s.Update(p, nil)
			look := time.NewTicker(50 * time.Microsecond)
			defer look.Stop()
			for s.Direct() == c.fyne || s.Shown().Frames == 0 {
				<-look.C
			}
			change := []image.Rectangle{c.change}
			own, server := spent(b)
			b.ResetTimer()
			for b.Loop() {
				before := s.Shown().Frames
				s.Update(p, change)
				for s.Shown().Frames == before {
					<-look.C
				}
			}
			b.StopTimer()
			ownNow, serverNow := spent(b)
			b.ReportMetric(float64((ownNow-own).Microseconds())/1000/float64(b.N), "ms-own/op")
			b.ReportMetric(float64((serverNow-server).Microseconds())/1000/float64(b.N), "ms-server/op")
		})
	}
}

// spent is the processor time of this process and of the X server so far.
func spent(b *testing.B) (own, server time.Duration) {
	b.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		b.Fatal(err)
	}
	own = time.Duration(use.Utime.Nano() + use.Stime.Nano())
	children, err := os.ReadFile("/proc/self/task/" + strconv.Itoa(os.Getpid()) + "/children")
	if err != nil {
		b.Skip(err)
	}
	for _, child := range strings.Fields(string(children)) {
		stat, err := os.ReadFile("/proc/" + child + "/stat")
		if err != nil || !strings.Contains(string(stat), "(Xvfb)") {
			continue
		}
		f := strings.Fields(string(stat[strings.LastIndex(string(stat), ")"):]))
		for _, ticks := range f[12:14] { // proc(5): utime and stime, in hundredths of a second
			n, _ := strconv.Atoi(ticks)
			server += time.Duration(n) * 10 * time.Millisecond
		}
	}
	return own, server
}
