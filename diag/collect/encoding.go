package collect

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// encoding is how a log's text is written: nil as bytes, which are UTF-8 or
// a code page, else in UTF-16, as Windows programs do.
type encoding struct{ order binary.ByteOrder }

// orderOf tells UTF-16 by its byte order mark, or without one by the zero
// bytes that it has at every other place in texts of the West.
func orderOf(head []byte) encoding {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return encoding{binary.LittleEndian}
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return encoding{binary.BigEndian}
	}
	var zeros [2]int
	for i, b := range head[:len(head)/2*2] {
		if b == 0 {
			zeros[i%2]++
		}
	}
	half := len(head) / 2
	switch {
	case half < 4:
	case zeros[1]*10 >= half*6 && zeros[0]*20 <= half && sensible(head, binary.LittleEndian):
		return encoding{binary.LittleEndian}
	case zeros[0]*10 >= half*6 && zeros[1]*20 <= half && sensible(head, binary.BigEndian):
		return encoding{binary.BigEndian}
	}
	return encoding{}
}

// sensible says whether nearly all would be visible text in UTF-16; tables of
// small numbers have zero bytes at every other place too.
func sensible(head []byte, order binary.ByteOrder) bool {
	odd := 0
	for i := 0; i+1 < len(head); i += 2 {
		if u := order.Uint16(head[i:]); u < ' ' && u != '\n' && u != '\r' && u != '\t' && u != '\f' || u >= 0x7f && u < 0xa0 || u >= 0xfff0 {
			odd++
		}
	}
	return odd*50 <= len(head)/2
}

// unit is how many bytes a character has at least.
func (e encoding) unit() int64 {
	if e.order == nil {
		return 1
	}
	return 2
}

// lineEnd is how many bytes of b are its first line with its line break; -1
// if there is no break. b begins with a whole character.
func (e encoding) lineEnd(b []byte) int {
	if e.order == nil {
		if i := bytes.IndexByte(b, '\n'); i >= 0 {
			return i + 1
		}
		return -1
	}
	for from := 0; ; {
		i := bytes.IndexByte(b[from:], '\n')
		if i < 0 {
			return -1
		}
		i = (from + i) &^ 1
		if i+1 < len(b) && e.order.Uint16(b[i:]) == '\n' {
			return i + 2
		}
		from = i + 2
		if from > len(b) {
			return -1
		}
	}
}

// plain gives the beginning of a line as bytes, which is enough to read a time from.
func (e encoding) plain(line []byte) []byte {
	if e.order == nil {
		return line
	}
	text := make([]byte, 0, min(len(line)/2, stampDepthJSON))
	for i := 0; i+1 < len(line) && len(text) < cap(text); i += 2 {
		u := e.order.Uint16(line[i:])
		if u == 0xfeff {
			continue
		}
		text = append(text, byte(min(u, 0x7f)))
	}
	return text
}

func (e encoding) decode(r io.Reader) io.Reader {
	if e.order == nil {
		return r
	}
	return &utf16Reader{order: e.order, r: bufio.NewReaderSize(r, 64<<10)}
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

// decodeAll passes text on as it is written: UTF-16 as such, the rest as bytes.
func decodeAll(w io.Writer, text []byte) error {
	head := text[:min(len(text), 4<<10)]
	_, err := io.Copy(w, orderOf(head).decode(bytes.NewReader(text)))
	return err
}
