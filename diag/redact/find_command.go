package redact

import (
	"bytes"
	"slices"
	"strings"
)

func lastWord(text string) string {
	return text[strings.LastIndexAny(text, " -")+1:]
}

// findCommand looks for a password among the arguments after the name of a
// program, the last word of which lies from s to e.
func findCommand(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if b[e] == '.' && foldAt(b, e, ".exe") {
		e += 4
	}
	if !isBlank(b[e]) && !isQuote(b[e]) {
		return 0
	}
	end := e
	if foldAt(b, end-4, ".exe") {
		end -= 4
	}
	for _, i := range commandsBy[string(b[max(s, end-16):end])] {
		name := commands[i].name
		if !foldAt(b, end-len(name), name) || isAlnum(b[end-len(name)-1]) || b[end-len(name)-1] == '-' {
			continue
		}
		if on := sc.arguments(rule, commands[i].args, e); on > 0 {
			return on
		}
	}
	return 0
}

// commandsBy gives the places of commands by the last word of their names.
var commandsBy = func() map[string][]int {
	m := map[string][]int{}
	for i, c := range commands {
		last := lastWord(c.name)
		for _, spelling := range []string{last, strings.ToUpper(last), strings.ToUpper(last[:1]) + last[1:]} {
			if !slices.Contains(m[spelling], i) {
				m[spelling] = append(m[spelling], i)
			}
		}
	}
	return m
}()

// argument is one argument of a command line: its text, without the marks
// around it.
type argument struct{ s, e int }

// argumentsOf cuts what follows i on the line into arguments.
func (sc *scanner) argumentsOf(i int) (args []argument) {
	b := sc.b
	if isQuote(b[i]) {
		i++
	}
	for limit := min(sc.n, i+reach/4); i < limit && len(args) < 48; {
		i = skipBlanks(b, i)
		if isBreak(b[i]) || b[i] == '|' || b[i] == ';' || b[i] == 0 || b[i] == '&' || i >= limit {
			return args
		}
		a := argument{s: i}
		if isQuote(b[i]) {
			q := b[i]
			a.s++
			for i++; i < limit && b[i] != q && !isBreak(b[i]); i++ {
				if b[i] == '\\' && b[i+1] == q {
					i++
				}
			}
			a.e = i
			if b[i] == q {
				i++
			}
		} else {
			for i < limit && !isBlank(b[i]) && !isBreak(b[i]) && b[i] != 0 {
				i++
			}
			a.e = i
			for a.e > a.s && (isQuote(b[a.e-1]) || b[a.e-1] == ')') {
				a.e--
			}
		}
		args = append(args, a)
	}
	return args
}

// arguments replaces the password among the arguments after i.
func (sc *scanner) arguments(rule *Rule, specs []string, i int) int {
	args := sc.argumentsOf(i)
	done := 0
	for _, spec := range specs {
		option, form, _ := strings.Cut(spec, " ")
		if option[0] == '@' {
			at := number(option[1:])
			for _, a := range args {
				if c := sc.b[a.s]; c == '-' || c == '/' && a.e-a.s < 12 && !bytes.ContainsRune(sc.b[a.s+1:a.e], '/') {
					continue
				}
				if at--; at == 0 {
					done = max(done, sc.argumentPart(rule, a, strings.TrimPrefix(form, "U")))
				}
			}
			if done > 0 {
				return done
			}
			continue
		}
		for k, a := range args {
			text := sc.b[a.s:a.e]
			switch {
			case form == "" || strings.HasSuffix(form, "*"):
				if form != "" {
					if !bytes.Equal(text, []byte(option)) || k+1 == len(args) {
						continue
					}
					a = args[k+1]
					text, option = sc.b[a.s:a.e], form
				}
				prefix := strings.TrimSuffix(option, "*")
				rest, ok := bytes.CutPrefix(text, []byte(prefix))
				if !ok || len(rest) < 3 || len(rest) < 5 && allDigits(rest) {
					continue
				}
				at := a.s + len(prefix)
				for isBlank(sc.b[at]) || isQuote(sc.b[at]) {
					at++
				}
				done = max(done, sc.argumentPart(rule, argument{at, a.e}, ""))
			case bytes.Equal(text, []byte(option)) && k+1 < len(args):
				done = max(done, sc.argumentPart(rule, args[k+1], strings.TrimPrefix(form, "U")))
			case len(form) == 0:
			}
		}
		if done > 0 {
			return done
		}
	}
	return done
}

