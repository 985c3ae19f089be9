package revise

import (
	"bytes"
	"slices"

	"github.com/beistand/beistand/diag/redact"
)

// Mark is a place in a text where something was replaced: <password>, <user-27>.
type Mark struct {
	From, To int // bytes
	Kind     redact.Kind
}

// maxMark is the longest placeholder, in bytes.
const maxMark = 32

var kinds = redact.Kinds()

// Marks finds the placeholders in a text.
func Marks(text []byte) (all []Mark) {
	for at := 0; ; {
		i := bytes.IndexByte(text[at:], '<')
		if i < 0 {
			return all
		}
		at += i
		if kind, size := markAt(text[at:]); size > 0 {
			all = append(all, Mark{at, at + size, kind})
			at += size
			continue
		}
		at++
	}
}

// markAt reads the placeholder that text begins with; its size is 0 if there is none.
func markAt(text []byte) (redact.Kind, int) {
	end := bytes.IndexByte(text[:min(len(text), maxMark)], '>')
	if end < 0 {
		return "", 0
	}
	name := text[1:end]
	digits := 0
	for digits < len(name) && name[len(name)-1-digits]-'0' < 10 {
		digits++
	}
	numbered := digits > 0
	if numbered {
		name = name[:len(name)-digits]
		if len(name) == 0 || name[len(name)-1] != '-' {
			return "", 0
		}
		name = name[:len(name)-1]
	}
	i := slices.IndexFunc(kinds, func(k redact.Kind) bool { return string(k) == string(name) })
	if i < 0 || numbered && kinds[i].Secret() {
		return "", 0
	}
	return kinds[i], end + 1
}

// Tally is how often something of a kind was replaced, and how often it is sent
// as it is because the owner wants it so.
type Tally struct {
	Gone, Kept map[redact.Kind]int
}

// NewTally has counted nothing.
func NewTally() Tally { return Tally{map[redact.Kind]int{}, map[redact.Kind]int{}} }

// Add counts what another has counted.
func (t Tally) Add(other Tally) {
	for k, n := range other.Gone {
		t.Gone[k] += n
	}
	for k, n := range other.Kept {
		t.Kept[k] += n
	}
}

// folded counts parts of addresses as addresses.
func (t Tally) folded() Tally {
	out := NewTally()
	for k, n := range t.Gone {
		out.Gone[Counted(k)] += n
	}
	for k, n := range t.Kept {
		out.Kept[Counted(k)] += n
	}
	return out
}

// Counted is the kind under which a kind is counted.
func Counted(k redact.Kind) redact.Kind {
	if k == redact.Net {
		return redact.IP
	}
	return k
}

// counter counts the placeholders that pass.
type counter struct {
	gone map[redact.Kind]int
	tail []byte // what may be the beginning of one
}

func (c *counter) Write(p []byte) (int, error) {
	if len(c.tail) > 0 {
		// The one across the edge, which ends within the next bytes.
		n := len(c.tail)
		c.tail = append(c.tail, p[:min(len(p), maxMark)]...)
		if kind, size := markAt(c.tail); size > n {
			c.gone[kind]++
		} else if size == 0 && len(c.tail) < maxMark && bytes.IndexByte(c.tail, '>') < 0 && bytes.LastIndexByte(c.tail, '<') == 0 {
			return len(p), nil
		}
		c.tail = c.tail[:0]
	}
	for _, m := range Marks(p) {
		c.gone[m.Kind]++
	}
	if i := bytes.LastIndexByte(p, '<'); i >= 0 && len(p)-i < maxMark && bytes.IndexByte(p[i:], '>') < 0 {
		c.tail = append(c.tail, p[i:]...)
	}
	return len(p), nil
}
