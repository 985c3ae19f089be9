package app

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/beistand/beistand/app/problem"
)

// window is the time that logs are taken of.
type window struct {
	Since  string `xor:"window" help:"Take of logs only what is younger: 2h, 3d, 09:14, 2026-11-20 or \"2026-11-20 09:14\"." placeholder:"TIME"`
	Around string `xor:"window" help:"Take of logs only the half hour around this time." placeholder:"TIME"`
}

// around is how far the window reaches to both sides.
const around = 15 * time.Minute

// times gives the window's ends; zero is no end.
func (w window) times(now time.Time) (since, until time.Time, err error) {
	switch {
	case w.Since != "":
		since, err = parseWhen(w.Since, now)
		return since, time.Time{}, err
	case w.Around != "":
		at, err := parseWhen(w.Around, now)
		if err != nil {
			return since, until, err
		}
		return at.Add(-around), at.Add(around), nil
	}
	return since, until, nil
}

// span is a time that has passed: 90s, 15m, 2h, 3d, 1w, also 1d12h.
var span = regexp.MustCompile(`^([0-9]{1,6}[wdhms])+$`)

var spanUnits = map[byte]time.Duration{'w': 7 * 24 * time.Hour, 'd': 24 * time.Hour, 'h': time.Hour, 'm': time.Minute, 's': time.Second}

// moments are the other forms, in the machine's own time where they name no zone.
var moments = []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02", time.RFC3339}

// parseWhen reads a time before now. A time of day is today's, or
// yesterday's if today it is still to come.
func parseWhen(text string, now time.Time) (time.Time, error) {
	text = strings.TrimSpace(text)
	if span.MatchString(text) {
		var ago time.Duration
		for rest := text; rest != ""; {
			i := strings.IndexFunc(rest, func(r rune) bool { return r > '9' })
			n, _ := strconv.Atoi(rest[:i])
			ago += time.Duration(n) * spanUnits[rest[i]]
			rest = rest[i+1:]
		}
		if ago < 0 || ago > 200*365*24*time.Hour {
			return time.Time{}, unknownTime(text)
		}
		return now.Add(-ago), nil
	}
	for _, form := range moments {
		if at, err := time.ParseInLocation(form, text, now.Location()); err == nil {
			return at, nil
		}
	}
	for _, form := range []string{"15:04", "15:04:05"} {
		if at, err := time.Parse(form, text); err == nil {
			at = time.Date(now.Year(), now.Month(), now.Day(), at.Hour(), at.Minute(), at.Second(), 0, now.Location())
			if at.After(now) {
				at = at.AddDate(0, 0, -1)
			}
			return at, nil
		}
	}
	return time.Time{}, unknownTime(text)
}

func unknownTime(text string) error {
	return &problem.Usage{Reason: fmt.Sprintf("%q is no time; write 2h, 3d, 09:14, 2026-11-20 or \"2026-11-20 09:14\"", text)}
}

// byteSize is a number of bytes, written as 500, 64kB, 256MB or 2GB, in steps of 1024.
type byteSize int64

var sizeUnits = map[string]int64{"": 1, "b": 1, "kb": 1 << 10, "mb": 1 << 20, "gb": 1 << 30}

// UnmarshalText is part of encoding.TextUnmarshaler.
func (b *byteSize) UnmarshalText(text []byte) error {
	s := strings.ToLower(strings.ReplaceAll(string(text), " ", ""))
	digits := strings.TrimRight(s, "kmgb")
	n, err := strconv.ParseInt(digits, 10, 64)
	unit, ok := sizeUnits[s[len(digits):]]
	if err != nil || !ok || n < 1 || n > (1<<40)/unit {
		return fmt.Errorf("%q is no size; write 500MB or 2GB", text)
	}
	*b = byteSize(n * unit)
	return nil
}
