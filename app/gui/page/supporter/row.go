//go:build !headless

package supporter

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
)

// newTicketRow has number, priority, title over product and customer, and age.
func newTicketRow() fyne.CanvasObject {
	number := fynewidget.NewLabel("")
	title := fynewidget.NewLabel("")
	title.TextStyle.Bold = true
	title.Truncation = fyne.TextTruncateEllipsis
	about := fynewidget.NewLabel("")
	about.SizeName = base.SizeNameCaptionText
	about.Importance = fynewidget.LowImportance
	about.Truncation = fyne.TextTruncateEllipsis
	age := fynewidget.NewLabel("")
	age.Importance = fynewidget.LowImportance
	age.Alignment = fyne.TextAlignTrailing
	return container.New(ticketRow{}, number, widget.NewBadge("", widget.Neutral), title, about, age)
}

func fillTicketRow(o fyne.CanvasObject, t api.Ticket, now time.Time) {
	parts := o.(*fyne.Container).Objects
	parts[0].(*fynewidget.Label).SetText(strconv.FormatInt(t.Number, 10))
	parts[1].(*widget.Badge).Set(page.Priority(t.Priority))
	parts[2].(*fynewidget.Label).SetText(t.Title)
	parts[3].(*fynewidget.Label).SetText(join(page.Known(t.Product), t.Name))
	parts[4].(*fynewidget.Label).SetText(page.Age(now.Sub(t.Created)))
}

// join puts what is there in one line.
func join(parts ...string) string {
	var there []string
	for _, p := range parts {
		if p != "" {
			there = append(there, p)
		}
	}
	return strings.Join(there, "  ·  ")
}

type ticketRow struct{}

const (
	ticketNumber   = float32(76)
	ticketPriority = float32(96)
	ticketAge      = float32(130)
)

func (ticketRow) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	place := func(i int, x, y, w, h float32) {
		parts[i].Move(fyne.NewPos(x, y))
		parts[i].Resize(fyne.NewSize(w, h))
	}
	left := ticketNumber + ticketPriority
	wide := max(0, size.Width-left-ticketAge)
	line, small := parts[2].MinSize().Height, parts[3].MinSize().Height
	place(0, 0, 0, ticketNumber, size.Height)
	parts[0].Move(fyne.NewPos(0, (size.Height-line)/2))
	place(1, ticketNumber, 0, ticketPriority, size.Height)
	place(2, left, 0, wide, line)
	place(3, left, line-12, wide, small)
	place(4, size.Width-ticketAge, (size.Height-line)/2, ticketAge, line)
}

func (ticketRow) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ticketNumber+ticketPriority+ticketAge+120, parts[2].MinSize().Height+parts[3].MinSize().Height-13)
}
