package redact

import "bytes"

// urlRules find what stands before the @ in addresses of services.
var urlRules = []*Rule{
	{
		Name: "url-password", Kind: Password, shapes: []shape{{class: anyClass, min: 1, max: 63, prev: "@"}}, find: findUserinfo,
		Why: "A password in an address opens the service for everyone who reads it.",
		Goes: []string{
			"dsn postgres://app:‹s3cret›@db01:5432/orders", "cache redis://:‹s3cret›@cache:6379/0", "clone https://ci:‹tok/en›@git.example.com/app.git",
			"amqp://worker:‹p@ss›@mq:5672/%2f", "https://‹abcdef0123456789abcd›@github.com/x/y",
		},
		Stays: []string{"see https://docs.example.org/errors/E1", "http://host:8080/a@b", "git+ssh://git@github.com/x", "https://x.org/?q=a:b@c"},
	},
	{
		Name: "dsn-password", Kind: Password, shapes: []shape{{class: anyClass, min: 1, max: 63, prev: "@"}}, find: findDSN,
		Why:   "A password in an address opens the service for everyone who reads it.",
		Goes:  []string{"open app:‹s3cret›@tcp(db03:3306)/app", "connect ci:‹s3cret9›@git.example.com:8080/x", "sqlplus scott/‹tiger1›@orcl"},
		Stays: []string{"to:anna", "a/b@c"},
	},
}

// findUserinfo replaces the password in scheme://user:password@host; the word
// from s to e is the host, or its beginning.
func findUserinfo(sc *scanner, rule *Rule, s, _ int) int {
	b := sc.b
	sign := s - 1
	if b[sign] == '[' {
		sign--
	}
	if b[sign] != '@' {
		return 0
	}
	at := sign
	for ; ; at-- {
		if at <= sc.flushed+2 || sign-at > maxUserinfo || stopURL.has(b[at-1]) {
			return 0
		}
		if b[at-1] == '/' && b[at-2] == '/' && (b[at-3] == ':' || b[at-3] == '\\') {
			break
		}
	}
	// A password may hold the sign itself: the last before the path counts.
	for i := s; i < sc.n && i-s < 253 && !stopURL.has(b[i]) && b[i] != '/' && b[i] != '?'; i++ {
		if b[i] == '@' {
			sign = i
		}
	}
	colon, slash := -1, -1
	for i := at; i < sign; i++ {
		switch b[i] {
		case ':':
			if colon < 0 {
				colon = i
			}
		case '/':
			if slash < 0 {
				slash = i
			}
		case '?', '#':
			if slash >= 0 {
				return 0
			}
		}
	}
	if slash >= 0 && (colon < 0 || colon > slash || portBefore(b, colon, slash)) {
		return 0 // the sign stands in the path
	}
	if colon < 0 || colon > sign {
		// A single part: a name, or a token that stands for both.
		if part := b[at:sign]; len(part) >= 20 && unlikeWord(part) && placeholder(b, at) == 0 {
			return sc.hide(rule, at, sign)
		}
		return 0
	}
	if colon+1 == sign || placeholder(b, colon+1) == sign || spared(b[colon+1:sign], '=') && masked(b[colon+1:sign]) {
		return 0
	}
	if user := b[at:colon]; len(user) >= 20 && unlikeWord(user) && placeholder(b, at) == 0 {
		sc.hide(rule, at, colon)
	}
	return sc.hide(rule, colon+1, sign)
}

const maxUserinfo = 1024

var stopURL = set(" \t\r\n\x00\"'<>`\\")

// portBefore reports whether only digits stand between a colon and a slash.
func portBefore(b []byte, colon, slash int) bool {
	return slash > colon+1 && allDigits(b[colon+1:slash])
}

// findDSN replaces the password in user:password@host without a scheme, as
// drivers of databases and command lines have it.
func findDSN(sc *scanner, rule *Rule, s, _ int) int {
	b := sc.b
	e := s - 1
	i := e
	for i > sc.flushed && e-i < 128 && !stopDSN.has(b[i-1]) {
		i--
	}
	before := b[i:e]
	colon := bytes.IndexByte(before, ':')
	after := b[e+1:]
	service := foldAt(after, 0, "tcp(") || foldAt(after, 0, "unix(") || foldAt(after, 0, "udp(") || foldAt(after, 0, "cloudsql(")
	if colon < 0 {
		// scott/tiger@orcl
		if slash := bytes.IndexByte(before, '/'); slash > 0 && bytes.Count(before, []byte("/")) == 1 && bytes.HasSuffix(bytes.TrimRight(b[max(0, i-16):i], " "), []byte("sqlplus")) {
			return sc.hide(rule, i+slash+1, e)
		}
		return 0
	}
	if bytes.Contains(before, []byte("//")) || colon == 0 || colon+1 == len(before) || placeholder(b, i+colon+1) == e {
		return 0
	}
	if !service && !hostWithPort(after) {
		return 0
	}
	return sc.hide(rule, i+colon+1, e)
}

var stopDSN = set(" \t\r\n\x00\"'<>`=,;([{|")

// hostWithPort reports whether a host, a colon and a port, or a host and a
// path, begin here: then what stood before is no address of mail.
func hostWithPort(b []byte) bool {
	i := 0
	for i < len(b) && i < 253 && (labelSet.has(b[i]) || b[i] == '.') {
		i++
	}
	return i > 0 && i+1 < len(b) && (b[i] == ':' && isDigit(b[i+1]) || b[i] == '/')
}
