package redact

// mailRules find addresses of mail.
var mailRules = []*Rule{
	{
		Name: "email", Kind: Email, shapes: []shape{{class: anyClass, min: 1, max: 63, prev: "@%\\"}}, find: findEmail,
		Why:   "An address of mail is a person's.",
		Goes:  []string{"mail delivered to ‹anna.schmidt12@example.com› status=sent", `{"email":"‹a+b@post.example.org›"}`, "from=<‹anna_x@example.com›>, size=2231", "GET /unsubscribe?m=‹anna%40example.com› 200", "‹o'hara@example.org›", "mailto:‹x@y.de›", "\"‹anna@example.com›\":1"},
		Stays: []string{"npm install left-pad@1.3.0", "user@host", "commit a@b", "@example.com", "systemd getty@tty1.service started", "git@github.com:x/y", "docker image@sha256:abc", "foo@2x.png", "kex curve25519-sha256@libssh.org", "hostkeys-00@openssh.com received", "noreply@"},
	},
}

// findEmail recognises an address around the @, or %40, before the word from s to e.
func findEmail(sc *scanner, rule *Rule, s, _ int) int {
	b := sc.b
	e, host := s-1, s
	switch {
	case b[e] == '@':
	case b[e] == '%' && foldAt(b, s, "40"):
		host = s + 2
	case b[e] == '\\' && foldAt(b, s, "u0040"):
		host = s + 5
	default:
		return 0
	}
	from := e
	for from > sc.flushed && e-from < 64 && localSet.has(b[from-1]) {
		from--
	}
	// In a query the address begins after the sign before it.
	for k := e - 1; k >= from; k-- {
		if c := b[k]; c == '=' || c == '&' || c == '?' || c == '/' || c == '|' {
			from = k + 1
			break
		}
	}
	for from < e && !isWord(b[from]) && b[from] != '+' {
		from++
	}
	if from < e {
		from += escape(b, from)
	}
	if from >= e {
		return 0
	}
	to, top, labels := host, host, 0
	for {
		at := to
		for to < sc.n && to-at < 63 && (labelSet.has(b[to]) || b[to] >= 0x80) {
			to++
		}
		if to == at {
			return 0
		}
		labels++
		top = at
		if b[to] != '.' || !isAlnum(b[to+1]) && b[to+1] < 0x80 {
			break
		}
		to++
	}
	for to > top && (b[to-1] == '-' || b[to-1] == '_') {
		to--
	}
	if labels < 2 || to-top < 2 || isDigit(b[top]) || fileEndings[foldText(string(b[top:to]))] {
		return 0
	}
	switch domain := foldText(string(b[host:to])); domain {
	case "openssh.com", "libssh.org", "lysator.liu.se", "ssh.com":
		return 0 // names of algorithms
	}
	if string(b[from:e]) == "git" || b[to] == '(' {
		return 0
	}
	return sc.rename(rule, Email, from, to)
}

var (
	localSet    = set("A-Za-z0-9.!#$%&'*+/=?^_{|}~\x80-\xff-")
	fileEndings = words("service socket timer mount target slice scope path device swap png jpg jpeg gif svg js ts css so dll exe jar py go rb")
)
