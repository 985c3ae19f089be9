package redact

import (
	"encoding/binary"
	"strings"
)

// literals finds texts of at least four bytes, wherever they stand as words of
// their own.
type literals struct {
	bits [1 << 14]uint64 // a bit for the first four bytes of each
	all  map[uint32][]string
}

const minLiteral = 4

// literalsOf gives what has a pseudonym and what was known, without what stands
// everywhere in its own right: words of every day, and short ones.
func literalsOf(names *Names, known Known) *literals {
	l := &literals{all: map[uint32][]string{}}
	seen := map[string]bool{}
	add := func(text string, word bool) {
		text = foldText(strings.TrimSpace(text))
		for text != "" && !isAlnum(text[0]) { // it is looked for where a word begins
			text = text[1:]
		}
		if len(text) < minLiteral || seen[text] || everyday[text] || systemAccounts[text] || word && common(text) {
			return
		}
		seen[text] = true
		first := binary.LittleEndian.Uint32([]byte(text)) | small
		l.all[first] = append(l.all[first], text)
		h := hash4(first)
		l.bits[h>>6] |= 1 << (h & 63)
	}
	for _, list := range [][]string{known.Hosts, known.Domains, known.Users, known.Names, known.Serials, known.Hide} {
		for _, text := range list {
			add(text, false)
		}
	}
	names.mu.Lock()
	defer names.mu.Unlock()
	for kind, all := range names.taken {
		for _, text := range all {
			add(text, kind == User || kind == Host || kind == Wifi || kind == Place)
		}
	}
	return l
}

// common says that a text could be any word: small letters or digits alone and
// few of them.
func common(text string) bool {
	digits := strings.Trim(text, "0123456789.,-") == ""
	letters := strings.Trim(text, "abcdefghijklmnopqrstuvwxyz") == ""
	return digits || letters && len(text) < 8
}

// hash4 spreads four bytes over the bits.
func hash4(v uint32) uint32 { return v * 2654435761 >> 12 }

// small makes capitals of four bytes small letters, and other signs others.
const small = 0x20202020

// at says whether one of the texts stands at i, where a word begins.
func (l *literals) at(b []byte, i int) bool {
	if i+minLiteral > len(b) {
		return false
	}
	first := binary.LittleEndian.Uint32(b[i:]) | small
	if h := hash4(first); l.bits[h>>6]&(1<<(h&63)) == 0 {
		return false
	}
	for _, text := range l.all[first] {
		if i+len(text) <= len(b) && foldBefore(b, i+len(text), text) && alone(b, i, i+len(text)) && !inPlaceholder(b, i) {
			return true
		}
	}
	return false
}

// alone says that no letter or digit stands right before or behind.
func alone(b []byte, s, e int) bool {
	return (s == 0 || !isAlnum(b[s-1])) && (e == len(b) || !isAlnum(b[e]))
}

// inPlaceholder says that what stands at i is the word of a placeholder.
func inPlaceholder(b []byte, i int) bool {
	return i > 0 && b[i-1] == '<'
}
