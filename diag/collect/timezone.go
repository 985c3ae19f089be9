package collect

import (
	"bytes"
	"time"
)

// zone reads Z, UTC, +01:00, +0100, " -0800", CET or CEST; nil if none is there.
func (s *timeScan) zone() *time.Location {
	rest := bytes.TrimPrefix(s.text, []byte(" "))
	if len(rest) == 0 {
		return nil
	}
	if rest[0] == '+' || rest[0] == '-' {
		z := timeScan{rest[1:]}
		n, width := z.number(4)
		switch {
		case width == 2:
			n *= 100
			if z.any(":") {
				m, ok := z.two()
				if !ok {
					return nil
				}
				n += m
			}
		case width != 4:
			return nil
		}
		if n/100 > 14 || n%100 > 59 {
			return nil
		}
		seconds := n/100*3600 + n%100*60
		if rest[0] == '-' {
			seconds = -seconds
		}
		return time.FixedZone("", seconds)
	}
	width := 0
	for width < len(rest) && isLetter(rest[width]) {
		width++
	}
	switch string(rest[:width]) {
	case "Z", "UTC", "GMT":
		return time.UTC
	case "CET", "MEZ":
		return time.FixedZone("CET", 3600)
	case "CEST", "MESZ":
		return time.FixedZone("CEST", 7200)
	}
	return nil
}
