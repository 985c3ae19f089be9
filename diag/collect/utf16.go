package collect

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// utf16Text gives text that Windows wrote as UTF-16, little-endian unless a
// byte order mark says otherwise (RFC 2781).
func utf16Text(b []byte) string {
	var order binary.ByteOrder = binary.LittleEndian
	if bytes.HasPrefix(b, []byte{0xfe, 0xff}) {
		order = binary.BigEndian
	}
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		if u := order.Uint16(b); u != 0xfeff {
			units = append(units, u)
		}
	}
	return string(utf16.Decode(units))
}

// windowsText gives text of a file that may be UTF-16 or not.
func windowsText(b []byte) string {
	if bytes.HasPrefix(b, []byte{0xff, 0xfe}) || bytes.HasPrefix(b, []byte{0xfe, 0xff}) {
		return utf16Text(b)
	}
	return string(bytes.ToValidUTF8(bytes.TrimPrefix(b, []byte("\ufeff")), []byte("\uFFFD")))
}
