package redact

import (
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// toUTF16 gives UTF-16 for UTF-8.
type toUTF16 struct {
	dst   io.Writer
	order binary.ByteOrder
	rest  []byte // the beginning of a character
	buf   []byte
}

func (u *toUTF16) Write(p []byte) (int, error) {
	total := len(p)
	for len(u.rest) > 0 && len(p) > 0 {
		u.rest = append(u.rest, p[0])
		p = p[1:]
		if utf8.FullRune(u.rest) {
			rest := u.rest
			u.rest = nil
			for len(rest) > 0 {
				r, n := utf8.DecodeRune(rest)
				u.put(r)
				rest = rest[n:]
			}
		}
	}
	for len(p) > 0 {
		if p[0] < utf8.RuneSelf {
			u.put(rune(p[0]))
			p = p[1:]
			continue
		}
		if !utf8.FullRune(p) {
			u.rest = append(u.rest, p...)
			break
		}
		r, n := utf8.DecodeRune(p)
		u.put(r)
		p = p[n:]
	}
	return total, u.flush()
}

func (u *toUTF16) put(r rune) {
	var units [2]byte
	if r < 0x10000 {
		u.order.PutUint16(units[:], uint16(r))
		u.buf = append(u.buf, units[:]...)
		return
	}
	a, b := utf16.EncodeRune(r)
	for _, half := range []rune{a, b} {
		u.order.PutUint16(units[:], uint16(half))
		u.buf = append(u.buf, units[:]...)
	}
}

func (u *toUTF16) flush() error {
	if len(u.buf) == 0 {
		return nil
	}
	_, err := u.dst.Write(u.buf)
	u.buf = u.buf[:0]
	return err
}

// end writes what is left of a character that breaks off.
func (u *toUTF16) end() error {
	for range u.rest {
		u.put(utf8.RuneError)
	}
	u.rest = nil
	return u.flush()
}
