//go:build bench && !headless

package gui

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/surface"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session/pixel"
)

// BenchPicture takes what a session shows.
type BenchPicture struct {
	Show   func(*pixel.Bitmap, []image.Rectangle)
	Cursor func(*pixel.Shape, image.Point)
}

// BenchWindow shows the supporter's picture without anything around it, pixel
// for pixel on the whole display, while work runs, whose error it gives.
func BenchWindow(ctx context.Context, work func(context.Context, BenchPicture) error) (err error) {
	a := app.NewWithID(appID)
	win := a.NewWindow("bench")
	win.SetMaster()
	win.SetPadded(false)
	scope := page.NewScope(ctx, fyne.Do)
	picture := surface.New(scope.UI)
	picture.SetActual(true)
	win.SetContent(widget.NewScreen(picture))
	win.SetFullScreen(true)
	a.Lifecycle().SetOnStarted(func() {
		scope.Go(func(ctx context.Context) {
			err = work(ctx, BenchPicture{picture.Update, func(s *pixel.Shape, at image.Point) { picture.SetCursor((*surface.Shape)(s), at) }})
			fyne.Do(a.Quit)
		})
	})
	win.ShowAndRun()
	scope.End()
	scope.Wait()
	picture.Close()
	return err
}
