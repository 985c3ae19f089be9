package redact

import (
	"slices"
	"strings"
)

// key is a word, or several, after which a value stands.
type key struct {
	rule     *Rule
	text     string // lower case, without what may stand between its words
	breaks   uint64 // bit i: something may stand before text[i]
	last     int    // length of the last word, of several
	prev     byte   // last letter of the word before it, 0 when there is one word
	inside   bool   // long enough to be recognised inside another word: dbpassword
	numbered bool   // also with a number after it: password2
}

func newKey(text string, rule *Rule) *key {
	k := &key{rule: rule}
	for i, word := range strings.Split(text, " ") {
		if i > 0 {
			k.breaks |= 1 << len(k.text)
		}
		k.text += word
	}
	for i := len(k.text) - 1; i > 0; i-- {
		if k.breaks>>i&1 == 1 {
			k.last, k.prev = len(k.text)-i, k.text[i-1]
			break
		}
	}
	k.inside = len(k.text) >= 6 && rule.Kind.Secret()
	k.numbered = rule.Kind == Password && !strings.Contains(text, " ")
	return k
}

// addKey enters a key under its ending, and under its ending with a number
// after it: password2.
func (r *Rules) addKey(k *key) {
	endings := []string{k.text}
	// The last word of the text decides which word of a line it ends.
	for i := len(k.text) - 1; i > 0; i-- {
		if k.breaks>>i&1 == 1 {
			// Written together the ending is longer, written apart shorter.
			if len(k.text)-i < keySize {
				endings = append(endings, k.text[i:])
			}
			break
		}
	}
	add := func(text string) {
		end := r.end(text, false)
		c := tailed(text)
		if k.last > 0 {
			c = tailed(k.text[len(k.text)-k.last:])
		}
		c.key = k
		if !slices.Contains(end.list, c) {
			end.list = append(end.list, c)
		}
	}
	for _, text := range endings {
		add(text)
		if k.numbered {
			for d := '1'; d <= '3'; d++ {
				add(text + string(d))
				add(text + "_" + string(d))
			}
		}
	}
}

// unlikely reports, cheaply, whether the words before e cannot be the key's.
func (k *key) unlikely(b []byte, e int) bool {
	i := e - k.last - 1
	if i < 1 {
		return true
	}
	if isJoint(b[i]) {
		i--
	}
	return lower(b[i]) != k.prev
}

// match finds where the key begins that ends at e.
func (k *key) match(b []byte, e int) (start int, ok bool) {
	i := e - 1
	for j := len(k.text) - 1; j >= 0; j-- {
		if i < 0 {
			return 0, false
		}
		if lower(b[i]) != k.text[j] {
			return 0, false
		}
		i--
		if j > 0 && k.breaks>>j&1 == 1 && i > 0 && isJoint(b[i]) {
			i--
		}
	}
	if k.text == "token" && foldAt(b, i-8, "publickey") {
		return 0, false // .NET's name for a part of an assembly's
	}
	return i + 1, i >= 0 && (k.inside || wordStart(b, i+1))
}

// isJoint reports whether a byte joins the words of a key.
func isJoint(c byte) bool { return c == '-' || c == '_' || c == '.' || c == ' ' || c == '/' }

// wordStart reports whether a word, or a part of one (dbUser, db_user),
// begins at s.
func wordStart(b []byte, s int) bool {
	c := b[s-1]
	switch {
	case c >= 0x80:
		return false
	case !isLetter(c):
		return true
	case b[s]-'A' < 26 && c-'a' < 26:
		return true
	case s >= 2 && b[s-2] == '\\' && (c == 'n' || c == 'r' || c == 't'):
		return true // the text itself is escaped
	}
	return escapedStart(b, s)
}

// escapedStart reports whether what stands before s is %3D or the colour of a terminal.
func escapedStart(b []byte, s int) bool {
	if s >= 3 && b[s-3] == '%' && hexSet.has(b[s-2]) && hexSet.has(b[s-1]) {
		return true
	}
	if b[s-1] == 'm' {
		i := s - 2
		for i > 0 && (isDigit(b[i]) || b[i] == ';') {
			i--
		}
		return i > 0 && b[i] == '[' && b[i-1] == 0x1b
	}
	return false
}

// find replaces the value after the key that ends at e.
func (k *key) find(sc *scanner, s, e int) int {
	end := e
	if k.numbered {
		for end > s+1 && isDigit(sc.b[end-1]) {
			end--
		}
		if end < e && sc.b[end-1] == '_' {
			end--
		}
	}
	start, ok := k.match(sc.b, end)
	if !ok && end != e {
		start, ok = k.match(sc.b, e)
	}
	if !ok {
		return 0
	}
	v, ok := sc.after(start, e, k.rule)
	if !ok {
		return 0
	}
	return k.rule.Form.read(sc, k.rule, v)
}
