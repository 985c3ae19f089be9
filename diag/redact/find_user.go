package redact

import (
	"bytes"
	"strings"
)

// nameOf renames the account that lies from s to e, when it is a person's.
func (sc *scanner) nameOf(rule *Rule, s, e int) int {
	b := sc.b
	name := strings.ToLower(string(b[max(s, 0):max(e, s, 0)]))
	if s < sc.flushed || e-s < 2 || systemAccounts[name] || allDigits(b[s:e]) || placeholder(b, s) > 0 {
		return 0
	}
	return sc.rename(rule, User, s, e)
}

// accountBefore gives where the account begins that ends at e.
func (sc *scanner) accountBefore(e int) int {
	s := e
	for s > sc.flushed && e-s < 64 && accountSet.has(sc.b[s-1]) {
		s--
	}
	return s
}

// findShownUser recognises accounts by where a program shows them.
func findShownUser(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	switch word := foldText(string(b[s:e])); word {
	case "cmd": // CRON[1]: (anna) CMD (...)
		if b[s-1] == ' ' && b[s-2] == ')' && b[e] == ' ' {
			at := sc.accountBefore(s - 2)
			if b[at-1] == '(' && sc.nameOf(rule, at, s-2) > 0 {
				return e
			}
		}
	case "uid": // UID 1001 (anna)
		i := e + 1
		for b[e] == ' ' && isDigit(b[i]) {
			i++
		}
		if i > e+1 && b[i] == ' ' && b[i+1] == '(' {
			if end := sc.accountEnd(i+2, 0); b[end] == ')' {
				return sc.nameOf(rule, i+2, end)
			}
		}
	case "x": // anna:x:1000:1000:
		if b[s-1] == ':' && b[e] == ':' && isDigit(b[e+1]) {
			at := sc.accountBefore(s - 1)
			if isBreak(b[at-1]) || b[at-1] == ' ' || isQuote(b[at-1]) {
				if sc.nameOf(rule, at, s-1) > 0 {
					return e
				}
			}
		}
	case "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec":
		// 127.0.0.1 - anna [02/Mar/2026:...
		if b[s-1] != '/' || s < 6 || b[s-4] != '[' || b[s-5] != ' ' || b[e] != '/' {
			return 0
		}
		at := sc.accountBefore(s - 5)
		if b[at-1] == ' ' && b[at-2] == '-' && b[at] != '-' && sc.nameOf(rule, at, s-5) > 0 {
			return e
		}
	case "chown":
		for _, a := range sc.argumentsOf(e) {
			if b[a.s] == '-' {
				continue
			}
			end := sc.accountEnd(a.s, 0)
			if b[end] != ':' && end != a.e {
				return 0
			}
			return sc.nameOf(rule, a.s, end)
		}
	case "ssh", "scp", "sftp", "rsync":
		if !isBlank(b[e]) {
			return 0
		}
		for _, a := range sc.argumentsOf(e) {
			if i := bytes.IndexByte(b[a.s:a.e], '@'); i > 0 && b[a.s] != '-' && !bytes.ContainsAny(b[a.s:a.s+i], "/:=") {
				if string(b[a.s:a.s+i]) == "git" || bytes.IndexByte(b[a.s+i:a.e], '.') >= 0 {
					return 0 // an address, which its own rule knows
				}
				host := a.s + i + 1
				end := host
				for labelSet.has(b[end]) {
					end++
				}
				if name := foldText(string(b[host:end])); end > host && !everyday[name] {
					sc.rename(ownHost, Host, host, end)
				}
				return sc.nameOf(rule, a.s, a.s+i)
			}
		}
	case "usermod", "gpasswd", "groupmod", "userdel", "useradd":
		for i := e; i-e < 80 && !isBreak(b[i]) && i < sc.n; i++ {
			if isQuote(b[i]) {
				return sc.nameOf(rule, i+1, sc.accountEnd(i+1, 0))
			}
		}
	case "name": // new user: name=anna
		if b[e] == '=' && foldAt(b, s-len("user: "), "user: ") {
			return sc.nameOf(rule, e+1, sc.accountEnd(e+1, 0))
		}
	case "cn":
		end := sc.accountEnd(e+1, ' ')
		if b[e] == '=' && (foldAt(b, end, ",ou=") || foldAt(b, end, ",cn=") || foldAt(b, end, ",dc=")) && !foldAt(b, end, ",cn=system") {
			if !everyday[foldText(string(b[e+1:end]))] {
				return sc.nameOf(rule, e+1, end)
			}
		}
	case "login": // [anna] OK LOGIN
		if foldAt(b, s-len("] ok "), "] ok ") {
			at := sc.accountBefore(s - len("] ok "))
			if b[at-1] == '[' && sc.nameOf(rule, at, s-len("] ok ")) > 0 {
				return e
			}
		}
	case "docker":
		args := sc.argumentsOf(e)
		for k, a := range args {
			if t := string(b[a.s:a.e]); (t == "-u" || t == "--user") && k+1 < len(args) && string(b[args[0].s:args[0].e]) != "login" {
				return sc.nameOf(rule, args[k+1].s, args[k+1].e)
			}
		}
	}
	return 0
}

// findDomainUser recognises DOMAIN\name, and tells it from a path by its
// capitals and by what follows.
func findDomainUser(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if !capitals(b[s:e]) || !isLetter(b[s]) || isWord(b[s-1]) {
		return 0
	}
	if b[s-1] == ' ' && (foldAt(b, s-len("nt "), "nt ") || foldAt(b, s-len("application "), "application ")) {
		return 0
	}
	domain := foldText(string(b[s:e]))
	at := e + 1
	if b[at] == '\\' {
		at++
	}
	end := at
	for end < sc.n && (isAlnum(b[end]) || b[end] == '.' || b[end] == '_' || b[end] == '-' || b[end] >= 0x80) {
		end++
	}
	end = trimEnd(b, at, end)
	name := strings.ToLower(string(b[at:end]))
	switch {
	case end-at < 3 || b[end] == '\\' || b[end] == '$' || systemAccounts[domain] || systemAccounts[name] || strings.HasPrefix(domain, "hk"):
		return 0
	case folders[domain] || placeholder(b, at) > 0 || capitals(b[at:end]) || strings.HasPrefix(name, "administrat"):
		return 0
	case strings.Contains(name, ".") && (fileEnding(name) || strings.Count(name, ".") > 1):
		return 0
	}
	sc.rename(domainRule, Domain, s, e)
	return sc.rename(rule, User, at, end)
}

// folders are names in capitals that stand before a backslash in paths.
var folders = words("src data temp tmp bin lib app apps windows system system32 program files users software root test tests docs build release debug x86 x64 amd64 device global dosdevices registry machine")

func fileEnding(name string) bool {
	ext := name[strings.LastIndexByte(name, '.')+1:]
	return len(ext) <= 4 && ext != "" && !unlikeWord([]byte(ext)) && len(name)-len(ext) > 1 && fileEnds[ext]
}

var fileEnds = words("csv txt log dll exe sys ini xml json bat cmd ps1 vbs zip gz doc docx xls xlsx pdf png jpg ico cs go c h cpp py js ts htm html dat db bak tmp lnk msi inf cat reg cfg conf md")
