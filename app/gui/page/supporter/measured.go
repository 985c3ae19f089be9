//go:build !headless

package supporter

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/app/gui/surface"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/session"
)

// measureTime is how often figures are renewed.
const measureTime = time.Second

// measured are the figures of the picture: how long each step takes, and what
// the connection carries. They are asked for only while they are shown.
type measured struct {
	of     *watched
	object fyne.CanvasObject
	lines  map[string]*widget.Gauge
	on     bool
	turn   int // how often they have been begun

	before      page.Figures // a look ago
	shownBefore surface.Shown
	at          time.Time // of that look; zero: there was none
}

// The lines, by what they are about.
const (
	lineCapture = "capture"
	lineCode    = "code"
	lineWire    = "wire"
	lineDecode  = "decode"
	lineShow    = "show"
	lineAll     = "all"

	linePath     = "path"
	lineTrip     = "trip"
	lineLoss     = "loss"
	lineEstimate = "estimate"
	lineSpeed    = "speed"
	lineBytes    = "bytes"

	linePictures = "pictures"
	lineSize     = "size"
	lineDrawn    = "drawn"
	lineMotion   = "motion"
)

func newMeasured(w *watched) *measured {
	m := &measured{of: w, lines: map[string]*widget.Gauge{}}
	part := func(title string, lines ...string) fyne.CanvasObject {
		head := fynewidget.NewLabel(title)
		head.TextStyle.Bold = true
		// The label's own padding is taken back: its words stand above the lines'.
		box := container.New(layout.NewCustomPaddedVBoxLayout(0), container.New(layout.NewCustomPaddedLayout(0, 0, -8, 0), head))
		for _, l := range lines {
			m.lines[l] = widget.NewGauge(m.name(l))
			box.Add(m.lines[l])
		}
		return box
	}
	m.object = container.NewVScroll(widget.NewColumn(readable, widget.Inset(8, container.NewVBox(
		part(lang.L("How long a picture takes"), lineCapture, lineCode, lineWire, lineDecode, lineShow, lineAll),
		part(lang.L("The connection"), linePath, lineTrip, lineLoss, lineEstimate, lineSpeed, lineBytes),
		part(lang.L("The picture"), linePictures, lineSize, lineDrawn, lineMotion),
	))))
	return m
}

func (m *measured) name(line string) string {
	switch line {
	case lineCapture:
		return lang.L("Reading the screen")
	case lineCode:
		return lang.L("Coding")
	case lineWire:
		return lang.L("On the way")
	case lineDecode:
		return lang.L("Decoding")
	case lineShow:
		return lang.L("Showing")
	case lineAll:
		return lang.L("Altogether")
	case linePath:
		return lang.L("Kind")
	case lineTrip:
		return lang.L("There and back")
	case lineLoss:
		return lang.L("Lost on the way")
	case lineEstimate:
		return lang.L("Carries about")
	case lineSpeed:
		return lang.L("Received now")
	case lineBytes:
		return lang.L("Received in all")
	case linePictures:
		return lang.L("New pictures")
	case lineSize:
		return lang.L("Size")
	case lineDrawn:
		return lang.L("Drawn")
	}
	return lang.L("What moves")
}

// begin asks for figures until end.
func (m *measured) begin() {
	if m.on {
		return
	}
	m.on, m.at = true, time.Time{}
	m.turn++
	m.look(m.turn)
}

func (m *measured) end() { m.on = false }

// look asks once and again later, until the turn is over.
func (m *measured) look(turn int) {
	from, ok := m.of.helping.(page.Measuring)
	if !m.on || !ok || turn != m.turn {
		return
	}
	m.show(from.Figures(), m.of.picture.Shown(), time.Now())
	after(m.of.scope, measureTime, func() { m.look(turn) })
}

// show puts figures into words. What a second brings is counted since the look
// before.
func (m *measured) show(f page.Figures, shown surface.Shown, now time.Time) {
	set := func(line, text string) {
		if text == "" {
			text = "–"
		}
		m.lines[line].Set(m.name(line), text, -1, widget.Neutral)
	}
	all := time.Duration(0)
	for line, took := range map[string]time.Duration{
		lineCapture: f.Capture, lineCode: f.Code, lineWire: f.Wire, lineDecode: f.Decode, lineShow: shown.Took,
	} {
		set(line, millis(took))
		all += took
	}
	set(lineAll, millis(all))

	set(linePath, m.path(f))
	set(lineTrip, millis(f.RoundTrip))
	set(lineLoss, percent(f.Loss))
	set(lineEstimate, bits(f.Estimate))
	set(lineBytes, page.Size(f.Bytes))
	speed, pictures := "", ""
	if past := now.Sub(m.at).Seconds(); !m.at.IsZero() && past > 0 {
		speed = lang.L("{{.Size}} a second", map[string]any{"Size": page.Size(int64(float64(f.Bytes-m.before.Bytes) / past))})
		pictures = lang.L("{{.Count}} a second", map[string]any{"Count": number(float64(shown.Frames-m.shownBefore.Frames)/past, 0)})
	}
	set(lineSpeed, speed)
	set(linePictures, pictures)
	m.before, m.shownBefore, m.at = f, shown, now

	set(lineSize, m.size())
	drawn := lang.L("by the window")
	if m.of.picture.Direct() {
		drawn = lang.L("directly")
	}
	set(lineDrawn, drawn)
	moves := f.Motion
	if moves == "" {
		moves = lang.L("nothing")
	}
	set(lineMotion, moves)
}

func (m *measured) path(f page.Figures) string {
	words := lang.L("direct connection")
	if m.of.now.Path == session.PathRelayed {
		words = lang.L("relayed connection")
	}
	if f.Direct {
		return words + ", " + lang.L("datagrams")
	}
	return words + ", " + lang.L("data channel")
}

func (m *measured) size() string {
	size, scaled := m.of.picture.PixelSize(), m.of.picture.ShownSize()
	if size.X == 0 || scaled.X == 0 {
		return ""
	}
	words := fmt.Sprintf("%d × %d", size.X, size.Y)
	if size != scaled {
		words += lang.L(", shown at {{.Percent}} %", map[string]any{"Percent": number(100*float64(scaled.X)/float64(size.X), 0)})
	}
	return words
}

// millis is "" for nothing.
func millis(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	places := 1
	if d >= 10*time.Millisecond {
		places = 0
	}
	return number(float64(d)/float64(time.Millisecond), places) + "\u00a0ms"
}

// percent is "" for what is not known.
func percent(share float64) string {
	if share < 0 {
		return ""
	}
	return number(100*share, 1) + "\u00a0%"
}

// bits is "" for nothing.
func bits(n int) string {
	switch {
	case n <= 0:
		return ""
	case n < 1_000_000:
		return number(float64(n)/1000, 0) + "\u00a0kbit/s"
	}
	return number(float64(n)/1e6, 1) + "\u00a0Mbit/s"
}

// number has so many places behind the mark of the language.
func number(v float64, places int) string {
	return page.Decimal(fmt.Sprintf("%.*f", places, v))
}
