package logline

import "bytes"

// TroubleWords are what lines that tell of an error have, in English, German
// and Dutch; lower case.
var TroubleWords = []string{
	"error", "fail", "fatal", "panic", "exception", "critical", "severe", "segfault", "abort", "denied", "refused", "timed out",
	"cannot", "could not", "unable to", "fehler", "fehlgeschlagen", "fout", "mislukt", "[emerg]", "[alert]", "[crit]",
}

// CalmWords are the names of levels below a warning.
var CalmWords = []string{"info", "debug", "trace", "notice", "verbose"}

// Doubtful is how many of TroubleWords, at their beginning, are also in lines
// that tell of no trouble.
const Doubtful = 2

// Troubled says whether a line with one of TroubleWords tells of an error.
// hasCalm: it has one of CalmWords; surely: it has one of TroubleWords that is
// not doubtful.
func Troubled(line []byte, hasCalm, surely bool) bool {
	if hasCalm && calm(line) {
		return false
	}
	if surely {
		return true
	}
	for _, word := range TroubleWords[:Doubtful] { // maybe in "0 errors"
		if at := indexFold(line, word); at >= 0 && !noError(line, at) {
			return true
		}
	}
	return false
}

// calm says whether a line names a level below a warning where levels stand:
// in capitals or brackets, or as level=info, near the line's beginning.
func calm(line []byte) bool {
	line = line[:min(len(line), 160)]
	for _, word := range CalmWords {
		for at, from := -1, 0; from < len(line); from = at + len(word) {
			next := indexFold(line[from:], word)
			if next < 0 {
				break
			}
			at = from + next
			if levelAt(line, at, len(word)) {
				return true
			}
		}
	}
	return false
}

func levelAt(line []byte, at, n int) bool {
	var before, after byte = ' ', ' '
	if at > 0 {
		before = line[at-1]
	}
	if at+n < len(line) {
		after = line[at+n]
	}
	if kind[before] >= letter || kind[after] >= letter {
		return false
	}
	if before == '[' && after == ']' || before == '<' && after == '>' || before == '(' && after == ')' {
		return true
	}
	if before == '=' || kind[before] == quote && bytes.HasSuffix(line[:at-1], []byte(`":`)) {
		return true
	}
	if before == '\t' && after == '\t' || before == ' ' && at > 1 && line[at-2] == ',' { // 2026-11-20 09:14:03, Info
		return true
	}
	word := line[at : at+n]
	return bytes.Equal(word, bytes.ToUpper(word)) && (kind[before] == space || before == '[' || before == '|') && after != '='
}

// indexFold finds a word of lower-case ASCII whatever its case in the line.
func indexFold(line []byte, word string) int {
	for i := 0; i+len(word) <= len(line); i++ {
		if lower(line[i]) == word[0] && bytes.EqualFold(line[i:i+len(word)], []byte(word)) {
			return i
		}
	}
	return -1
}

// noError says whether the word "error" or "fail" at an index counts none: "0
// errors", "no error", "errors: 0", "error=none".
func noError(line []byte, at int) bool {
	ahead := bytes.ToLower(line[max(0, at-12):at])
	ahead = bytes.TrimRight(ahead, " ")
	for _, none := range []string{"no", "0", "without", "without any", "zero", "keine", "ohne", "geen", "ignore", "on"} {
		if bytes.HasSuffix(ahead, []byte(none)) && (len(ahead) == len(none) || kind[ahead[len(ahead)-len(none)-1]] < letter) {
			return true
		}
	}
	rest := line[at:]
	for len(rest) > 0 && kind[rest[0]] == letter {
		rest = rest[1:]
	}
	rest = bytes.TrimLeft(rest, `s()"':= `)
	for _, none := range []string{"0", "none", "null", "false", "nil"} {
		if len(rest) >= len(none) && bytes.EqualFold(rest[:len(none)], []byte(none)) &&
			(len(rest) == len(none) || kind[rest[len(none)]] < letter && rest[len(none)] != '.') {
			return true
		}
	}
	return false
}