// argumentPart replaces an argument, or what stands after a mark in it.
func (sc *scanner) argumentPart(rule *Rule, a argument, form string) int {
	form = strings.TrimSuffix(form, "_")
	if form != "" {
		i := bytes.Index(sc.b[a.s:a.e], []byte(form))
		if i < 0 {
			return 0
		}
		a.s += i + len(form)
		if form == "/" {
			if k := bytes.IndexByte(sc.b[a.s:a.e], '@'); k >= 0 {
				a.e = a.s + k
			}
		}
	}
	text := sc.b[a.s:a.e]
	if len(text) < 3 || a.s < sc.flushed || variable(text) || placeholder(sc.b, a.s) > 0 || masked(text) || form == "" && bytes.HasPrefix(text, []byte(`\\`)) || text[0] == '*' || allDigits(text) && len(text) < 5 {
		return 0
	}
	return sc.hide(rule, a.s, a.e)
}

// findPiped replaces what echo gives to a program that reads a password.
func findPiped(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	i := s
	for i > sc.flushed && s-i < 24 && (isAlnum(b[i-1]) || b[i-1] == '/' || b[i-1] == ' ') {
		i--
	}
	for i > sc.flushed && isBlank(b[i-1]) {
		i--
	}
	if b[i-1] != '|' {
		return 0
	}
	line := i
	for line > sc.flushed && i-line < 512 && !isBreak(b[line-1]) {
		line--
	}
	echo := bytes.LastIndex(b[line:i], []byte("echo "))
	if n := bytes.LastIndex(b[line:i], []byte("printf ")); n > echo {
		echo = n + 2
	}
	if echo < 0 {
		return 0
	}
	if foldAt(b, s, "sudo") && !bytes.Contains(b[e:min(sc.n, e+40)], []byte("-S")) {
		return 0
	}
	args := sc.argumentsOf(line + echo + len("echo "))
	for len(args) > 0 && b[args[0].s] == '-' {
		args = args[1:]
	}
	if len(args) == 0 || args[0].s >= i {
		return 0
	}
	form := ""
	if foldAt(b, s, "chpasswd") {
		form = ":_"
	}
	if sc.argumentPart(rule, args[0], form) == 0 {
		return 0
	}
	return e
}

// calls are functions that take a password as text: which of the texts between
// quotation marks it is, 0 the last.
var calls = map[string]int{
	"networkcredential": 2, "getconnection": 0, "usernamepasswordcredentials": 2, "convertto-securestring": 1, "mapnetworkdrive": 5, "openrowset": 4, "pgp_sym_decrypt": 0, "pgp_sym_encrypt": 0,
	"passwordauthentication": 2, "usernamepasswordauthenticationtoken": 2, "basicauth": 2, "httpbasicauth": 2, "setbasicauth": 2, "basic_auth": 2, "mysqli_connect": 3, "mysql_connect": 3, "pg_connect": 1, "logonuser": 3, "opendatabase": 0,
}

var callNames = func() (names []string) {
	for name := range calls {
		names = append(names, lastWord(name))
	}
	return names
}()

// findCall replaces the password among the texts that a function is called with.
func findCall(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	if b[e] != '(' && b[e] != ' ' {
		return 0
	}
	for isWord(b[s-1]) || b[s-1] == '-' {
		s--
	}
	want, ok := calls[foldText(string(b[s:e]))]
	if !ok {
		return 0
	}
	var texts []argument
	for i := e; i < sc.n && i-e < 512 && !isBreak(b[i]) && !(b[i] == ')' && b[e] == '('); i++ {
		if !isQuote(b[i]) {
			continue
		}
		end, closed := (&span{quote: b[i]}).find(b, i+1, sc.n)
		if !closed {
			break
		}
		texts = append(texts, argument{i + 1, end})
		i = end
		if len(texts) == want {
			break
		}
	}
	if len(texts) == 0 || want == 0 && len(texts) < 1 {
		return 0
	}
	if want == 5 || want == 4 { // optional arguments before it
		want = min(want, len(texts))
		if len(texts) < 3 {
			return 0
		}
	}
	if want > len(texts) {
		return 0
	}
	a := texts[len(texts)-1]
	if want > 0 {
		a = texts[want-1]
	}
	return sc.argumentPart(rule, a, "")
}
