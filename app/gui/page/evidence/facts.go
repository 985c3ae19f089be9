//go:build !headless

package evidence

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"fyne.io/fyne/v2/lang"

	"github.com/beistand/beistand/app/gui/page"
	"github.com/beistand/beistand/diag/facts"
)

// joined puts a figure and its share, which have the same key in two lines,
// into one: "used: 3.2 GB, 43 %".
func joined(lines []facts.Line) []facts.Line {
	var all []facts.Line
	for _, l := range lines {
		if n := len(all); n > 0 && strings.HasSuffix(l.Value, " %") && all[n-1].Value != "" &&
			all[n-1].Key == l.Key && all[n-1].Depth == l.Depth {
			all[n-1].Value += ", " + l.Value
			continue
		}
		all = append(all, l)
	}
	return all
}

// factKey is a line's key in the person's language, beginning with a capital
// letter; a name is left as it is.
func factKey(l facts.Line) string {
	if l.Named {
		return l.Key
	}
	key := []rune(page.Known(l.Key))
	if len(key) > 0 {
		key[0] = unicode.ToUpper(key[0])
	}
	return string(key)
}

// factValue puts a value that diag/facts has written in English into the
// person's language: answers, spans of time, numbers with their units. Several
// in a row are parted by ", ". Anything else is the machine's own and stays.
func factValue(value string) string {
	parts := strings.Split(value, ", ")
	for i, part := range parts {
		said, ok := sayFact(part)
		if !ok {
			return value
		}
		parts[i] = said
	}
	return strings.Join(parts, ", ")
}

// What diag/facts writes around numbers.
var (
	span   = regexp.MustCompile(`^(\d{1,9}) (day|hour|minute|second|byte|pixel)s?(?: (\d{1,2}) (hour|minute|second)s?)?$`)
	figure = regexp.MustCompile(`^-?\d+(\.\d+)? (%|s|MHz|Hz|°C|mm|[kMGTP]B)$`)
)

func sayFact(words string) (string, bool) {
	switch words {
	case "yes":
		return lang.L("yes"), true
	case "no":
		return lang.L("no"), true
	case "unknown":
		return lang.L("unknown"), true
	case "none":
		return lang.L("none"), true
	case "not found", "server failure", "timed out", "refused", "unreachable", "cut off", "no TLS", "unknown answer": // why a connection failed
		return page.Known(words), true
	case "the rest is left out":
		return lang.L("the rest is left out"), true
	}
	if figure.MatchString(words) {
		return page.Decimal(words), true
	}
	m := span.FindStringSubmatch(words)
	if m == nil {
		return "", false
	}
	said := count(m[1], m[2])
	if m[3] != "" {
		said += " " + count(m[3], m[4])
	}
	return said, true
}

// count says a number of units, such as 3 days; digits are at most nine.
func count(digits, unit string) string {
	n, _ := strconv.Atoi(digits)
	data := map[string]any{"Count": n}
	switch unit {
	case "day":
		return lang.N("{{.Count}} days", n, data)
	case "hour":
		return lang.N("{{.Count}} hours", n, data)
	case "minute":
		return lang.N("{{.Count}} minutes", n, data)
	case "second":
		return lang.N("{{.Count}} seconds", n, data)
	case "pixel":
		return lang.N("{{.Count}} pixels", n, data)
	default:
		return lang.N("{{.Count}} bytes", n, data)
	}
}
