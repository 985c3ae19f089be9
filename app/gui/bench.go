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

// BenchWindow shows the supporter's picture without anything around it, pixel
// for pixel on the whole display, while work runs, whose error it gives.
func BenchWindow(ctx context.Context, work func(ctx context.Context, show func(*image.RGBA, image.Rectangle)) error) (err error) {
	a := app.NewWithID(appID)
	win := a.NewWindow("bench")
	win.SetMaster()
	win.SetPadded(false)
	scope := page.NewScope(ctx, fyne.Do)
	picture := surface.New(scope.UI)
	picture.SetActual(true)
	win.SetContent(widget.NewScreen(picture))
	win.SetFullScreen(true)
	var pixels *pixel.Bitmap
	show := func(p *image.RGBA, changed image.Rectangle) {
		if pixels == nil || pixels.Rect != p.Rect {
			pixels, changed = pixel.New(p.Rect), p.Rect
		}
		pixels.Take(p, changed)
		picture.Update(pixels, []image.Rectangle{changed})
	}
	a.Lifecycle().SetOnStarted(func() {
		scope.Go(func(ctx context.Context) {
			err = work(ctx, show)
			fyne.Do(a.Quit)
		})
	})
	win.ShowAndRun()
	scope.End()
	scope.Wait()
	picture.Close()
	return err
}
