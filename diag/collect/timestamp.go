package collect

import (
	"bytes"
	"time"
)

// lineClock is how a log's times are meant where its lines leave that open.
type lineClock struct {
	zone     *time.Location // of times without one
	near     time.Time      // about when the log was last written; years that are not there follow from it
	dayFirst bool           // 03/04/2026 is the third of April
}

// How far into a line its time is searched for. JSON can have it behind the message.
const (
	stampDepth     = 160
	stampDepthJSON = 8 << 10
)

// stamp finds the time at which a line says it was written.
func (c lineClock) stamp(line []byte) (time.Time, bool) {
	if len(line) > 0 && line[0] == '{' {
		if t, ok := c.jsonStamp(line[:min(len(line), stampDepthJSON)]); ok {
			return t, true
		}
	}
	line = line[:min(len(line), stampDepth)]
	if len(line) > 5 && bytes.IndexByte([]byte("IWEF"), line[0]) >= 0 { // klog: I1120 09:14:01.123456
		if t, ok := c.klog(line[1:]); ok {
			return t, true
		}
	}
	for i := 0; i < len(line); i++ {
		if i > 0 && (isDigit(line[i-1]) || isLetter(line[i-1]) || line[i-1] == '.') {
			continue // in the middle of a word or an address
		}
		switch b := line[i]; {
		case isDigit(b):
			s := timeScan{text: line[i:]}
			// A number alone is a time only where a log has it.
			bare := i == 0 || i <= 32 && bytes.IndexByte([]byte("[(=:"), line[i-1]) >= 0
			if t, ok := c.fromDigit(&s, bare); ok {
				return t, true
			}
		case isLetter(b):
			s := timeScan{text: line[i:]}
			if t, ok := c.fromMonth(&s); ok {
				return t, true
			}
		}
	}
	return time.Time{}, false
}

// fromDigit reads what begins with a number.
func (c lineClock) fromDigit(s *timeScan, bare bool) (time.Time, bool) {
	first, width := s.number(19)
	switch {
	case width == 4 && s.any("-/."): // 2026-11-20, ISO 8601 and its like
		month, ok := s.two()
		if !ok || !s.any("-/.") {
			return time.Time{}, false
		}
		day, ok := s.two()
		return c.day(s, first, month, day, ok && s.any("T _:,;-"), true)
	case width == 8: // 20261120, ISO 8601's basic form
		return c.day(s, first/10000, first/100%100, first%100, s.any("T _-"), true)
	case bare && (width == 10 || width == 13 || width == 16 || width == 19):
		return epochStamp(s, first, width)
	case width > 2:
		return time.Time{}, false
	case s.any("."): // 20.11.2026
		month, ok := s.two()
		if !ok || !s.any(".") {
			return time.Time{}, false
		}
		year, ok := s.year()
		return c.day(s, year, month, first, ok && s.gap(), true)
	case s.any("/-"):
		return c.slashes(s, first)
	case s.any(" "): // 20 Nov 2026
		month, ok := s.month()
		if !ok || !s.any(" ") {
			return time.Time{}, false
		}
		year, ok := s.year()
		return c.day(s, year, month, first, ok && s.gap(), true)
	}
	return time.Time{}, false
}

// slashes goes on behind "20/" or "11/" or "20-".
func (c lineClock) slashes(s *timeScan, first int) (time.Time, bool) {
	if month, ok := s.month(); ok { // 20/Nov/2026:09:14:01, 20-Nov-2026
		if !s.any("/-") {
			return time.Time{}, false
		}
		year, ok := s.year()
		return c.day(s, year, month, first, ok && s.any(": T"), true)
	}
	second, ok := s.two()
	if !ok || !s.any("/-") {
		return time.Time{}, false
	}
	year, ok := s.year()
	day, month := first, second
	if month > 12 || day <= 12 && !c.dayFirst {
		day, month = month, day
	}
	return c.day(s, year, month, day, ok && s.gap(), true)
}

// fromMonth reads "Nov 20 09:14:01", "Fri Nov 20 09:14:01 2026" and the like.
func (c lineClock) fromMonth(s *timeScan) (time.Time, bool) {
	month, ok := s.month()
	if !ok {
		return time.Time{}, false // a weekday: what follows it is a word of its own
	}
	if !s.any(" ") {
		return time.Time{}, false
	}
	s.any(" ")
	day, ok := s.one()
	if !ok {
		return time.Time{}, false
	}
	s.any(",")
	if !s.any(" ") {
		return time.Time{}, false
	}
	at := *s
	if year, width := s.number(4); width == 4 && s.gap() { // Nov 20 2026 09:14:01
		return c.day(s, year, month, day, true, true)
	}
	*s = at
	return c.day(s, 0, month, day, true, false)
}

// klog goes on behind the letter of "I1120 09:14:01.123456" (Kubernetes, glog).
func (c lineClock) klog(line []byte) (time.Time, bool) {
	s := timeScan{text: line}
	date, width := s.number(4)
	return c.day(&s, 0, date/100, date%100, width == 4 && s.any(" "), false)
}

// day goes on from a date to the time of day. Without a year the one is taken
// that brings the time closest before c.near.
func (c lineClock) day(s *timeScan, year, month, day int, ok, hasYear bool) (time.Time, bool) {
	if !ok || month < 1 || month > 12 || day < 1 || day > 31 {
		return time.Time{}, false
	}
	clockTime, ok := s.timeOfDay()
	if !ok {
		return time.Time{}, false
	}
	if !hasYear {
		at := *s
		if s.any(" ") { // ctime has the year last
			if y, width := s.number(4); width == 4 {
				year, hasYear = y, true
			}
		}
		if !hasYear {
			*s = at
		}
	}
	zone := s.zone()
	if zone == nil {
		zone = c.zone
	}
	if hasYear {
		return clockTime.on(year, month, day, zone)
	}
	for year := c.near.In(zone).Year() + 1; year > c.near.Year()-5; year-- { // 29 February is not in every year
		t, ok := clockTime.on(year, month, day, zone)
		if ok && !t.After(c.near.Add(24*time.Hour)) {
			return t, true
		}
	}
	return time.Time{}, false
}

// epochStamp takes seconds since 1970, or their thousandth, millionth or
// billionth parts.
func epochStamp(s *timeScan, n, width int) (time.Time, bool) {
	var t time.Time
	switch width {
	case 10:
		t = time.Unix(int64(n), int64(s.fraction()))
	case 13:
		t = time.UnixMilli(int64(n))
	case 16:
		t = time.UnixMicro(int64(n))
	case 19:
		t = time.Unix(0, int64(n))
	}
	y := t.UTC().Year()
	return t, y >= 2000 && y < 2100
}
