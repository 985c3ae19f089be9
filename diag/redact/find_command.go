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
