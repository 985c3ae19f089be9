package redact

import (
	"bytes"
	"strings"
)

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
					if placeholder(sc.b, a.s) > 0 {
						return i
					}
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
			}
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
	if len(text) < 3 || a.s < sc.flushed || variable(text) || holdsPlaceholder(sc.b, a.s, a.e) || masked(text) || form == "" && bytes.HasPrefix(text, []byte(`\\`)) || text[0] == '*' || allDigits(text) && len(text) < 5 {
		return 0
	}
	return sc.hide(rule, a.s, a.e)
}
