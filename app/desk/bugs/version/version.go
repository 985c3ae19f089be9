// Package version orders the versions of products as their makers write them.
//
// A version is numbers and words: "4.10.2", "v2024-11 SP3", "7.1 Beta 2". It is
// cut where digits meet letters and at every other character. Numbers compare
// as numbers, so that 1.10 is newer than 1.9. Words that announce a version
// (alpha, beta, rc, preview, …) come before it, all others behind it: 2.0-beta
// is older than 2.0, and 2.0-SP1 and 2.0a are newer. What is missing at an end
// counts as zero: 2.0 is 2.0.0.
package version

import (
	"cmp"
	"strings"
	"unicode"
)

// Max is how many characters of a version are looked at.
const Max = 64

// Compare is negative when a is older than b, 0 when they are the same
// version, and positive when a is newer.
func Compare(a, b string) int {
	x, y := parts(a), parts(b)
	for i := range max(len(x), len(y)) {
		if c := at(x, i).compare(at(y, i)); c != 0 {
			return c
		}
	}
	return 0
}

// Older says whether a is certainly older than b: both name a version, which
// needs a digit, and a comes before b.
func Older(a, b string) bool { return Known(a) && Known(b) && Compare(a, b) < 0 }

// Known says whether v names a version at all. "unknown" and "the latest" do not.
func Known(v string) bool {
	return strings.ContainsFunc(head(v), func(r rune) bool { return r >= '0' && r <= '9' })
}

// part is a number or a word of a version.
type part struct {
	rank   int    // -3 to -1: a word that announces the version; 0: zero; 1: a word that follows it; 2: another number
	number string // decimal, without zeros in front
	word   string
}

// announce are the words that come before a version, by how far before.
var announce = map[string]int{
	"dev": -3, "snapshot": -3, "nightly": -3, "alpha": -3,
	"beta": -2, "preview": -2, "pre": -2, "milestone": -2, "ea": -2,
	"rc": -1, "cr": -1, "candidate": -1,
}

// plain are words that say nothing about the order.
var plain = map[string]bool{"v": true, "version": true, "ver": true, "release": true, "rel": true, "build": true, "final": true, "ga": true}

// parts cuts v where digits meet letters and at every other character.
func parts(v string) []part {
	var list []part
	class := func(r rune) int {
		switch {
		case r >= '0' && r <= '9':
			return 1
		case unicode.IsLetter(r):
			return 2
		}
		return 0
	}
	var run []rune
	kind := 0
	flush := func() {
		text := string(run)
		run = run[:0]
		switch {
		case kind == 1:
			p := part{number: strings.TrimLeft(text, "0")}
			if p.number != "" {
				p.rank = 2
			}
			list = append(list, p)
		case kind == 2 && !plain[text]:
			rank, before := announce[text]
			if !before {
				rank = 1
			}
			p := part{rank: rank}
			if rank > 0 {
				p.word = text // beta and preview are the same step
			}
			list = append(list, p)
		}
	}
	v, _, _ = strings.Cut(head(v), "+") // what a build is called says nothing about its age (semver.org, 10)
	for _, r := range strings.ToLower(v) {
		if k := class(r); k != kind {
			flush()
			kind = k
		}
		run = append(run, r)
	}
	flush()
	return list
}

func head(v string) string {
	n := 0
	for i := range v {
		if n++; n > Max {
			return v[:i]
		}
	}
	return v
}

// at gives the i-th part; behind the last one there are zeros.
func at(list []part, i int) part {
	if i < len(list) {
		return list[i]
	}
	return part{}
}

func (p part) compare(o part) int {
	return cmp.Or(
		cmp.Compare(p.rank, o.rank),
		cmp.Compare(len(p.number), len(o.number)),
		cmp.Compare(p.number, o.number),
		cmp.Compare(p.word, o.word),
	)
}
