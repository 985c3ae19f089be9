package collect

import (
	"bufio"
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// encoding is how a log's text is written: nil as bytes, else in UTF-16, as
// Windows programs do, which a byte order mark at the beginning tells.
type encoding struct{ order binary.ByteOrder }

func byteOrder(r io.ReaderAt) encoding {
	mark := make([]byte, 2)
	if n, _ := r.ReadAt(mark, 0); n == 2 {
		switch string(mark) {
		case "\xff\xfe":
			return encoding{binary.LittleEndian}
		case "\xfe\xff":
			return encoding{binary.BigEndian}
		}
	}
	return encoding{}
}

// unit is how many bytes a character has at least.
func (e encoding) unit() int64 {
	if e.order == nil {
		return 1
	}
	return 2
}

func (e encoding) decode(r io.Reader) io.Reader {
	if e.order == nil {
		return r
	}
	return &utf16Reader{order: e.order, r: bufio.NewReader(r)}
}

// utf16Reader gives UTF-8 for UTF-16 (RFC 2781); half pairs are replaced.
type utf16Reader struct {
	order binary.ByteOrder
	r     *bufio.Reader
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	n := 0
	for n+utf8.UTFMax <= len(p) {
		r, err := u.rune()
		if err != nil {
			if n > 0 {
				return n, nil
			}
			return 0, err
		}
		if r != '\ufeff' {
			n += utf8.EncodeRune(p[n:], r)
		}
	}
	if n == 0 && len(p) > 0 && len(p) < utf8.UTFMax {
		return 0, io.ErrShortBuffer
	}
	return n, nil
}

func (u *utf16Reader) rune() (rune, error) {
	b, err := u.r.Peek(2)
	if len(b) < 2 {
		u.r.Discard(len(b))
		return 0, err
	}
	first := rune(u.order.Uint16(b))
	u.r.Discard(2)
	if !utf16.IsSurrogate(first) {
		return first, nil
	}
	if b, _ := u.r.Peek(2); len(b) == 2 {
		if r := utf16.DecodeRune(first, rune(u.order.Uint16(b))); r != utf8.RuneError {
			u.r.Discard(2)
			return r, nil
		}
	}
	return utf8.RuneError, nil
}
