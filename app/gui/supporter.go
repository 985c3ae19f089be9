//go:build !headless

package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/page/supporter"
)

// Supporter shows the supporter's window until it is closed or ctx ends. It
// must be called from the main goroutine, once in a process.
func Supporter(ctx context.Context, c SupporterConfig) error {
	var who *fyne.Container
	return window{
		title: "Beistand", language: c.Language, ready: c.Ready, log: c.Log, leave: c.Leave, size: supporterSize,
		head: func() fyne.CanvasObject {
			who = supporter.Who()
			return headBar("", container.NewCenter(who))
		},
		begin: func(f *page.Frame) func() {
			f.Window.SetTitle(lang.L("Beistand: support desk"))
			return supporter.New(f, who, supporter.Config{Account: c.Account, Dial: c.Dial, Findings: c.Findings, Remember: c.Remember}).Close
		},
	}.run(ctx)
}
