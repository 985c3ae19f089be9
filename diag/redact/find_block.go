package redact

import (
	"bytes"
	stdbase64 "encoding/base64"
)

// findPEM recognises the first line of a private key in text, RFC 7468, and of
// its relatives.
func findPEM(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if b[s-1] != '-' || b[s-2] != '-' || b[e] != ' ' {
		return 0
	}
	i := e
	for i < sc.n && i-e < 64 && b[i] != '-' && !isBreak(b[i]) {
		i++
	}
	if b[i] != '-' || b[i+1] != '-' || b[i+2] != '-' {
		return 0
	}
	if label := bytes.ToUpper(b[e:i]); !bytes.Contains(label, []byte("PRIVATE KEY")) && !bytes.Contains(label, []byte("STATIC KEY")) {
		// A certificate or a public key: nothing in it is looked for, as long as
		// nothing else stands in it.
		for k := i; k < min(sc.n, i+reach/2); k++ {
			if c := b[k]; c == '-' && bytes.HasPrefix(b[k:], []byte("-----END ")) {
				return k
			} else if !base64.has(c) && c != '-' && c > ' ' && c != '\\' {
				break
			}
		}
		return 0
	}
	for b[i] == '-' {
		i++
	}
	sc.lines = rule
	sc.linesAt = sc.body(i)
	sc.found = true
	return i
}

// body replaces the lines of a key from i on, up to the line of its end. Lines
// stay lines, so that the numbers of those after them are the same; what stands
// before the key on each, such as a time, stays too. A key that never ends is
// over with the first line that cannot belong to one.
func (sc *scanner) body(i int) int {
	b := sc.b
	for i < sc.n {
		end := i
		for end < sc.n && b[end] != '\n' && !bytes.HasPrefix(b[end:end+5], []byte("-----")) && !bytes.HasPrefix(b[end:end+9], []byte("---- END ")) {
			end++
		}
		if end == sc.n && !sc.last {
			if end-i < reach {
				return i // wait for the rest of the line
			}
			// One line longer than the window: all of it is the key.
			sc.replace(sc.lines, PrivateKey, secretText[PrivateKey], i, end)
			sc.goesOn(span{stop: &stopLine})
			return end
		}
		found := sc.replaceLine(i, end)
		if end >= sc.n || b[end] == '-' {
			sc.lines = nil
			for end < sc.n && b[end] == '-' {
				end++
			}
			for end < sc.n && b[end] != '-' && !isBreak(b[end]) {
				end++
			}
			for end < sc.n && b[end] == '-' {
				end++
			}
			return end
		}
		if !found {
			sc.lines = nil
			return i
		}
		i = end + 1
	}
	return i
}

// replaceLine replaces what belongs to a key on the line from s to e, and
// reports whether the line may belong to one.
func (sc *scanner) replaceLine(s, e int) bool {
	b := sc.b
	text := bytes.TrimSpace(b[s:e])
	if len(text) == 0 || placeholder(b, s) > 0 || bytes.HasSuffix(text, []byte("<private-key>")) {
		return true
	}
	for _, head := range []string{"Proc-Type:", "DEK-Info:", "Comment:", "Version:", "Subject:", "X-", "Key-"} {
		if bytes.Contains(text, []byte(head)) {
			return true
		}
	}
	// The longest run of what base64 is made of, from its beginning to the end of the line.
	from, best, run := s, 0, s
	for i := s; i <= e; i++ {
		if i < e && (base64.has(b[i]) || b[i] == '\\' && (b[i+1] == 'n' || b[i+1] == 'r' || b[i+1] == '/')) {
			continue
		}
		if n := i - run; n > best {
			best, from = n, run
		}
		run = i + 1
	}
	last := e
	for last > from && (isBreak(b[last-1]) || isBlank(b[last-1])) {
		last--
	}
	if best < 4 || best < 16 && last-from != best {
		return false
	}
	sc.replace(sc.lines, PrivateKey, secretText[PrivateKey], from, last)
	return true
}

// findPuTTY replaces the lines after Private-Lines: n and the MAC.
func findPuTTY(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if !foldAt(b, s-len("private-"), "private-lines:") {
		return 0
	}
	i := skipBlanks(b, e+1)
	count := 0
	for isDigit(b[i]) && count < 1000 {
		count = count*10 + int(b[i]-'0')
		i++
	}
	on := 0
	for range min(count, 100) {
		for isBreak(b[i]) {
			i++
		}
		at := i
		for i < sc.n && !isBreak(b[i]) {
			i++
		}
		if at == i {
			break
		}
		if placeholder(b, at) == 0 {
			on = sc.hide(rule, at, i)
		}
	}
	for isBreak(b[i]) {
		i++
	}
	if foldAt(b, i, "private-mac: ") {
		at := i + len("private-mac: ")
		for i = at; hexSet.has(b[i]); i++ {
		}
		if i > at {
			on = sc.hide(rule, at, i)
		}
	}
	return on
}

// findEncodedPEM recognises the base64 of a private key in text.
func findEncodedPEM(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	i := s
	for i < sc.n && base64.has(b[i]) {
		i++
	}
	head := b[s:min(i, s+128)]
	plain, _ := stdbase64.RawStdEncoding.DecodeString(string(head[:len(head)/4*4]))
	if !bytes.HasPrefix(plain, []byte("-----BEGIN")) || !bytes.Contains(plain, []byte("PRIVATE KEY")) {
		return 0
	}
	if i == sc.n && !sc.last {
		sc.goesOn(span{stop: &stopToken})
	}
	return sc.hide(rule, s, i)
}
