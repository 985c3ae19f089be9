package analyze

import (
	"regexp"
	"slices"
	"strings"
)

// measured are the data whose values are figures with a unit, or a program
// with such a figure behind it. Others are names and versions, whose points
// stay. What a profile has inserted (V1 and so on) may be either.
var measured = []string{"Free", "Limit", "Memory", "Program", "Share", "Size", "Skew", "Time", "Total", "Used"}

func isMeasured(name string) bool {
	number, inserted := strings.CutPrefix(name, "V")
	return slices.Contains(measured, name) || inserted && number != "" && strings.Trim(number, "0123456789") == ""
}

var decimal = regexp.MustCompile(`\b(\d+)\.(\d+ (?:kB|MB|GB|TB|PB|s|%|°C))`)

// decimalMark is the key of what stands between a number and its decimals.
const decimalMark = "decimal mark"

// decimals writes the points of figures with a unit as the language does.
func decimals(value string, translate func(string) string) string {
	if !decimal.MatchString(value) {
		return value
	}
	mark := translate(decimalMark)
	if mark == decimalMark {
		return value
	}
	return decimal.ReplaceAllString(value, "${1}"+strings.ReplaceAll(mark, "$", "$$")+"${2}")
}
