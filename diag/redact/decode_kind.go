package redact

import (
	"bytes"
	"encoding/binary"
)

// magics are how files begin that are no text and not packed text.
var magics = []struct{ begin, what string }{
	{"SQLite format 3\x00", "a database"},
	{"\x7fELF", "a program"},
	{"ElfFile\x00", "a Windows event log file"},
	{"LPKSHHRH", "a journal file"},
	{"7z\xbc\xaf\x27\x1c", "packed with 7-Zip"},
	{"Rar!\x1a\x07", "a RAR archive"},
	{"\x04\x22\x4d\x18", "packed with LZ4"},
	{"\x1f\x9d", "packed with compress"},
	{"MSCF\x00\x00\x00\x00", "a cabinet archive"},
	{"%PDF-", "a PDF document"},
	{"\x89PNG\r\n\x1a\n", "a picture"},
	{"\xff\xd8\xff", "a picture"},
	{"GIF8", "a picture"},
	{"MDMP", "a crash dump"},
	{"PAGEDU", "a crash dump"},
	{"regf", "a registry file"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an office program"},
	{"age-encryption.org/", "encrypted"},
	{"Salted__", "encrypted"},
}

// kindByMagic says what a file is by its beginning, "" if that says nothing.
func kindByMagic(head []byte) string {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.begin)) {
			return m.what
		}
	}
	if len(head) > 262 && string(head[257:262]) == "ustar" {
		return "a tar archive"
	}
	return ""
}

// packing is how text is packed.
type packing int

const (
	unpacked packing = iota
	gzipped
	zstded
	xzed
	bzipped
	zipped
)

func packingOf(head []byte) packing {
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return gzipped
	case len(head) >= 4 && isZstd(binary.LittleEndian.Uint32(head)):
		return zstded
	case bytes.HasPrefix(head, []byte("\xfd7zXZ\x00")):
		return xzed
	case len(head) >= 10 && string(head[:3]) == "BZh" && (string(head[4:10]) == "1AY&SY" || string(head[4:10]) == "\x17\x72\x45\x38\x50\x90"):
		return bzipped
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")), bytes.HasPrefix(head, []byte("PK00PK\x03\x04")):
		return zipped
	}
	return unpacked
}

// isZstd knows frames and the skippable ones that may stand before (RFC 8878,
// sections 3.1.1 and 3.1.2).
func isZstd(magic uint32) bool { return magic == 0xfd2fb528 || magic&^0xf == 0x184d2a50 }
