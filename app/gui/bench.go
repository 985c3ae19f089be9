//go:build bench && !headless

package gui

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
)

// BenchScreen is the supporter's picture without anything around it.
type BenchScreen struct {
	picture *widget.Picture
	repaint *page.Newest[struct{}]
}

// BenchWindow shows it pixel for pixel on the whole display while work runs,
// whose error it gives.
func BenchWindow(ctx context.Context, work func(context.Context, *BenchScreen) error) (err error) {
	a := app.NewWithID(appID)
	win := a.NewWindow("bench")
	win.SetMaster()
	win.SetPadded(false)
	b := &BenchScreen{picture: widget.NewPicture()}
	shown := widget.NewScreen(b.picture)
	shown.SetActual(true)
	win.SetContent(shown)
	win.SetFullScreen(true)
	scope := page.NewScope(ctx, fyne.Do)
	b.repaint = page.NewNewest(scope, func(struct{}) { shown.Repaint() })
	a.Lifecycle().SetOnStarted(func() {
		scope.Go(func(ctx context.Context) {
			err = work(ctx, b)
			fyne.Do(a.Quit)
		})
	})
	win.ShowAndRun()
	scope.End()
	scope.Wait()
	return err
}

// Show is session.ViewerConfig's.
func (b *BenchScreen) Show(picture *image.RGBA, _ image.Rectangle) {
	b.picture.Set(picture)
	b.repaint.Put(struct{}{})
}
