package redact

import "bytes"

// randomRules find secrets that no word announces.
var randomRules = []*Rule{{
	Name: "random", Kind: Token, shapes: []shape{{class: numbered, min: 10, max: 63}}, find: findRandom,
	Why:   "Text without any order, long enough to be a key.",
	Goes:  []string{"posting with ‹aB3dE5fG7hI9jK1lM3nO5pQ7›", "fetch x/‹fqOYQd-6JdijryWRN-wWigs-mvOLhB7j›", "session file sess_‹y33b27o49db3e1yz46hsu1u5r5›", "blob ‹qcvcN8RLXRBC4AlLHUH0lOn68ADr7bLCoDzJX2lQlWWqLe4wa4CWi3W7vY8djyYX7h›="},
	Stays: []string{"commit 2aa0c13b95dd2aa0c13b95dd2aa0c13b95dd1234", "_ZN4core3fmt9Formatter12pad_integral17h3b0c1c7c2f4d5e6fE", "Microsoft.WindowsStore_8wekyb3d8bbwe", "IHostingEnvironment2Factory3Builder", "8d2f1c3e-1111-2222-3333-444455556666", "sha512-aB3dE5fG7hI9jK1lM3nO5pQ7aB3dE5fG7hI9jK1lM3nO5pQ7==", "SHA256:aB3dE5fG7hI9jK1lM3nO5pQ7aB3dE5fG7hI9jK1lM3nO5pQ7", "h1:aB3dE5fG7hI9jK1lM3nO5pQ7aB3dE5fG7hI9jK1lM3nO5pQ7=", "linux-image-6.1.0-18-amd64-unsigned", "v0.0.0-20230822182118-9ab76b9c2d1e"},
}}

// findRandom looks at everything around the word from s to e that tokens are
// made of, and counts how often small letters, capitals and digits change: in
// random text more than half of the time, in names seldom.
func findRandom(sc *scanner, rule *Rule, s, e int) (on int) {
	// Letters beyond ASCII belong to words and to no token: between them may
	// be several.
	for i := s; i < e; {
		next := i
		for next < e && randomSet.has(sc.b[next]) {
			next++
		}
		if next > i {
			on = max(on, sc.randomRun(rule, i, next))
		}
		i = next + 1
	}
	return on
}

// randomRun looks at the run of such characters around what lies from s to e,
// and at its parts.
func (sc *scanner) randomRun(rule *Rule, s, e int) (on int) {
	b := sc.b
	from, to := s, e
	for from > sc.flushed && s-from < 512 && randomSet.has(b[from-1]) {
		from--
	}
	for to < sc.n && to-e < 4096 && randomSet.has(b[to]) {
		to++
	}
	if to-from < leastToken || publicHash(b, from) || b[from] == '_' && (b[from+1] == 'Z' || b[from+1] == 'R') {
		return 0
	}
	// What stands before a mark is often a name: sess_..., path/...
	whole := from
	for k := from; k < e; k++ {
		if c := b[k]; (c == '_' || c == '/') && !randomText(b[whole:k]) {
			whole = k + 1
		}
	}
	if whole < e && sc.hideRandom(rule, whole, to, e) {
		return to
	}
	for k := from; k < to; k++ {
		if !isAlnum(b[k]) {
			continue
		}
		end := k
		for end < to && isAlnum(b[end]) {
			end++
		}
		if sc.hideRandom(rule, k, end, e) {
			on = end
		}
		k = end
	}
	return on
}

const leastToken = 20 // the least length of a token that nothing announces

// hideRandom replaces what lies from s to e when it is random and no name of a
// symbol; word is where the word ends that it was found at.
func (sc *scanner) hideRandom(rule *Rule, s, e, word int) bool {
	b := sc.b
	for s < e && !isAlnum(b[s]) {
		s++
	}
	text := b[s:e]
	if len(text) < leastToken || publicHash(b, s) || bytes.HasPrefix(text, []byte("_Z")) || bytes.HasPrefix(text, []byte("ZN")) || bytes.HasPrefix(text, []byte("LS0t")) || s > 1 && b[s-1] == '_' && b[s] == 'Z' || !randomText(text) {
		return false
	}
	end := e
	for end > word && (b[end-1] == '-' || b[end-1] == '_' || b[end-1] == '/') {
		end--
	}
	if e == sc.n && !sc.last {
		sc.goesOn(span{stop: &stopToken})
	}
	sc.hide(rule, s, end)
	return true
}

var randomSet = set("A-Za-z0-9_+/-")

// randomText reports whether the kinds of characters change too often for a
// name or a word.
func randomText(text []byte) bool {
	var count [4]int
	changes, size, beyondHex, last := 0, 0, 0, -1
	for _, c := range text {
		class := -1
		switch {
		case isDigit(c):
			class = 0
		case c-'a' < 26:
			class = 1
		case c-'A' < 26:
			class = 2
		}
		if class < 0 {
			last = -1
			continue
		}
		if lower(c) > 'f' {
			beyondHex++
		}
		count[class]++
		size++
		if last >= 0 && class != last {
			changes++
		}
		last = class
	}
	if size < 20 || beyondHex < 4 || size == 26 && text[0] == '0' && count[1] == 0 {
		return false // 26 capitals and digits after a 0: a ULID, which is a time
	}
	if count[1] >= 3 && count[2] >= 3 {
		return count[0] >= 1 && changes*100 >= size*40
	}
	return size >= 24 && count[0] >= 4 && count[0]*3 < size*2 && changes*100 >= size*28
}

// publicHash reports whether a checksum that is meant to be read stands at i.
func publicHash(b []byte, i int) bool {
	for _, mark := range [...]string{"sha1-", "sha256-", "sha384-", "sha512-", "sha256:", "sha512:", "h1:", "ssh-ed25519 ", "ssh-rsa ", "ssh-dss ", "nistp256 ", "nistp384 ", "nistp521 ", "openssh.com ", "md5:", "/store/", "integrity:"} {
		if foldAt(b, i-len(mark), mark) || foldAt(b, i, mark) {
			return true
		}
	}
	return false
}
