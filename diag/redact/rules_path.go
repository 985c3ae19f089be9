package redact

import "strings"

// pathRules find people's names in the paths of their folders.
var pathRules = []*Rule{{
	Name: "home", Kind: User, ends: []string{"home", "users", "benutzer", "gebruikers", "settings", "homes", "einstellungen", "profiles", "mail", "media"}, find: findHome,
	Why:   "The folder of a person carries the person's name.",
	Goes:  []string{"open /home/‹anna.schmidt›/.config/app.toml", `write C:\Users\‹Anna Schmidt›\AppData\Local\app.log`, `"C:\\Users\\‹anna›\\x"`, "/Users/‹anna›/Library", "file:///C:/Users/‹anna›/x", "/var/home/‹anna›", `C:\Documents and Settings\‹anna›\x`, "%2Fhome%2F‹anna›%2Fx", `D:\homes\‹anna›\x`, "HOME=/home/‹anna›", "/mnt/c/Users/‹tgruber›/projekt", "/var/mail/‹klehmann53›: 3 messages", "/media/‹alehmann42›/STICK"},
	Stays: []string{"GET /home/index.html", "GET /users/42/orders", "/home/", `C:\Users\Public\Desktop`, "/Users/Shared/x", "/home/<user-12>/x", "the users/groups page", "/api/users/list", "https://x.org/home/start"},
}}

// findHome recognises the name after the folder of all homes.
func findHome(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if c := b[e]; c != '/' && c != '\\' && c != '%' {
		return 0
	}
	word := foldText(string(b[s:e]))
	if n := escape(b, s); n > 0 {
		word = foldText(string(b[s+n : e]))
	}
	at, mark, encoded := e, b[e], false
	switch {
	case mark == '/':
		at++
	case mark == '\\':
		for at < e+4 && b[at] == '\\' {
			at++
		}
	case foldAt(b, e, "%2f") || foldAt(b, e, "%5c"):
		at, encoded = e+3, true
	default:
		return 0
	}
	before := b[s-1]
	switch word {
	case "home", "homes":
		// A folder at the root, or of a server; not a page of a site.
		if before != '/' && before != '\\' && !encoded {
			return 0
		}
		if word == "home" && !encoded && before == '/' && !rootBefore(b, s-1) {
			return 0
		}
	case "users", "benutzer", "gebruikers":
		switch {
		case encoded:
		case before == '\\':
		case before == '/' && b[s-2] == ':' && isLetter(b[s-3]) && !isAlnum(b[s-4]): // C:/Users
		case before == '/' && b[s-3] == '/' && isLetter(b[s-2]): // /mnt/c/Users
		case before == '/' && b[s] == 'U' && rootBefore(b, s-1):
		default:
			return 0
		}
	case "mail", "media":
		if mark != '/' || word == "mail" && !foldAt(b, s-len("/var/"), "/var/") && !foldAt(b, s-len("/spool/"), "/spool/") || word == "media" && (before != '/' || !rootBefore(b, s-1) && !foldAt(b, s-len("/run/"), "/run/")) {
			return 0
		}
		if end := sc.accountEnd(at, 0); !personal(b[at:end]) {
			return 0
		}
	case "settings", "einstellungen", "profiles":
		if mark != '\\' || word == "settings" && !foldAt(b, s-len("documents and "), "documents and ") && word != "profiles" {
			return 0
		}
	default:
		return 0
	}
	i := at
	for i < sc.n && i-at < maxNameSize && pathName.has(b[i]) {
		if b[i] == ' ' && (mark != '\\' || !moreOfPath(b, i)) {
			break
		}
		if b[i] == '%' {
			break
		}
		i++
	}
	for i > at && (b[i-1] == '.' || b[i-1] == ',' || b[i-1] == ';' || b[i-1] == ')') {
		i--
	}
	name := strings.ToLower(string(b[at:i]))
	if len(name) < 2 || systemAccounts[name] || placeholder(b, at) > 0 || variable(b[at:i]) {
		return 0
	}
	if word == "home" && mark == '/' && strings.Contains(name, ".") && b[i] != '/' && fileName(name) {
		return 0
	}
	return sc.rename(rule, User, at, i)
}

var pathName = set("A-Za-z0-9._@$ ~+\x80-\xff-")

// rootBefore reports whether the slash at i begins a path: it is no part of the
// address of a page.
func rootBefore(b []byte, i int) bool {
	c := b[i-1]
	switch {
	case c == '/' && b[i-2] == '/' && b[i-3] == ':': // file:///home
		return true
	case isAlnum(c) || c == '/' || c == '.' || c == '-' || c == '_':
		return foldAt(b, i-4, "/var") || foldAt(b, i-7, "/export") || foldAt(b, i-4, "/mnt") || foldAt(b, i-4, "/usr") || foldAt(b, i-3, "/tmp") || foldAt(b, i-7, "/system") || foldAt(b, i-8, "/volumes")
	}
	// GET /home/... is the page of a site.
	for _, verb := range [...]string{"get ", "post ", "put ", "head ", "delete "} {
		if foldAt(b, i-len(verb), verb) {
			return false
		}
	}
	return true
}

// moreOfPath reports whether the path goes on after the blank at i: another
// backslash follows before anything that no name has.
func moreOfPath(b []byte, i int) bool {
	for k := i + 1; k-i < 40; k++ {
		if b[k] == '\\' {
			return true
		}
		if !pathName.has(b[k]) {
			return false
		}
	}
	return false
}

func fileName(name string) bool {
	_, ext, _ := strings.Cut(name, ".")
	switch ext {
	case "html", "htm", "php", "js", "css", "png", "jpg", "svg", "json", "xml", "aspx", "jsp", "do", "txt":
		return true
	}
	return false
}
