package redact

import "testing"

func TestClassifyAgreesWithPlainComparison(t *testing.T) {
	isDigit := func(c byte) bool { return c >= '0' && c <= '9' }
	isWord := func(c byte) bool {
		return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
	}
	for at := range block {
		for c := range 256 {
			var b [block]byte
			for i := range b {
				b[i] = byte(i * 37)
			}
			b[at] = byte(c)
			word, digit := classify(&b)
			for i, c := range b {
				if (word>>i&1 == 1) != isWord(c) || (digit>>i&1 == 1) != isDigit(c) {
					t.Fatalf("byte %#x at %d: word %v digit %v", c, i, word>>i&1, digit>>i&1)
				}
			}
		}
	}
}

func BenchmarkClassify(b *testing.B) {
	buf := make([]byte, 64<<10)
	for i := range buf {
		buf[i] = byte(i*7 + i>>5)
	}
	b.SetBytes(int64(len(buf)))
	var s uint64
	for b.Loop() {
		for i := 0; i+block <= len(buf); i += block {
			w, d := classify((*[block]byte)(buf[i : i+block]))
			s += w ^ d
		}
	}
	_ = s
}
