package redact

import (
	"encoding/binary"
	"slices"
	"strings"
)

// literals finds texts of at least four bytes, wherever they stand as words of
// their own.
type literals struct {
	bits    [1 << 14]uint64  // a bit for the first four bytes of each
	lengths map[uint32][]int // by these bytes, the longest first
	all     map[string]bool
}

const (
	minLiteral = 4
	maxLiteral = 256
)

// literalsOf gives what has a pseudonym and what was known, without what stands
// everywhere in its own right: words of every day, and short ones.
func literalsOf(names *Names, known Known) *literals {
	l := &literals{lengths: map[uint32][]int{}, all: map[string]bool{}}
	add := func(text string, word bool) {
		text = foldText(strings.TrimSpace(text))
		for text != "" && !isAlnum(text[0]) { // it is looked for where a word begins
			text = text[1:]
		}
		if len(text) < minLiteral || len(text) > maxLiteral || l.all[text] || everyday[text] || systemAccounts[text] || word && common(text) {
			return
		}
		l.all[text] = true
		first := binary.LittleEndian.Uint32([]byte(text)) | small
		if lengths := l.lengths[first]; !slices.Contains(lengths, len(text)) {
			lengths = append(lengths, len(text))
			slices.SortFunc(lengths, func(a, b int) int { return b - a })
			l.lengths[first] = lengths
		}
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
	var text [maxLiteral]byte
	folded := 0
	lengths := l.lengths[first]
	for _, n := range lengths {
		if i+n > len(b) || !alone(b, i, i+n) {
			continue
		}
		if folded == 0 {
			for folded < min(lengths[0], len(b)-i) {
				text[folded] = lower(b[i+folded])
				folded++
			}
		}
		if l.all[string(text[:n])] && !inPlaceholder(b, i) {
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
