package redact

import (
	"slices"
	"strings"
)

// findDashedIPv4 recognises an address in the name of a machine: ip-10-1-2-3.
func findDashedIPv4(sc *scanner, rule *Rule, s, e int) int {
	b := sc.b
	w := s - 1
	for isAlnum(b[w-1]) {
		w--
	}
	if !isDigit(b[e+1]) || !slices.ContainsFunc(hostWords, func(name string) bool { return len(name) == s-1-w && foldAt(b, w, name) }) {
		return 0
	}
	var part [4]int
	i, last := s, 0
	for k := range part {
		if k > 0 {
			if b[i] != '-' {
				return 0
			}
			i++
			last = i
		}
		from := i
		for isDigit(b[i]) && i-from < 3 {
			part[k] = part[k]*10 + int(b[i]-'0')
			i++
		}
		if i == from || part[k] > 255 {
			return 0
		}
	}
	if isAlnum(b[i]) || everybodys(part) {
		return 0
	}
	return sc.network(rule, part, s, last-1, i)
}

var hostWords = strings.Fields("ip ec2 host node dhcp static dynamic pool client pc srv server vm dsl cable dyn customer net addr worker")
