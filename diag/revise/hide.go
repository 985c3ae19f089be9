package revise

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/beistand/beistand/diag/redact"
)

// gone is what stands where a text was hidden.
var gone = []byte("<" + string(redact.Hidden) + ">")

// hider replaces every occurrence of the hidden texts, also inside of words:
// after it none is left, letters' case aside. What is inside of a placeholder
// is nobody's text and stays.
type hider struct {
	dst     io.Writer
	needles [][]byte // ASCII letters in lower case
	longest int
	buf     []byte
	low     []byte
}

func newHider(dst io.Writer, texts []string) *hider {
	h := &hider{dst: dst}
	add := func(text string) {
		n := lower(nil, []byte(text))
		if len(n) > 0 && !slices.ContainsFunc(h.needles, func(o []byte) bool { return bytes.Equal(o, n) }) {
			h.needles = append(h.needles, n)
			h.longest = max(h.longest, len(n))
		}
	}
	for _, text := range texts {
		for _, form := range []string{text, strings.ToLower(text), strings.ToUpper(text)} {
			add(form)
			if latin, ok := latin1(form); ok {
				add(latin)
			}
		}
	}
	return h
}

// latin1 is a text as an old code page writes it, when that differs.
func latin1(s string) (string, bool) {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xff {
			return "", false
		}
		out = append(out, byte(r))
	}
	return string(out), len(out) != len(s)
}

func lower(dst, text []byte) []byte {
	for _, c := range text {
		if c-'A' < 26 {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// hideBlock is how much text is looked through at a time, in bytes.
const hideBlock = 64 << 10

func (h *hider) Write(p []byte) (int, error) {
	total := len(p)
	for len(p) > 0 {
		n := min(len(p), hideBlock)
		h.buf = append(h.buf, p[:n]...)
		p = p[n:]
		if err := h.pass(len(h.buf) - h.longest - maxMark); err != nil {
			return total - len(p), err
		}
	}
	return total, nil
}

// Close writes the rest; it does not close what lies below.
func (h *hider) Close() error { return h.pass(len(h.buf)) }

// pass writes what begins before upto.
func (h *hider) pass(upto int) error {
	if upto <= 0 {
		return nil
	}
	marks := Marks(h.buf)
	for _, m := range marks {
		if m.From < upto && upto < m.To {
			upto = m.From // the rest of a placeholder alone would be taken for text
		}
	}
	at := 0
	for _, s := range h.find(marks) {
		if s.From >= upto {
			break
		}
		if s.From > at {
			if _, err := h.dst.Write(h.buf[at:s.From]); err != nil {
				return err
			}
		}
		if _, err := h.dst.Write(gone); err != nil {
			return err
		}
		at = s.To
	}
	if at < upto {
		if _, err := h.dst.Write(h.buf[at:upto]); err != nil {
			return err
		}
		at = upto
	}
	h.buf = append(h.buf[:0], h.buf[at:]...)
	return nil
}

// find gives where hidden texts stand, in order, none over another.
func (h *hider) find(marks []Mark) (all []Mark) {
	h.low = lower(h.low[:0], h.buf)
	for _, n := range h.needles {
		for at := 0; ; {
			i := bytes.Index(h.low[at:], n)
			if i < 0 {
				break
			}
			at += i
			if whole(marks, at, at+len(n)) {
				all = append(all, Mark{From: at, To: at + len(n)})
			}
			at++
		}
	}
	slices.SortFunc(all, func(a, b Mark) int { return a.From - b.From })
	out := all[:0]
	for _, s := range all {
		if n := len(out); n > 0 && s.From < out[n-1].To {
			out[n-1].To = max(out[n-1].To, s.To)
			continue
		}
		out = append(out, s)
	}
	return out
}

// whole says that no placeholder is cut by what is from from to to.
func whole(marks []Mark, from, to int) bool {
	i, _ := slices.BinarySearchFunc(marks, from, func(m Mark, at int) int {
		if m.To <= at {
			return -1
		}
		return 1
	})
	for ; i < len(marks) && marks[i].From < to; i++ {
		if marks[i].From < from || marks[i].To > to {
			return false
		}
	}
	return true
}
