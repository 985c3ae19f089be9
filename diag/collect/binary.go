package collect

import (
	"bytes"
	"fmt"
)

// magics are how files begin that people take for logs, and are none to read as text.
var magics = map[string]string{
	"ElfFile\x00": "a Windows event log file", "LPKSHHRH": "a journal file", "SQLite format 3\x00": "a database",
	"\x7fELF": "a program", "MZ": "a program", zipLocal: "a zip archive", xzMagic: "packed with xz", "7z\xbc\xaf\x27\x1c": "packed with 7-Zip",
	"\x89PNG\r\n\x1a\n": "a picture", "\xff\xd8\xff": "a picture", "%PDF-": "a PDF document", "MDMP": "a crash dump", "PAGEDU": "a crash dump",
	"\x04\x22\x4d\x18": "packed with LZ4", "Rar!\x1a\x07": "a RAR archive", "\x1f\x9d": "packed with compress",
}

// binaryError refuses what is no text, and says what it is.
type binaryError struct{ path, what string }

func (e *binaryError) Error() string {
	return fmt.Sprintf("log file %q is no text but %s", e.path, e.what)
}

// kindByMagic says what a file is by its beginning, "" if that says nothing.
func kindByMagic(head []byte) string {
	for magic, what := range magics {
		if bytes.HasPrefix(head, []byte(magic)) && (len(magic) > 2 || odd(head)) {
			return what
		}
	}
	return ""
}

// odd says whether more than a tenth of the bytes are none that text has, or
// more than a third are beyond ASCII and make no sense in any way. Runs of
// zeros do not count: a power cut leaves them in texts.
func odd(sample []byte) bool {
	control, high, counted, zeros := 0, 0, 0, 0
	for _, b := range sample {
		if b == 0 {
			zeros++
			continue
		}
		if zeros < 32 {
			control += zeros
			counted += zeros
		}
		zeros = 0
		counted++
		switch {
		case b >= 0x80:
			high++
		case b < ' ' && bytes.IndexByte([]byte("\t\n\r\f\x1b\b"), b) < 0, b == 0x7f:
			control++
		}
	}
	if control*10 > counted {
		return true
	}
	if high*3 <= counted {
		return false
	}
	valid := bytes.ToValidUTF8(sample, nil)
	return len(valid)*10 < len(sample)*9 && western().guess(sample[:min(len(sample), 64<<10)]) == nil
}
