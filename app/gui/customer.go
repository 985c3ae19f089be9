//go:build !headless

package gui

import (
	"context"
	"net/url"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/customer"
	"github.com/beistand/beistand/app/gui/widget"
)

// Customer shows the customer's window until it is closed or ctx ends. It must
// be called from the main goroutine, once in a process.
func Customer(ctx context.Context, c CustomerConfig) error {
	var steps *widget.Steps
	return window{
		title: "Beistand", language: c.Language, ready: c.Ready, log: c.Log, leave: c.Leave, size: customerSize,
		head: func() fyne.CanvasObject {
			steps = widget.NewSteps(customer.Names()...)
			return headBar(c.Organisation, steps)
		},
		begin: func(f *page.Frame) func() {
			f.Window.SetTitle(lang.L("Beistand: get help"))
			return customer.New(f, steps, customer.Config{
				Phone: c.Phone, Products: c.Products, ConsentTime: c.ConsentTime, Question: c.Question,
				Collecting: c.Collecting, Findings: c.Findings, Desk: c.Desk, Advice: c.Advice, Requests: c.Requests, Saving: c.Saving, Hosting: c.Hosting, Drafts: c.Drafts, Cleaning: c.Cleaning,
				Attention: func(title, text string) { attend(f.Window, title, text) },
				Reveal:    reveal,
			}).Close
		},
	}.run(ctx)
}

// attend calls the person to the window.
func attend(w fyne.Window, title, text string) {
	fyne.CurrentApp().SendNotification(fyne.NewNotification(title, text))
	w.RequestFocus()
}

// reveal opens the folder that a file is in, with what the system opens folders with.
func reveal(_ context.Context, path string) error {
	return fyne.CurrentApp().OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Dir(path))})
}
