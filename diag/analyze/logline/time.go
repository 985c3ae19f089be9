package logline

import (
	"bytes"
	"regexp"
	"strconv"
	"time"
)

// TimeWithin is how far from a line's beginning its time may stand.
const TimeWithin = 96

// timeForms are the ways in which logs write the time, and what Go calls
// them. Fractions of a second and the zone are read apart.
var timeForms = []struct {
	form   *regexp.Regexp
	layout string
}{
	{regexp.MustCompile(`\d{4}-\d\d-\d\d[ T_]\d\d:\d\d:\d\d`), "2006-01-02 15:04:05"},                    // ISO 8601, RFC 3339
	{regexp.MustCompile(`\d{4}/\d\d/\d\d \d\d:\d\d:\d\d`), "2006/01/02 15:04:05"},                        // Go, nginx
	{regexp.MustCompile(`\d\d\.\d\d\.\d{4},? \d\d:\d\d:\d\d`), "02.01.2006 15:04:05"},                    // German
	{regexp.MustCompile(`\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d`), "02/Jan/2006:15:04:05"},              // Common Log Format
	{regexp.MustCompile(`[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)? \d{4}`), "Jan _2 15:04:05 2006"}, // Apache's errors, ctime(3)
	{regexp.MustCompile(`\d{8}[ T]\d\d:?\d\d:?\d\d`), "20060102 150405"},
}

var zoneForm = regexp.MustCompile(`^(?:[.,]\d{1,9})? ?(Z|[+-]\d\d:?\d\d)?`)

// Time reads the time of a log's line. A time without a zone is in loc; one
// without a year is the last such day before about.
func Time(line []byte, about time.Time, loc *time.Location) (time.Time, bool) {
	line = line[:min(len(line), TimeWithin)]
	for _, f := range timeForms {
		at := f.form.FindIndex(line)
		if at == nil {
			continue
		}
		text := []byte(bytes.ReplaceAll(line[at[0]:at[1]], []byte(","), nil))
		switch f.layout[:5] {
		case "2006-":
			text[len("2006-01-02")] = ' '
		case "20060":
			text = bytes.ReplaceAll(text, []byte(":"), nil)
			text[len("20060102")] = ' '
		}
		t, err := time.ParseInLocation(f.layout, string(text), zone(line[at[1]:], loc))
		return t, err == nil
	}
	if month(line) != 0 && len(line) > 15 {
		t, err := time.ParseInLocation("Jan _2 15:04:05", string(line[:15]), loc)
		if err != nil {
			return t, false
		}
		t = t.AddDate(about.In(loc).Year(), 0, 0)
		if t.Sub(about) > 48*time.Hour { // a clock may be ahead, but not by days
			t = t.AddDate(-1, 0, 0)
		}
		return t, true
	}
	return unixStamp(line)
}

// zone reads "+0100" behind a time.
func zone(rest []byte, otherwise *time.Location) *time.Location {
	m := zoneForm.FindSubmatch(rest)
	switch {
	case m == nil || m[1] == nil:
		return otherwise
	case string(m[1]) == "Z":
		return time.UTC
	}
	digits := bytes.ReplaceAll(m[1], []byte(":"), nil)
	hours, _ := strconv.Atoi(string(digits[1:3]))
	minutes, _ := strconv.Atoi(string(digits[3:5]))
	offset := hours*3600 + minutes*60
	if digits[0] == '-' {
		offset = -offset
	}
	return time.FixedZone("", offset)
}

// month is 1 to 12 if a line begins as syslog's do (RFC 3164, 4.1.2), else 0.
func month(line []byte) int {
	if len(line) < 4 || line[3] != ' ' {
		return 0
	}
	i := bytes.Index([]byte("JanFebMarAprMayJunJulAugSepOctNovDec"), line[:3])
	if i < 0 || i%3 != 0 {
		return 0
	}
	return i/3 + 1
}

// unixStamp reads a line that begins with seconds or milliseconds since 1970.
func unixStamp(line []byte) (time.Time, bool) {
	n := 0
	for n < len(line) && kind[line[n]] == digit {
		n++
	}
	v, err := strconv.ParseInt(string(line[:n]), 10, 64)
	switch {
	case err != nil:
		return time.Time{}, false
	case n == 10:
		return time.Unix(v, 0).UTC(), true
	case n == 13:
		return time.UnixMilli(v).UTC(), true
	}
	return time.Time{}, false
}
