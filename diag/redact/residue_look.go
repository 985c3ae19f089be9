package redact

import "bytes"

// secretWords announce a secret in three languages, by their last three letters.
var secretWords = func() map[string][]string {
	m := map[string][]string{}
	for _, word := range []string{
		"password", "passwd", "passwort", "passphrase", "wachtwoord", "kennwort", "secret", "token", "apikey", "api_key", "api-key", "pwd",
	} {
		m[word[len(word)-3:]] = append(m[word[len(word)-3:]], word)
	}
	return m
}()

// secretWord says whether a word that announces a secret stands right before
// the mark at i, maybe between quotation marks.
func secretWord(b []byte, i int) bool {
	for n := 0; i > 0 && n < 3 && bytes.IndexByte([]byte(`"'\ `), b[i-1]) >= 0; n++ {
		i--
	}
	if i < 3 || b[i-1]|0x20 < 'a' {
		return false
	}
	last := [3]byte{lower(b[i-3]), lower(b[i-2]), lower(b[i-1])}
	for _, word := range secretWords[string(last[:])] {
		if foldBefore(b, i, word) {
			return true
		}
	}
	return false
}

// foldBefore says whether a word in small letters ends before i.
func foldBefore(b []byte, i int, word string) bool {
	if i < len(word) {
		return false
	}
	for k := range len(word) {
		if lower(b[i-len(word)+k]) != word[k] {
			return false
		}
	}
	return true
}

// value gives where the value begins that the mark at i announces.
func value(b []byte, i int) int {
	i++
	for n := 0; i < len(b) && n < 4 && bytes.IndexByte([]byte(`"'\ =`), b[i]) >= 0; n++ {
		i++
	}
	return i
}

// telling says that a value is at least six letters and digits, both of them.
func telling(b []byte) bool {
	var letters, digits, n int
	for _, c := range b[:min(len(b), 64)] {
		switch {
		case c <= ' ' || c == '"' || c == '\'' || c == '<' || c == '&' || c == ';' || c == ',':
			return n >= 6 && letters > 0 && digits > 0
		case isDigit(c):
			digits++
		case isAlnum(c):
			letters++
		}
		n++
	}
	return n >= 6 && letters > 0 && digits > 0
}

const (
	leastRandom = 24
	mostRandom  = 256 // longer ones are pictures and the like
)

// drawn says that in a text without a gap small letters, capitals and digits
// change as often as they do by lot: hashes and identifiers have not all
// three, words and paths do not change.
func drawn(b []byte) bool {
	var count [3]int
	changes, last := 0, -1
	for _, c := range b {
		class := -1
		switch {
		case isDigit(c):
			class = 0
		case c-'a' < 26:
			class = 1
		case c-'A' < 26:
			class = 2
		}
		if class >= 0 {
			count[class]++
			if class != last {
				changes++
			}
			last = class
		}
	}
	return len(b) <= mostRandom && min(count[0], count[1], count[2])*12 >= len(b) && changes*5 >= len(b)*2
}

// mailAt says that the mark at i has the look of one in an address of mail.
func mailAt(b []byte, i int) bool {
	if i == 0 || !isAlnum(b[i-1]) {
		return false
	}
	e, dot := i+1, 0
	for e < len(b) && (isAlnum(b[e]) || b[e] == '-' || b[e] == '.') {
		if b[e] == '.' && e > i+1 {
			dot = e
		}
		e++
	}
	return dot > 0 && e-dot > 2 && e-dot < 12 && bytes.IndexFunc(b[dot+1:e], func(r rune) bool { return r < 'A' }) < 0
}

// leftKeys tells of blocks of private keys that have something in them.
func leftKeys(b []byte, found func(at int)) {
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte("PRIVATE KEY"))
		if i < 0 {
			return
		}
		i += at
		at = i + 1
		if i < 5 || !bytes.Contains(b[max(0, i-40):i], []byte("BEGIN ")) {
			continue
		}
		body := b[i:min(len(b), i+200)]
		if run := bytes.IndexFunc(body, func(r rune) bool { return r == '<' }); run >= 0 {
			body = body[:run]
		}
		if len(body) > 60 {
			found(i)
		}
	}
}
