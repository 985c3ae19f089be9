package redact

import (
	"bytes"
	stdbase64 "encoding/base64"
)

// blockRules find keys that stand over several lines.
var blockRules = []*Rule{
	{
		Name: "private-key", Kind: PrivateKey, ends: []string{"begin"}, find: findPEM,
		Why:   "Who has a private key can take its owner's place.",
		Goes:  []string{"-----BEGIN RSA PRIVATE KEY-----\n‹MIIEowIBAAKCAQEA7bq9›\n‹abcdefghijklmnop1234›\n-----END RSA PRIVATE KEY-----\nafter", `{"key":"-----BEGIN PRIVATE KEY-----‹\nMIIEvQIBADANBgkq\n›-----END PRIVATE KEY-----\n"}`, "08:00 -----BEGIN EC PRIVATE KEY-----\n08:00 ‹MHcCAQEEIBkgabcdefgh›\n08:00 -----END EC PRIVATE KEY-----\n08:01 next"},
		Stays: []string{"-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIU\n-----END CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", "BEGIN TRANSACTION"},
	},
	{
		Name: "putty-key", Kind: PrivateKey, ends: []string{"lines"}, find: findPuTTY,
		Why:   "PuTTY's files of private keys.",
		Goes:  []string{"Private-Lines: 2\n‹AAAAgQCabcdefgh1234567›\n‹abcdefghijklmnop12345›\nPrivate-MAC: ‹0123456789abcdef0123456789abcdef01234567›"},
		Stays: []string{"Public-Lines: 2\nAAAAB3NzaC1yc2EAAAABJQ\n", "3 lines: x"},
	},
	{
		Name: "encoded-key", Kind: PrivateKey, begins: []string{"LS0"}, find: findEncodedPEM,
		Why:   "A private key in base64, as kubeconfig files have it.",
		Goes:  []string{"data ‹LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFb3dJQkFBS0NBUUVB›"},
		Stays: []string{"certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUI=", "LS0"},
	},
	{
		Name: "private-key-field", Kind: PrivateKey, Form: Any,
		Why:   "Who has a private key can take its owner's place.",
		Keys:  []string{"private key", "private key data", "client key data", "privkey", "rsa private key", "ssh private key", "tls key data", "identity key"},
		Goes:  []string{"client-key-data: ‹LS0tLS1CRUdJTi›", `"private_key": "‹-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n›"`, "PrivateKey = ‹yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=›"},
		Stays: []string{"private key: missing", "private_key_id=7"},
	},
	{
		Name: "jwk", Kind: PrivateKey, Form: Strong, least: 16,
		Why:   "The private parts of a JSON Web Key, RFC 7517, and of an XML key.",
		Keys:  []string{"dp", "dq", "qi", "inverse q"},
		Goes:  []string{`{"kty":"RSA","dp":"‹abcDEF1234567890abcd›"}`},
		Stays: []string{"dp: 12", `"dq":"x"`},
	},
	{
		Name: "wireguard", Kind: PrivateKey, Form: Any,
		Why:   "The key of a tunnel.",
		Keys:  []string{"wg private key", "preshared key"},
		Goes:  []string{"PresharedKey = ‹aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd28=›"},
		Stays: []string{"PresharedKey = none"},
	},
}

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
	if b[i] != '-' {
		return 0
	}
	if label := bytes.ToUpper(b[e:i]); !bytes.Contains(label, []byte("PRIVATE KEY")) && !bytes.Contains(label, []byte("STATIC KEY")) {
		// A certificate or a public key: nothing in it is looked for.
		if end := bytes.Index(b[i:min(sc.n, i+reach/2)], []byte("-----END ")); end > 0 {
			return i + end
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
