package redact

import "bytes"

// secretWords announce a secret in three languages.
var secretWords = []string{"password", "passwd", "passwort", "passphrase", "wachtwoord", "kennwort", "secret", "token", "apikey", "api_key", "api-key", "pwd"}

// leftWords tells of words that announce a secret, followed by : or = and
// something with letters and digits that is no placeholder. low is b in small
// letters.
func leftWords(low, b []byte, found func(at int)) {
	for _, word := range secretWords {
		for at := 0; ; {
			i := bytes.Index(low[at:], []byte(word))
			if i < 0 {
				break
			}
			i += at
			at = i + len(word)
			if v := value(b, at); v > 0 && telling(b[v:]) {
				found(i)
			}
		}
	}
}

// value gives where the value begins that : or = announces; 0 if there is none.
func value(b []byte, i int) int {
	for n := 0; i < len(b) && n < 3 && bytes.IndexByte([]byte(`"'\ `), b[i]) >= 0; n++ {
		i++
	}
	if i >= len(b) || b[i] != ':' && b[i] != '=' {
		return 0
	}
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
	mostRandom = 256 // longer ones are pictures and the like
)

// leftRandom tells of texts without a gap in which small letters, capitals and
// digits change as often as they do by lot: hashes and identifiers have not
// all three, words and paths do not change.
func leftRandom(b []byte, found func(at int)) {
	for i := 0; i < len(b); {
		if !randomChars.has(b[i]) {
			i++
			continue
		}
		s := i
		var count [3]int
		changes, last := 0, -1
		for ; i < len(b) && randomChars.has(b[i]); i++ {
			class := -1
			switch c := b[i]; {
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
		n := i - s
		if n >= leastRandom && n <= mostRandom && min(count[0], count[1], count[2])*12 >= n && changes*5 >= n*2 {
			found(s)
		}
	}
}

var randomChars = set("A-Za-z0-9+_")

// leftMail tells of what has the look of an address of mail.
func leftMail(b []byte, found func(at int)) {
	for at := 0; ; {
		i := bytes.IndexByte(b[at:], '@')
		if i < 0 {
			return
		}
		i += at
		at = i + 1
		if i == 0 || !isAlnum(b[i-1]) {
			continue
		}
		e, dot := i+1, 0
		for e < len(b) && (isAlnum(b[e]) || b[e] == '-' || b[e] == '.') {
			if b[e] == '.' && e > i+1 {
				dot = e
			}
			e++
		}
		if dot > 0 && e-dot > 2 && e-dot < 12 && bytes.IndexFunc(b[dot+1:e], func(r rune) bool { return r < 'A' }) < 0 {
			found(i)
		}
	}
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
