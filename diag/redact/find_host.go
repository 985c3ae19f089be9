package redact

// fqdn replaces a name that ends with a domain from dom to end: its first part
// is a machine, the rest the domain.
func (sc *scanner) fqdn(rule *Rule, dom, end int) int {
	b := sc.b
	if c := b[end]; c == '.' && isAlnum(b[end+1]) || isAlnum(c) || c == '_' || c == '-' && isAlnum(b[end+1]) {
		return 0
	}
	s := dom
	for s > sc.flushed && dom-s < 253 && (labelSet.has(b[s-1]) || b[s-1] == '.') {
		s--
	}
	for s < dom && (b[s] == '.' || b[s] == '-') {
		s++
	}
	s += escape(b, s)
	if b[s-1] == '@' || foldAt(b, s-3, "%40") {
		return 0 // of an address, which goes whole
	}
	if s > dom || s == dom && (isAlnum(b[s-1]) || b[s-1] == '-') {
		return 0
	}
	first := s
	for first < dom && b[first] != '.' {
		first++
	}
	if first < dom {
		sc.rename(ownHost, Host, s, first)
		return sc.rename(rule, Domain, first+1, end)
	}
	return sc.rename(rule, Domain, dom, end)
}

// findInternal recognises a whole name under one of the top names that only
// networks of their own have.
func findInternal(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	end := foldText(string(b[s:e]))
	if b[s-1] != '.' || e-s > 11 {
		return 0
	}
	switch end {
	case "box":
		if !foldAt(b, s-6, "fritz.") {
			return 0
		}
	case "arpa":
		if !foldAt(b, s-5, "home.") {
			return 0
		}
	case "local", "lan", "corp", "internal", "intern", "localdomain", "private", "intranet", "ads", "homenet", "domain", "loc", "priv":
	default:
		return 0
	}
	if c := b[e]; c == '.' && isAlnum(b[e+1]) || isWord(c) || c == '(' || c == '-' && isAlnum(b[e+1]) || c == ' ' && b[e+1] == '=' || c == '=' || c == '[' {
		return 0
	}
	from, labels := s, 0
	for from > sc.flushed && s-from < 253 && (labelSet.has(b[from-1]) || b[from-1] == '.') {
		if b[from-1] == '.' {
			labels++
		}
		from--
	}
	switch c := b[from-1]; {
	case c == '/' && b[from-2] != '/', c == '~', c == '\\' && b[from-2] != '\\', c == '$', c == '%' && false:
		return 0 // a path, a variable
	case b[from] == '.' || b[from] == '_' || c == '@':
		return 0
	}
	first := from
	for first < s && b[first] != '.' {
		first++
	}
	switch name := foldText(string(b[from:first])); {
	case name == "localhost" || name == "this" || name == "self" || name == "rc" || name == "com" || name == "org" || name == "net" || name == "java" || name == "sun":
		return 0
	case labels == 1 && (end == "private" || end == "internal" || end == "domain" || end == "intern" || end == "loc" || end == "ads") && !unlikeWord(b[from:first]):
		return 0 // a name in a program
	}
	from += escape(b, from)
	if labels == 1 {
		sc.rename(ownHost, Host, from, first)
		return sc.rename(rule, Domain, s, e)
	}
	sc.rename(ownHost, Host, from, first)
	return sc.rename(rule, Domain, first+1, e)
}

// findUNC recognises \\server\share, also with its backslashes escaped.
func findUNC(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	i := s
	for i > sc.flushed && s-i < 253 && (labelSet.has(b[i-1]) || b[i-1] == '.') {
		i--
	}
	n := 0
	for n < 8 && b[i-1-n] == '\\' {
		n++
	}
	if n != 2 && n != 4 {
		return 0
	}
	before := b[i-1-n]
	if isWord(before) || before == ':' || before == '>' || before == ')' || before == ']' || before == '.' || before == '*' || before == '+' || before == '?' || n == 2 && b[e+1] == '\\' {
		return 0
	}
	if n == 4 && b[e+1] != '\\' {
		return 0
	}
	if name := foldText(string(b[i:e])); name == "localhost" || everyday[name] && e-i < 3 || !isAlnum(b[i]) {
		return 0
	}
	first := i
	for first < e && b[first] != '.' {
		first++
	}
	if addressAt(b, i) && first < e && allDigits(b[i:first]) {
		return 0 // an address: its own rule has it
	}
	on := sc.rename(rule, Host, i, first)
	if first < e {
		on = sc.rename(domainRule, Domain, first+1, e)
	}
	return on
}

// findSyslogHost recognises the head of a line of syslog, RFC 3164 section 4.1.2.
func findSyslogHost(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if e-s != 3 || b[s-1] != '\n' && b[s-1] != '>' || b[e] != ' ' {
		return 0
	}
	i := e + 1
	if b[i] == ' ' {
		i++
	}
	for isDigit(b[i]) {
		i++
	}
	if b[i] != ' ' || b[i+3] != ':' || b[i+6] != ':' || !isDigit(b[i+1]) || !isDigit(b[i+8]) {
		return 0
	}
	for i += 9; isDigit(b[i]) || b[i] == '.'; i++ {
	}
	if b[i] != ' ' {
		return 0
	}
	at := i + 1
	for i = at; i < sc.n && (labelSet.has(b[i]) || b[i] == '.'); i++ {
	}
	if i-at < 2 || b[i] != ' ' || allDigits(b[at:i]) || placeholder(b, at) > 0 || foldAt(b, at, "localhost") {
		return 0
	}
	prog := i + 1
	for k := prog; ; k++ {
		if c := b[k]; c == ':' || c == '[' {
			break
		} else if !labelSet.has(c) && c != '.' && c != '/' && c != '(' && c != ')' && c != '@' {
			return 0
		}
	}
	name := at
	for name < i && b[name] != '.' {
		name++
	}
	on := sc.rename(rule, Host, at, name)
	if name < i {
		on = sc.rename(domainRule, Domain, name+1, i)
	}
	return on
}

// findShareHost recognises a server in addresses of shares, and a client in the
// lines of DHCP.
func findShareHost(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	at := 0
	switch word := foldText(string(b[s:e])); {
	case word == "via" && foldAt(b, s-2, ") ") && b[e] == ' ':
		end := s - 2
		at = end
		for at > sc.flushed && labelSet.has(b[at-1]) {
			at--
		}
		if b[at-1] != '(' || end-at < 4 || !unlikeWord(b[at:end]) {
			return 0
		}
		if sc.rename(rule, Host, at, end) > 0 {
			return e
		}
	case (word == "smb" || word == "cifs" || word == "file" || word == "nfs") && b[e] == ':' && b[e+1] == '/' && b[e+2] == '/':
		at = e + 3
	case word == "cifs" && foldAt(b, e, " //"):
		at = e + 3
	case word == "unc" && b[s-1] == '\\' && b[e] == '\\':
		for at = e; b[at] == '\\'; at++ {
		}
	}
	if at == 0 {
		return 0
	}
	end := at
	for end < sc.n && labelSet.has(b[end]) {
		end++
	}
	if end-at < 2 || b[end] != '/' && b[end] != '\\' || foldAt(b, at, "localhost") || placeholder(b, at) > 0 || allDigits(b[at:end]) {
		return 0
	}
	return sc.rename(rule, Host, at, end)
}
