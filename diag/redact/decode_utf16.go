package redact

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// orderOf tells UTF-16 by its byte order mark, or without one by the zeros
// that it has at every other place in texts of the West. mark is the mark's
// length. nil: it is not UTF-16.
func orderOf(head []byte) (order binary.ByteOrder, mark int) {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return binary.LittleEndian, 2
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return binary.BigEndian, 2
	}
	var zeros [2]int
	half := len(head) / 2
	for i, b := range head[:half*2] {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case half < 4:
	case zeros[1]*10 >= half*6 && zeros[0]*20 <= half:
		return binary.LittleEndian, 0
	case zeros[0]*10 >= half*6 && zeros[1]*20 <= half:
		return binary.BigEndian, 0
	}
	return nil, 0
}

// fromUTF16 gives UTF-8 for UTF-16 (RFC 2781). Halves of pairs are replaced.
type fromUTF16 struct {
	next   *plain
	last   *toUTF16
	order  binary.ByteOrder
	inside string

	buf   [8 << 10]byte
	n     int
	odd   []byte // the first byte of a unit
	pair  rune   // the first half of a pair
	bytes int    // units in a row that are two letters each
}

// asBytes is how many units in a row that are two printable letters each show
// that the text goes on as bytes; in Chinese it is one in five.
const asBytes = 10

func (u *fromUTF16) Write(p []byte) (int, error) {
	total := len(p)
	if len(u.odd) == 1 && len(p) > 0 {
		u.odd = append(u.odd, p[0])
		p = p[1:]
		if err := u.unit(rune(u.order.Uint16(u.odd))); err != nil {
			return 0, err
		}
		u.odd = u.odd[:0]
	}
	for ; len(p) >= 2; p = p[2:] {
		if err := u.unit(rune(u.order.Uint16(p))); err != nil {
			return total - len(p), err
		}
	}
	u.odd = append(u.odd, p...)
	return total, u.flush()
}

func (u *fromUTF16) unit(c rune) error {
	if letter(byte(c)) && letter(byte(c>>8)) {
		if u.bytes++; u.bytes >= asBytes {
			u.next.check.refused = twoWays
			return &Refused{Inside: u.inside, Reason: twoWays}
		}
	} else {
		u.bytes = 0
	}
	if first := u.pair; first != 0 {
		u.pair = 0
		if r := utf16.DecodeRune(first, c); r != utf8.RuneError {
			return u.put(r)
		}
		if err := u.put(utf8.RuneError); err != nil {
			return err
		}
	}
	switch {
	case c >= 0xd800 && c < 0xdc00:
		u.pair = c
		return nil
	case utf16.IsSurrogate(c):
		c = utf8.RuneError
	}
	return u.put(c)
}

func letter(b byte) bool { return b >= ' ' && b < 0x7f || b == '\n' || b == '\r' || b == '\t' }

func (u *fromUTF16) put(r rune) error {
	if u.n+utf8.UTFMax > len(u.buf) {
		if err := u.flush(); err != nil {
			return err
		}
	}
	u.n += utf8.EncodeRune(u.buf[u.n:], r)
	return nil
}

func (u *fromUTF16) flush() error {
	_, err := u.next.Write(u.buf[:u.n])
	u.n = 0
	return err
}

func (u *fromUTF16) Close() error {
	if u.pair != 0 || len(u.odd) > 0 {
		if err := u.put(utf8.RuneError); err != nil {
			return err
		}
	}
	if err := u.flush(); err != nil {
		return err
	}
	if err := u.next.Close(); err != nil {
		return err
	}
	return u.last.end()
}
