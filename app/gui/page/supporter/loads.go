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
	gauges []*widget.Gauge // from the first line down, used again; at most maxSigns
}

func newLoads() *loads {
	l := &loads{words: widget.NewCaption(lang.L("The first figures are on their way …")), lines: container.NewVBox()}
	l.object = container.NewVScroll(widget.Inset(8, container.NewVBox(l.words, l.lines)))
	return l
}

// maxSigns bounds the lines that are shown of a sample.
const maxSigns = 40

// sample shows a sample; signs that it does not have go.
func (l *loads) sample(text string) {
	l.words.Hide()
	l.lines.Objects = nil
	for i, s := range signs(text) {
		if i == len(l.gauges) {
			l.gauges = append(l.gauges, widget.NewGauge(""))
		}
		g := l.gauges[i]
		tone := widget.Primary
		switch {
		case s.part >= 0.95:
			tone = widget.Bad
		case s.part >= 0.8:
			tone = widget.Warning
		}
		g.Set(signName(s.name), s.figure, s.part, tone)
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
		s.figure = figures(s.figure)
		all = append(all, s)
	}
	return all
}

// signName is what a sign is called in the supporter's language; one that is
// not known stays as it is.
func signName(name string) string {
	switch name {
	case "Processor":
		return lang.L("Processor")
	case "Memory":
		return lang.L("Memory")
	case "System disk":
		return lang.L("System disk")
	case "Disks":
		return lang.L("Disks")
	case "Network":
		return lang.L("Network")
	}
	return name
}

// What stands in figures beside numbers and their units.
var (
	partOf  = regexp.MustCompile(`^(\S+ \S+) of (\S+ \S+), (\d+ %)$`)
	readOut = regexp.MustCompile(`^(\S+ \S+) read, (\S+ \S+) written$`)
	inOut   = regexp.MustCompile(`^(\S+ \S+) in, (\S+ \S+) out$`)
	mark    = regexp.MustCompile(`(\d)\.(\d)`)
)

// figures puts figures into the supporter's language, as far as they are known.
func figures(text string) string {
	for shape, words := range map[*regexp.Regexp]func(a, b string) string{
		partOf: func(a, b string) string {
			return lang.L("{{.Done}} of {{.Size}}", map[string]any{"Done": a, "Size": b})
		},
		readOut: func(a, b string) string {
			return lang.L("{{.Read}} read, {{.Written}} written", map[string]any{"Read": a, "Written": b})
		},
		inOut: func(a, b string) string { return lang.L("{{.In}} in, {{.Out}} out", map[string]any{"In": a, "Out": b}) },
	} {
		if m := shape.FindStringSubmatch(text); m != nil {
			text = words(m[1], m[2])
			if len(m) > 3 {
				text += ", " + m[3]
			}
			break
		}
	}
	return mark.ReplaceAllString(text, "${1}"+lang.X("decimal mark", ".")+"${2}")
}

// clipped is at most n characters of a text.
func clipped(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return text
}
