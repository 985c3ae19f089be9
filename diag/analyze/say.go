package analyze

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/beistand/beistand/diag/collect"
	"github.com/beistand/beistand/diag/facts"
)

// inList joins names, and counts those beyond limit.
func inList(names []string, limit int) string {
	if len(names) == 0 {
		return "?"
	}
	if over := len(names) - limit; over > 0 {
		return fmt.Sprintf("%s (+%d)", strings.Join(names[:limit], ", "), over)
	}
	return strings.Join(names, ", ")
}

func size(bytes uint64) string { return facts.Size(int64(min(bytes, 1<<62))) }

func percent(f float64) string { return fmt.Sprintf("%.0f %%", f) }

func number[T int | int32 | int64 | uint64](n T) string { return fmt.Sprint(n) }

// moment is a time as people read it, in the machine's own zone; "?" if it is not known.
func moment(t *time.Time) string {
	if t == nil {
		return "?"
	}
	return t.Format("2006-01-02 15:04")
}

func day(t time.Time) string { return t.Format(time.DateOnly) }

func days(f time.Duration) string { return fmt.Sprint(int(f.Hours() / 24)) }

// duration gives seconds as "12.5 s" or "3 h 20 min".
func duration(seconds float64) string {
	if seconds < 0 {
		seconds = -seconds
	}
	if seconds < 120 {
		return fmt.Sprintf("%.3g s", seconds)
	}
	d := time.Duration(seconds * float64(time.Second)).Round(time.Minute)
	switch h := int(d.Hours()); {
	case h == 0:
		return fmt.Sprintf("%.0f min", d.Minutes())
	case h < 48:
		return fmt.Sprintf("%d h %d min", h, int(d.Minutes())%60)
	default:
		return fmt.Sprintf("%d d", h/24)
	}
}

// spoken are the data whose values are words, not names or figures: pieces
// with ", " between them, each a text of ours, a figure and a text ("3 pending
// sectors"), or a text and what it is about ("Log file: app.log").
var spoken = []string{"Why", "Part", "Duplex"}

// spokenWords are the texts in spoken data, beside the titles and words of facts.
var spokenWords = []string{
	"half duplex", "full duplex",
	collect.ProblemNotFound, collect.ProblemServer, collect.ProblemTimeout, collect.ProblemRefused, collect.ProblemUnreachable,
	collect.ProblemReset, collect.ProblemTLS, collect.ProblemCertificate, collect.ProblemProxy, collect.ProblemProtocol,
}

var amount = regexp.MustCompile(`^(\d+(?: %)?) (.+)$`)

// spell translates spoken data.
func spell(value string, translate func(string) string) string {
	pieces := strings.Split(value, ", ")
	for i, piece := range pieces {
		if m := amount.FindStringSubmatch(piece); m != nil {
			pieces[i] = m[1] + " " + translate(m[2])
		} else if text, about, ok := strings.Cut(piece, ": "); ok {
			pieces[i] = translate(text) + ": " + about
		} else {
			pieces[i] = translate(piece)
		}
	}
	return strings.Join(pieces, ", ")
}

// one makes the list of a single finding.
func one(h hit) []hit { return []hit{h} }

// data is pairs of names and values.
func data(pairs ...string) map[string]string {
	m := make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}

// phrase joins what is there of a thing and what is said of it.
func phrase(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ": ")
}
