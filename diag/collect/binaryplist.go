package collect

import (
	"bytes"
	"encoding/binary"
)

// plistTextsOf gives the texts of a dictionary in either form of property lists.
func plistTextsOf(b []byte) map[string]string {
	if !bytes.HasPrefix(b, []byte(binaryMark)) {
		return plistTexts(string(b))
	}
	return binaryTexts(b)
}

// binaryMark begins a property list in binary form (CFBinaryPList.c).
const binaryMark = "bplist00"

// binaryTexts reads the texts of the dictionary that a binary list consists
// of: objects, then a table of their places, then 32 bytes that describe it.
// What is not well formed gives nothing.
func binaryTexts(b []byte) map[string]string {
	const trailer = 32
	if len(b) < len(binaryMark)+trailer {
		return nil
	}
	end := b[len(b)-trailer:]
	l := binaryList{b: b, offset: int(end[6]), reference: int(end[7]), count: binary.BigEndian.Uint64(end[8:]), table: binary.BigEndian.Uint64(end[24:])}
	top := binary.BigEndian.Uint64(end[16:])
	if l.offset < 1 || l.offset > 8 || l.reference < 1 || l.reference > 8 || l.table > uint64(len(b)) || l.count > uint64(len(b)) {
		return nil
	}
	kind, size, body := l.object(top)
	if kind != 0xd || size > len(body)/(2*l.reference) {
		return nil
	}
	texts := map[string]string{}
	for i := range size {
		key, ok := l.text(number(body[i*l.reference:][:l.reference]))
		if value, isText := l.text(number(body[(size+i)*l.reference:][:l.reference])); ok && isText {
			texts[key] = value
		}
	}
	return texts
}

type binaryList struct {
	b                 []byte
	offset, reference int    // bytes of a place and of an object's number
	count, table      uint64 // objects, and where their places stand
}

// object gives an object's kind, the number of its elements and what follows.
func (l binaryList) object(n uint64) (kind byte, size int, body []byte) {
	if n >= l.count || l.table+(n+1)*uint64(l.offset) > uint64(len(l.b)) {
		return 0, 0, nil
	}
	at := number(l.b[l.table+n*uint64(l.offset):][:l.offset])
	if at >= uint64(len(l.b)) {
		return 0, 0, nil
	}
	kind, size, body = l.b[at]>>4, int(l.b[at]&0xf), l.b[at+1:]
	if size == 0xf && len(body) > 0 && body[0]>>4 == 1 { // the size is a number that follows
		width := 1 << (body[0] & 0xf)
		if width > 8 || len(body) < 1+width {
			return 0, 0, nil
		}
		long := number(body[1 : 1+width])
		if long > uint64(len(body)) {
			return 0, 0, nil
		}
		size, body = int(long), body[1+width:]
	}
	return kind, size, body
}

func (l binaryList) text(n uint64) (string, bool) {
	kind, size, body := l.object(n)
	switch {
	case kind == 5 && size <= len(body): // ASCII
		return string(body[:size]), true
	case kind == 6 && size <= len(body)/2: // UTF-16, big-endian
		return utf16Text(append([]byte{0xfe, 0xff}, body[:2*size]...)), true
	}
	return "", false
}

func number(b []byte) uint64 {
	var n uint64
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return n
}
