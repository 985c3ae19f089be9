package redact

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Known is what the program knows of the machine and its people before it
// reads a line.
type Known struct {
	Hosts   []string // names of this machine, without a domain
	Domains []string // the domains that are its owner's
	Users   []string // accounts of people
	Names   []string // customers and companies
	Serials []string // serial numbers, machine ids
	Hide    []string // what the person selected: gone everywhere
}

const (
	maxNeedles    = 4096
	maxNeedleSize = 256
)

// needle is a text that is looked for as it is.
type needle struct {
	rule *Rule
	text string // letters in lower case
}

var (
	ownHost   = &Rule{Name: "own-host", Kind: Host, Why: "The name of this machine tells whose it is."}
	ownDomain = &Rule{Name: "own-domain", Kind: Domain, Why: "The owner's domain tells whose machine it is."}
	ownUser   = &Rule{Name: "own-user", Kind: User, Why: "The names of this machine's accounts are people's names."}
	ownName   = &Rule{Name: "own-name", Kind: Name, Why: "Customers' and companies' names tell who is concerned."}
	ownSerial = &Rule{Name: "own-serial", Kind: Serial, Why: "A serial number tells which machine it is."}
	selected  = &Rule{Name: "selected", Kind: Hidden, Why: "You asked for this text to be hidden everywhere."}
)

func (k Known) needles() []*needle {
	var all []*needle
	for _, g := range []struct {
		rule  *Rule
		texts []string
		min   int
	}{
		{selected, k.Hide, 1},
		{ownName, k.Names, 3},
		{ownSerial, k.Serials, 5},
		{ownDomain, k.Domains, 4},
		{ownHost, k.Hosts, 2},
		{ownUser, k.Users, 3},
	} {
		for _, text := range g.texts {
			text = strings.TrimSpace(text)
			if len(text) < g.min || len(text) > maxNeedleSize || len(all) >= maxNeedles {
				continue
			}
			n := &needle{rule: g.rule, text: foldText(text)}
			if g.rule == ownUser || g.rule == ownHost {
				if everyday[n.text] || systemAccounts[n.text] || len(n.text) < 3 {
					continue // would take sense from every second line; rules find it where it is a name
				}
			}
			for _, spelling := range spellings(text) {
				all = append(all, &needle{rule: g.rule, text: foldText(spelling)})
			}
		}
	}
	return all
}

// foldText puts ASCII letters in lower case, and no others: their bytes are
// compared as they are.
func foldText(s string) string {
	b := []byte(s)
	for i, c := range b {
		b[i] = lower(c)
	}
	return string(b)
}

// spellings are the ways in which files write a text: with its letters in
// either case, in an old code page, and escaped as URLs, XML and JSON do.
func spellings(text string) []string {
	var all []string
	add := func(s string) {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	for _, t := range []string{text, strings.ToLower(text), strings.ToUpper(text)} {
		add(t)
		if l, ok := latin1(t); ok {
			add(l)
		}
		add(strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(t))
		add(strings.ReplaceAll(url.QueryEscape(t), "+", "%20"))
		add(url.QueryEscape(t))
		quoted := strconv.QuoteToASCII(t)
		add(strings.ReplaceAll(quoted[1:len(quoted)-1], "&", `\u0026`))
		add(strings.ReplaceAll(t, "&", `\u0026`))
	}
	if first, last, ok := strings.Cut(text, " "); ok && !strings.Contains(last, " ") {
		add(last + ", " + first)
	}
	return all
}

// latin1 is a text as an old code page writes it, when that differs.
func latin1(s string) (string, bool) {
	out := make([]byte, 0, len(s))
	differs := false
	for _, r := range s {
		if r > 0xff {
			return "", false
		}
		differs = differs || r >= 0x80
		out = append(out, byte(r))
	}
	return string(out), differs
}

// addNeedle enters a needle under the ending of its first word, so that it is
// found at that word.
func (r *Rules) addNeedle(n *needle) {
	first := n.text
	for i := range len(first) {
		if !isWord(first[i]) {
			first = first[:i]
			break
		}
	}
	if first == "" { // it begins with a mark: found at the first word after it
		i := 0
		for i < len(n.text) && !isWord(n.text[i]) {
			i++
		}
		e := i
		for e < len(n.text) && isWord(n.text[e]) {
			e++
		}
		if i == e {
			return
		}
		first = n.text[i:e]
	}
	end := r.end(first, true)
	c := tailed(first)
	c.needle = n
	r.begin(first, &beginning{needle: n})
	end.list = append(end.list, c)
}

// find looks for the needle around the word from s to e.
func (n *needle) find(sc *scanner, s, e int) int {
	b := sc.b
	// The needle's first word may be the end of this one: db_anna, 2026anna.
	skip := 0
	for skip < len(n.text) && !isWord(n.text[skip]) {
		skip++
	}
	word := skip
	for word < len(n.text) && isWord(n.text[word]) {
		word++
	}
	at := e - word
	if at < sc.flushed || !foldAt(b, at, n.text) {
		return 0
	}
	end := at + len(n.text)
	if n.rule != selected && (!boundary(b, at) || end < sc.n && isAlnum(b[end-1]) && isAlnum(b[end])) {
		return 0
	}
	if b[at-1] == '@' {
		return 0 // of an address, which goes whole
	}
	switch n.rule {
	case ownDomain:
		return sc.fqdn(n.rule, at, end)
	case ownHost:
		return sc.rename(n.rule, Host, at, end)
	}
	return sc.hide(n.rule, at, end)
}

// begins looks for the needle at the beginning of a longer word: anna_backup.
func (n *needle) begins(sc *scanner, s int) int {
	end := s + len(n.text)
	if s < sc.flushed || !foldAt(sc.b, s, n.text) || sc.b[end] != '_' || n.rule == ownDomain || n.rule == ownHost && end-s < 4 {
		return 0
	}
	return sc.hide(n.rule, s, end)
}

// boundary reports whether a name may begin at s: what stands before is no
// letter, or a change of case, or an escape.
func boundary(b []byte, s int) bool {
	return !isAlnum(b[s-1]) && b[s-1] < 0x80 || !isAlnum(b[s]) || wordStart(b, s)
}
