package collect

import (
	"bytes"
	"strings"
	"time"
)

// timeScan reads parts of a time from the beginning of text; what is not there
// leaves it where it was.
type timeScan struct{ text []byte }

func isDigit(b byte) bool  { return b >= '0' && b <= '9' }
func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// number reads up to width digits; more digits than that are no number of this kind.
func (s *timeScan) number(width int) (n, digits int) {
	for digits < len(s.text) && isDigit(s.text[digits]) {
		if digits == width {
			return 0, 0
		}
		n = n*10 + int(s.text[digits]-'0')
		digits++
	}
	s.text = s.text[digits:]
	return n, digits
}

// any reads one byte of set.
func (s *timeScan) any(set string) bool {
	if len(s.text) > 0 && strings.IndexByte(set, s.text[0]) >= 0 {
		s.text = s.text[1:]
		return true
	}
	return false
}

// gap reads what stands between date and time: a blank, a T, a comma and a blank.
func (s *timeScan) gap() bool {
	comma := s.any(",;")
	return s.any(" T_") || comma
}

func (s *timeScan) one() (int, bool) {
	n, width := s.number(2)
	return n, width > 0
}

func (s *timeScan) two() (int, bool) { return s.one() }

// year reads four digits, or two that are meant for this century.
func (s *timeScan) year() (int, bool) {
	n, width := s.number(4)
	if width == 2 {
		return 2000 + n, true
	}
	return n, width == 4
}

// month reads a month's name, English, German or Dutch, three letters or more.
func (s *timeScan) month() (int, bool) {
	width := 0
	for width < len(s.text) && width < 10 && isLetter(s.text[width]) {
		width++
	}
	if width < 3 {
		return 0, false
	}
	const names = "janfebmaraprmayjunjulaugsepoctnovdec"
	i := strings.Index(names, strings.ToLower(string(s.text[:3])))
	if i < 0 || i%3 != 0 {
		switch strings.ToLower(string(s.text[:3])) { // German Mai, Okt, Dez; Dutch mrt, mei, okt
		case "mai", "mei":
			i = 12
		case "mrt":
			i = 6
		case "okt":
			i = 27
		case "dez":
			i = 33
		default:
			return 0, false
		}
	}
	s.text = s.text[width:]
	if width == 3 {
		s.any(".")
	}
	return i/3 + 1, true
}

// dayTime is a time of day.
type dayTime struct{ hour, minute, second, nano int }

// on puts it on a date; a date that does not exist is none.
func (d dayTime) on(year, month, day int, zone *time.Location) (time.Time, bool) {
	if year < 1980 || year > 2200 {
		return time.Time{}, false
	}
	t := time.Date(year, time.Month(month), day, d.hour, d.minute, d.second, d.nano, zone)
	return t, time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() == day
}

// timeOfDay reads 09:14, 09:14:01, 09:14:01.123, 091401, 9:14:01 AM.
func (s *timeScan) timeOfDay() (dayTime, bool) {
	s.any(" ")
	var d dayTime
	n, width := s.number(6)
	switch {
	case width == 6:
		d = dayTime{n / 10000, n / 100 % 100, n % 100, 0}
	case width == 1 || width == 2:
		d.hour = n
		if !s.any(":") {
			return d, false
		}
		var ok bool
		if d.minute, ok = s.two(); !ok {
			return d, false
		}
		if s.any(":") {
			if d.second, ok = s.two(); !ok {
				return d, false
			}
		}
	default:
		return d, false
	}
	d.nano = s.fraction()
	d.hour = s.half(d.hour)
	return d, d.hour < 24 && d.minute < 60 && d.second <= 60
}

// fraction reads .123 or ,123 as billionths.
func (s *timeScan) fraction() int {
	if len(s.text) < 2 || s.text[0] != '.' && s.text[0] != ',' || !isDigit(s.text[1]) {
		return 0
	}
	n, unit := 0, 1_000_000_000
	i := 1
	for ; i < len(s.text) && isDigit(s.text[i]); i++ {
		if unit > 1 {
			unit /= 10
			n += int(s.text[i]-'0') * unit
		}
	}
	s.text = s.text[i:]
	return n
}

// half reads AM or PM behind an hour.
func (s *timeScan) half(hour int) int {
	rest := bytes.TrimPrefix(s.text, []byte(" "))
	if len(rest) < 2 || rest[1]|0x20 != 'm' || len(rest) > 2 && isLetter(rest[2]) || hour > 12 {
		return hour
	}
	switch rest[0] | 0x20 {
	case 'a':
		s.text = rest[2:]
		return hour % 12
	case 'p':
		s.text = rest[2:]
		return hour%12 + 12
	}
	return hour
}
