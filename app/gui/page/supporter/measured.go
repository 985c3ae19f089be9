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

func newMeasured(w *watched) *measured {
	m := &measured{of: w, lines: map[string]*widget.Gauge{}}
	part := func(title string, lines ...string) fyne.CanvasObject {
		head := fynewidget.NewLabel(title)
		head.TextStyle.Bold = true
		// The label's own padding is taken back: its words stand above the lines'.
		box := container.New(layout.NewCustomPaddedVBoxLayout(0), container.New(layout.NewCustomPaddedLayout(0, 0, -8, 0), head))
		for _, l := range lines {
			m.lines[l] = widget.NewGauge(lineName(l))
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
		m.lines[line].Set(lineName(line), text, -1, widget.Neutral)
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
	loss := ""
	if f.RoundTrip > 0 { // something is known
		loss = percent(f.Loss)
	}
	set(lineLoss, loss)
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

// measure shows the picture's figures, or takes them away.
func (s *side) measure() {
	if s.object.Visible() && s.tabs.Selected() == s.figure {
		s.tabs.Remove(s.figure)
		if len(s.tabs.Items) == 0 {
			s.object.Hide()
			s.toggle.Hide()
		}
		s.measured.end()
	} else {
		if !s.holds(s.figure) {
			s.tabs.Append(s.figure)
		}
		s.tabs.Select(s.figure)
		s.object.Show()
		s.toggle.Show()
	}
	s.moved()
	if s.holds(s.figure) {
		s.measured.begin()
	}
	lit(s.figures, s.measured.on)
}

// measurable offers the figures while there are some.
func (s *side) measurable() {
	_, can := s.of.helping.(page.Measuring)
	if can = can && !s.of.since.IsZero() && !s.of.pictureless(); can == s.figures.Visible() {
		return
	}
	if can {
		s.figures.Show()
	} else {
		s.figures.Hide()
	}
	s.of.flow.frame.Settle()
}
