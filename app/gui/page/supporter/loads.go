//go:build !headless

package supporter

import (
	"regexp"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/widget"
)

// loads are the vital signs: a line for each, with a bar where there is a share.
type loads struct {
	object fyne.CanvasObject
	words  *fynewidget.Label
	lines  *fyne.Container
	gauges map[string]*widget.Gauge
}

func newLoads() *loads {
	l := &loads{words: widget.NewCaption(lang.L("The first figures are on their way …")), lines: container.NewVBox(), gauges: map[string]*widget.Gauge{}}
	l.object = container.NewVScroll(widget.Inset(8, container.NewVBox(l.words, l.lines)))
	return l
}

// maxSigns bounds the lines that are shown of a sample.
const maxSigns = 40

// sample shows a sample; signs that it does not have go.
func (l *loads) sample(text string) {
	l.words.Hide()
	l.lines.Objects = nil
	for _, s := range signs(text) {
		g := l.gauges[s.name]
		if g == nil {
			g = widget.NewGauge(page.Known(s.name))
			l.gauges[s.name] = g
		}
		tone := widget.Primary
		switch {
		case s.part >= 0.95:
			tone = widget.Bad
		case s.part >= 0.8:
			tone = widget.Warning
		}
		g.Set(s.figure, s.part, tone)
		l.lines.Add(g)
	}
	l.lines.Refresh()
}

// stop says that there are no more.
func (l *loads) stop() {
	l.words.SetText(lang.L("These are the last figures; no more come."))
	l.words.Show()
}

// sign is one line of a sample.
type sign struct {
	name, figure string
	part         float64 // 0 to 1; negative when it is no share
}

var share = regexp.MustCompile(`(\d{1,3}(?:\.\d{1,3})?)\s?%`)

// signs reads a sample: "name: figure" in each line. The text is another
// machine's: what is not written so is shown as it is.
func signs(text string) (all []sign) {
	gone := map[string]bool{}
	for line := range strings.SplitSeq(text, "\n") {
		line = page.Plain(strings.Join(strings.Fields(line), " "))
		name, figure, ok := strings.Cut(line, ":")
		if line == "" || gone[name] || len(all) == maxSigns {
			continue
		}
		if !ok {
			name, figure = "", line
		}
		gone[name] = ok
		s := sign{name: clipped(strings.TrimSpace(name), 28), figure: clipped(strings.TrimSpace(figure), 40), part: -1}
		if m := share.FindStringSubmatch(figure); m != nil {
			if p, err := strconv.ParseFloat(m[1], 64); err == nil && p <= 100 {
				s.part = p / 100
			}
		}
		s.figure = page.Decimal(s.figure)
		all = append(all, s)
	}
	return all
}

// clipped is at most n characters of a text.
func clipped(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return text
}
