package analyze

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// ConditionError says where a declared rule is wrong, and why, in one sentence.
type ConditionError struct {
	Column int    // from 1, in characters; 0 if the whole text is meant
	In     string // "when", "say", "do", "severity" or "id"
	Reason string
}

// Error gives the setting, the column and the reason.
func (e *ConditionError) Error() string {
	if e.Column == 0 {
		return fmt.Sprintf("%s: %s", e.In, e.Reason)
	}
	return fmt.Sprintf("%s, column %d: %s", e.In, e.Column, e.Reason)
}

// The kinds of tokens.
const (
	tokenEnd = iota
	tokenName
	tokenText
	tokenNumber // with its unit applied
	tokenSign   // an operator or a bracket
)

type token struct {
	kind   int
	text   string // of a name or sign as it stands; a text without quotes
	number float64
	at     int // byte offset
}

// operators are the operators and brackets, longer ones before their beginnings.
var operators = []string{"==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ".", ",", "="}

// unitsOf are what numbers can be followed by: bytes in steps of 1024, as
// facts.Size has them, and seconds.
var unitsOf = map[string]float64{
	"": 1, "%": 1, "kb": 1 << 10, "mb": 1 << 20, "gb": 1 << 30, "tb": 1 << 40,
	"s": 1, "min": 60, "h": 3600, "d": 86400, "w": 7 * 86400,
}

// lex parts a condition into tokens; the last is tokenEnd.
func lex(text string) ([]token, error) {
	if len(text) > maxCondition {
		return nil, wrongAt(text, 0, "a condition has at most %d bytes", maxCondition)
	}
	if !utf8.ValidString(text) {
		return nil, wrongAt(text, 0, "this is no text in UTF-8")
	}
	var all []token
	for i := 0; ; {
		for i < len(text) && strings.IndexByte(" \t\r\n", text[i]) >= 0 {
			i++
		}
		if i == len(text) {
			return append(all, token{kind: tokenEnd, at: i}), nil
		}
		t, n, err := lexOne(text, i)
		if err != nil {
			return nil, err
		}
		t.at = i
		all = append(all, t)
		i += n
	}
}

func lexOne(text string, at int) (token, int, error) {
	rest := text[at:]
	switch {
	case rest[0] == '"' || rest[0] == '\'':
		return lexText(text, at)
	case isDigit(rest[0]) || rest[0] == '-' && len(rest) > 1 && isDigit(rest[1]):
		return lexNumber(text, at)
	case nameByte(rest[0]):
		n := 1
		for n < len(rest) && (nameByte(rest[n]) || rest[n] == '-' && n+1 < len(rest) && nameByte(rest[n+1])) {
			n++
		}
		return token{kind: tokenName, text: rest[:n]}, n, nil
	}
	for _, s := range operators {
		if strings.HasPrefix(rest, s) {
			if s == "=" {
				return token{}, 0, wrongAt(text, at, "equal is written ==")
			}
			return token{kind: tokenSign, text: s}, len(s), nil
		}
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return token{}, 0, wrongAt(text, at, "%q has no meaning here", r)
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func nameByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || b == '_' || isDigit(b)
}

// lexText reads "..." or '...'; there are no escapes, so that patterns stay as they are.
func lexText(text string, at int) (token, int, error) {
	end := strings.IndexByte(text[at+1:], text[at])
	if end < 0 {
		return token{}, 0, wrongAt(text, at, "the text that begins here has no closing %c", text[at])
	}
	return token{kind: tokenText, text: text[at+1 : at+1+end]}, end + 2, nil
}

func lexNumber(text string, at int) (token, int, error) {
	rest := text[at:]
	n := 1
	for n < len(rest) && (isDigit(rest[n]) || rest[n] == '.' && n+1 < len(rest) && isDigit(rest[n+1])) {
		n++
	}
	v, err := strconv.ParseFloat(rest[:n], 64)
	if err != nil {
		return token{}, 0, wrongAt(text, at, "%s is no number; a version stands in quotes", rest[:n])
	}
	m := n
	for m < len(rest) && (nameByte(rest[m]) || rest[m] == '%') {
		m++
	}
	unit, known := unitsOf[strings.ToLower(rest[n:m])]
	if !known {
		return token{}, 0, wrongAt(text, at+n, "%q is no unit; there are kB, MB, GB, TB, s, min, h, d, w and %%", rest[n:m])
	}
	return token{kind: tokenNumber, text: rest[:m], number: v * unit}, m, nil
}

func wrongAt(text string, at int, reason string, args ...any) error {
	return &ConditionError{Column: utf8.RuneCountInString(text[:min(at, len(text))]) + 1, In: "when", Reason: fmt.Sprintf(reason, args...)}
}

// seconds is a time as an age: how long before now it was.
func seconds(now, t time.Time) float64 { return now.Sub(t).Seconds() }
