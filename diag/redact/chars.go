package redact

// chars is a set of bytes.
type chars [256 / 64]uint64

func (c *chars) has(b byte) bool { return c[b>>6]>>(b&63)&1 == 1 }

// set makes a set of ranges ("a-z") and single bytes; a dash that is meant
// stands last.
func set(spec string) (c chars) {
	for i := 0; i < len(spec); i++ {
		lo, hi := spec[i], spec[i]
		if i+2 < len(spec) && spec[i+1] == '-' {
			hi = spec[i+2]
			i += 2
		}
		for b := int(lo); b <= int(hi); b++ {
			c[b>>6] |= 1 << (b & 63)
		}
	}
	return c
}

var (
	alnum    = set("A-Za-z0-9")
	wordSet  = set("A-Za-z0-9_\x80-\xff")
	upperNum = set("A-Z0-9")
	hexSet   = set("0-9a-fA-F")
	base64   = set("A-Za-z0-9+/=")
	urlSafe  = set("A-Za-z0-9_-")
	tokenSet = set("A-Za-z0-9_.~+/=%-")
	labelSet = set("A-Za-z0-9_-")
)

func isDigit(c byte) bool  { return c-'0' < 10 }
func isLetter(c byte) bool { return c|0x20-'a' < 26 }
func isAlnum(c byte) bool  { return isDigit(c) || isLetter(c) }
func isWord(c byte) bool   { return wordSet.has(c) }
func isBlank(c byte) bool  { return c == ' ' || c == '\t' }
func isQuote(c byte) bool  { return c == '"' || c == '\'' || c == '`' }
func isBreak(c byte) bool  { return c == '\n' || c == '\r' }

func lower(c byte) byte {
	if c-'A' < 26 {
		return c | 0x20
	}
	return c
}

// foldAt reports whether text stands at i in b, letters in either case; text is lower case.
func foldAt(b []byte, i int, text string) bool {
	if i < 0 || i+len(text) > len(b) {
		return false
	}
	for k := range len(text) {
		if lower(b[i+k]) != text[k] {
			return false
		}
	}
	return true
}
