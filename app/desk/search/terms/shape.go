package terms

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// shapeOf makes a term of a whole line that tells of an error: numbers, what
// is quoted, paths and addresses do not count, and neither do capitals or
// spaces. A shape's shape is itself. "" is a line with too little left.
func shapeOf(line string) string {
	line = unquoted(line[:min(len(line), 1000)])
	h := fnv.New64a()
	letters := 0
	for word := range strings.FieldsSeq(line) {
		w := worn(word)
		if w == "" {
			continue
		}
		letters += utf8.RuneCountInString(w)
		h.Write([]byte(w))
		h.Write([]byte{' '})
	}
	if letters < 12 {
		return ""
	}
	return string(shape) + strconv.FormatUint(h.Sum64(), 36)
}

// worn is a word of a line without what is another each time; "" is nothing left.
func worn(word string) string {
	word = strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return !inWord(r) && r != '#' && r != '<' && r != '…' && r != '/' && r != '\\' }))
	switch {
	case word == "", strings.ContainsAny(word, `…<>/\@`), digit(word[0]), word[0] == '#':
		return ""
	case len(word) >= 8 && strings.Trim(word, "0123456789abcdef-") == "" && strings.ContainsAny(word, "0123456789"):
		return ""
	}
	var b strings.Builder
	number := false
	for _, r := range word {
		is := r >= '0' && r <= '9' || r == '#'
		if !is {
			b.WriteRune(r)
		} else if !number {
			b.WriteByte('#')
		}
		number = is
	}
	return b.String()
}

// unquoted is a line without what stands in quotes.
func unquoted(line string) string {
	if !strings.ContainsAny(line, `"'`) {
		return line
	}
	var b strings.Builder
	for i := 0; i < len(line); i++ {
		if q := line[i]; (q == '"' || q == '\'') && (i == 0 || !letter(line[i-1]) && !digit(line[i-1])) {
			n := strings.IndexByte(line[i+1:], q)
			if end := i + 1 + n; n >= 0 && (end+1 == len(line) || !letter(line[end+1])) {
				i = end
				continue
			}
		}
		b.WriteByte(line[i])
	}
	return b.String()
}

// programs says whether a program has written a line, and not a person: it
// has a word of trouble, and a code or signs as programs set them.
func programs(line string) bool {
	if len(line) > 1000 || len(line) < 12 {
		return false
	}
	low := strings.ToLower(line)
	if !slices.ContainsFunc(trouble, func(word string) bool { return strings.Contains(low, word) }) {
		return false
	}
	if digit(line[0]) || strings.ContainsAny(line, "[]=<>{}") || strings.Contains(line, ": ") || strings.Contains(line, "ERROR") {
		return true
	}
	coded := false
	ahead := ""
	chunks(line, func(c chunk) {
		coded = coded || len(codes(line[c.from:c.to], ahead)) > 0
		ahead = strings.ToLower(line[c.from:c.to])
	})
	return coded
}

// trouble is what lines have that tell of an error; lower case.
var trouble = []string{
	"error", "exception", "fail", "fatal", "panic", "denied", "refused", "timed out", "cannot", "could not", "not found", "does not exist",
	"fehler", "fehlgeschlagen", "verweigert", "nicht gefunden", "fout", "mislukt", "geweigerd", "niet gevonden",
}
