//go:build !headless

package widget

import (
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/beistand/beistand/app/gui/theme"
)

// variant is our theme, light or dark whatever the system says.
type variant struct {
	theme.Calm
	name fyne.ThemeVariant
}

func (v variant) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	return v.Calm.Color(name, v.name)
}

// TestGoldens compares what each widget draws with testdata. Only fonts and
// colours of our own theme are in there, so that it holds on every machine.
func TestGoldens(t *testing.T) {
	for name, c := range map[string]struct {
		size fyne.Size
		make func() fyne.CanvasObject
	}{
		"badges": {fyne.NewSize(200, 180), func() fyne.CanvasObject {
			return container.NewVBox(NewBadge("Neutral", Neutral), NewBadge("Primary", Primary), NewBadge("Good", Good),
				NewBadge("Warning", Warning), NewBadge("Bad", Bad))
		}},
		"steps": {fyne.NewSize(480, 40), func() fyne.CanvasObject {
			s := NewSteps("Describe", "Check", "Send", "Done")
			s.Go(2)
			return s
		}},
		"notice": {fyne.NewSize(400, 160), func() fyne.CanvasObject {
			return NewNotice(Bad, "The desk does not answer.", "Try again.", NewMain("Try again", nil, nil))
		}},
		"finding": {fyne.NewSize(300, 160), func() fyne.CanvasObject {
			return NewShelf(0.8, NewFinding(Warning, "Warning", "The disk is nearly full: 97 % are used.", "Remove what you need no more."), NewText("rest"))
		}},
		"choice": {fyne.NewSize(420, 150), func() fyne.CanvasObject {
			row, box := NewChoice("Use your keyboard and mouse", "They can click and type here as you can.", "Stay at the screen and watch.")
			box.SetChecked(true)
			return container.NewVBox(row)
		}},
		"snug": {fyne.NewSize(400, 300), func() fyne.CanvasObject {
			return NewSnug(300, NewHeading("May they?"), NewText("A sentence that is longer than one line of it is wide, so that it wraps."), NewMain("No", nil, nil))
		}},
		"tiles": {fyne.NewSize(360, 150), func() fyne.CanvasObject {
			chosen := NewTile(nil, "DP-1, 1920 × 1080", func() {})
			chosen.Set(true)
			return container.NewGridWrap(TileSize, chosen, NewTile(nil, "HDMI-1, 1920 × 1080", func() {}))
		}},
		"chips": {fyne.NewSize(300, 60), func() fyne.CanvasObject {
			waits, lit := NewChip("Control", nil), NewChip("Point", nil)
			waits.Set(ChipWaits)
			lit.Set(ChipLit)
			return NewFlow(NewChip("Logs", nil), waits, lit)
		}},
		"gauge": {fyne.NewSize(240, 90), func() fyne.CanvasObject {
			half, bare := NewGauge("Memory"), NewGauge("Uptime")
			half.Set("Memory", "7.9 of 15.6 GB", 0.5, Warning)
			bare.Set("Uptime", "3 days", -1, Neutral)
			return container.NewVBox(half, bare)
		}},
		"card":  {fyne.NewSize(300, 120), func() fyne.CanvasObject { return NewCard(NewSubheading("Title")) }},
		"field": {fyne.NewSize(300, 60), func() fyne.CanvasObject { return NewField(NewText("Value")) }},
		"code":  {fyne.NewSize(480, 90), func() fyne.CanvasObject { return NewCode("482-915306") }},
		"text": {fyne.NewSize(320, 120), func() fyne.CanvasObject {
			v := NewTextView(NewLines([]byte("one\n\ttwo\nthree\x1b[31m\n" + strings.Repeat("a long line ", 40) + "\nfive\n")))
			v.Found([]int{1, 2})
			v.Mark(2)
			return v
		}},
		"split": {fyne.NewSize(320, 60), func() fyne.CanvasObject { return NewSplit(0.25, NewCard(NewText("a")), NewCard(NewText("b"))) }},
	} {
		for look, v := range map[string]fyne.ThemeVariant{"light": 1, "dark": 0} {
			t.Run(name+"-"+look, func(t *testing.T) {
				a := test.NewTempApp(t)
				a.Settings().SetTheme(variant{name: v})
				w := test.NewTempWindow(t, c.make())
				w.Resize(c.size)
				test.AssertRendersToMarkup(t, name+"-"+look+".xml", w.Canvas())
			})
		}
	}
}
