//go:build !headless

package gui

import (
	"context"
	"fmt"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/theme"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/assets"
)

// appID is the program's name for the system, as in FyneApp.toml.
const appID = "com.github.beistand.beistand"

// The windows begin in these sizes; pages are made for 900 by 640 and more.
var customerSize, supporterSize = fyne.NewSize(980, 700), fyne.NewSize(1180, 760)

// window is what both windows have in common.
type window struct {
	title, language string
	size            fyne.Size
	head            func() fyne.CanvasObject
	ready           func(fyne.Window)
	log             func(error)
	leave           func()                         // ends the process when the toolkit does not; see watchEnd
	begin           func(*page.Frame) (end func()) // both on the user interface's thread
}

// run shows the window until it is closed or ctx ends, and waits for the work
// behind it.
func (w window) run(ctx context.Context) error {
	if _, err := page.Speak(w.language); err != nil {
		return err
	}
	a := app.NewWithID(appID)
	a.Settings().SetTheme(theme.Calm{})
	icon := fyne.NewStaticResource("icon.png", assets.Icon)
	a.SetIcon(icon)
	win := a.NewWindow(w.title)
	win.SetIcon(icon)
	win.SetMaster()
	win.SetPadded(false)
	win.Resize(w.size)
	win.CenterOnScreen()

	scope := page.NewScope(ctx, fyne.Do)
	stopDrive := startDrive(a)
	a.Lifecycle().SetOnStarted(func() {
		scope.Go(func(inner context.Context) {
			<-inner.Done()
			if ctx.Err() != nil { // the caller's wish, not the closed window
				fyne.Do(a.Quit)
			}
		})
		if w.ready != nil {
			w.ready(win)
		}
	})
	frame := page.NewFrame(win, scope, w.head(), w.log)
	end := w.begin(frame)
	finish := sync.OnceFunc(func() {
		scope.End()
		scope.Wait()
		end()
		stopDrive()
	})
	closed, returned := make(chan struct{}), make(chan struct{})
	win.SetOnClosed(sync.OnceFunc(func() { close(closed) }))
	go w.watchEnd(ctx, closed, returned, finish)
	win.ShowAndRun()
	close(returned)
	finish()
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("show the window: %w", err)
	}
	return nil
}

// leaveTime is how long the toolkit may take to end once its window is closed.
const leaveTime = 4 * time.Second

// watchEnd finishes the work behind the window and ends the process when the
// toolkit does not return after its window was closed: Fyne 2.7.1 may wait for
// ever for an event that was under way when it closed its queue
// (internal/driver/glfw/loop.go, drained).
func (w window) watchEnd(ctx context.Context, closed, returned <-chan struct{}, finish func()) {
	select {
	case <-ctx.Done():
	case <-closed:
	case <-returned:
		return
	}
	select {
	case <-returned:
	case <-time.After(leaveTime):
		finish()
		if w.leave != nil {
			w.leave()
		}
	}
}

// headBar is the strip above the pages: whose program it is, and what stands
// at its right.
func headBar(name string, right ...fyne.CanvasObject) fyne.CanvasObject {
	mark := canvas.NewImageFromResource(fyne.NewStaticResource("icon.png", assets.Icon))
	mark.FillMode = canvas.ImageFillContain
	mark.SetMinSize(fyne.NewSquareSize(28))
	title := fynewidget.NewLabel("Beistand")
	title.TextStyle.Bold = true
	title.SizeName = base.SizeNameSubHeadingText
	left := container.NewHBox(widget.Inset(2, mark), container.NewCenter(title))
	if name != "" && name != "Beistand" {
		about := fynewidget.NewLabel(name)
		about.Importance = fynewidget.LowImportance
		left.Add(container.NewCenter(about))
	}
	bar := container.NewHBox(append([]fyne.CanvasObject{left, layout.NewSpacer()}, right...)...)
	ground := widget.NewCard(bar)
	ground.Radius, ground.Pad, ground.Border = 0, 10, ""
	return container.New(layout.NewCustomPaddedVBoxLayout(0), ground, fynewidget.NewSeparator())
}
