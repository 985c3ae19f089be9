//go:build !headless

package page

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/gui/widget"
	"github.com/beistand/beistand/app/problem"
	"github.com/beistand/beistand/assets"
	"github.com/beistand/beistand/diag/analyze"
	"github.com/beistand/beistand/diag/facts"
)

// Explain gives an error's two sentences in the person's language: what
// happened and why, and what to do.
func Explain(err error) (what, todo string) {
	p := problem.Of(err)
	return lang.L(p.Sentence, p.Data), lang.L(p.Hint, p.Data)
}

// Trouble shows an error with what can be done about it.
func Trouble(err error, actions ...fyne.CanvasObject) fyne.CanvasObject {
	what, todo := Explain(err)
	return widget.NewNotice(widget.Bad, what, todo, actions...)
}

// Known gives a text that came from a file or another machine in the person's
// language, if it is one of ours; otherwise as it is. It is never taken for a
// template: lang.L would carry out what stands in one. Nor is lang.L asked for
// what it does not have: it would log each time as an error.
func Known(text string) string {
	if strings.Contains(text, "{{") || !assets.Has(text) {
		return text
	}
	return lang.L(text)
}

// Finding gives a finding's two sentences in the person's language: what is
// wrong, and what to do. Those of a profile stay as the vendor wrote them; they
// are no templates of ours and are never carried out.
func Finding(f analyze.Finding) (what, todo string) {
	// The gaps are filled with themselves, so that analyze fills them in the end.
	gaps := make(map[string]string, len(f.Data))
	for name := range f.Data {
		gaps[name] = "{{." + name + "}}"
	}
	translate := func(text string) string {
		if !assets.Has(text) {
			return text
		}
		return lang.L(text, gaps)
	}
	whole := strings.NewReplacer(" %", "\u00a0%") // a figure and its sign stay in one line
	return whole.Replace(f.Sentence(translate)), whole.Replace(f.Advice(translate))
}

// Severity is a severity in one plain word and its tone.
func Severity(s analyze.Severity) (word string, tone widget.Tone) {
	switch s {
	case analyze.Critical:
		return lang.L("Critical"), widget.Bad
	case analyze.Warning:
		return lang.L("Warning"), widget.Warning
	default:
		return lang.L("Note"), widget.Primary
	}
}

// Size gives bytes as people read them: 1.5 MB, with the language's own
// decimal mark.
func Size(n int64) string {
	if n < 1024 {
		return lang.N("{{.Count}} bytes", int(n), map[string]any{"Count": n})
	}
	return Decimal(strings.Replace(facts.Size(n), " ", "\u00a0", 1))
}

// Decimal writes a number's point as the language does.
func Decimal(number string) string {
	return strings.Replace(number, ".", lang.X("decimal mark", "."), 1)
}

// Clock gives a duration as 0:05 or 1:02:03.
func Clock(d time.Duration) string {
	s := int(d.Round(time.Second) / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// Span gives a duration in words: 42 seconds, 3 minutes.
func Span(d time.Duration) string {
	seconds := max(0, int(d.Round(time.Second)/time.Second))
	if seconds < 60 {
		return lang.N("{{.Count}} seconds", seconds, map[string]any{"Count": seconds})
	}
	minutes := (seconds + 30) / 60
	return lang.N("{{.Count}} minutes", minutes, map[string]any{"Count": minutes})
}

// Age gives how long ago something was.
func Age(d time.Duration) string {
	switch n := func(unit time.Duration) map[string]any { return map[string]any{"Count": int(d / unit)} }; {
	case d < time.Minute:
		return lang.L("just now")
	case d < time.Hour:
		return lang.L("{{.Count}} min ago", n(time.Minute))
	case d < 24*time.Hour:
		return lang.L("{{.Count}} h ago", n(time.Hour))
	default:
		return lang.L("{{.Count}} d ago", n(24*time.Hour))
	}
}

// When gives a moment in the machine's own time zone.
func When(t time.Time) string {
	return t.Local().Format(lang.X("date and time", "2 Jan 2006, 15:04"))
}

// Priority is a priority in one plain word and its tone.
func Priority(p api.Priority) (word string, tone widget.Tone) {
	switch p {
	case api.Critical:
		return lang.L("Critical"), widget.Bad
	case api.High:
		return lang.L("High"), widget.Warning
	case api.Low:
		return lang.L("Low"), widget.Neutral
	default:
		return lang.L("Normal"), widget.Primary
	}
}
