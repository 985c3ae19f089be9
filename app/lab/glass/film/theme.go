package film

import (
	_ "embed"
	"strings"
)

// corpus is the text that every scene shows. It must never change, or figures
// that were taken before compare no more.
//
//go:embed corpus.txt
var corpus string

var corpusLines = strings.Split(strings.ReplaceAll(corpus, "\t", "    "), "\n")

// line returns line i of the endless, repeating corpus.
func line(i int) string { return corpusLines[i%len(corpusLines)] }

// theme is a colour scheme of an editor.
type theme struct{ bg, fg, keyword, str, comment, number, bar uint32 }

var (
	light = theme{0xffffff, 0x24292e, 0xb31d28, 0x032f62, 0x6a737d, 0x005cc5, 0xe1e4e8}
	dark  = theme{0x1e1e1e, 0xd4d4d4, 0x569cd6, 0xce9178, 0x6a9955, 0xb5cea8, 0x333333}
)

var keywords = map[string]bool{
	"func": true, "return": true, "if": true, "for": true, "range": true,
	"var": true, "type": true, "struct": true, "const": true, "import": true, "package": true,
	"switch": true, "case": true, "else": true, "defer": true, "go": true, "nil": true,
}

// colours gives each byte of a source line its colour, roughly as an editor
// would: coloured text is what chroma subsampling hurts.
func (th theme) colours(s string) []uint32 {
	out := make([]uint32, len(s))
	for i := range out {
		out[i] = th.fg
	}
	paint := func(from, to int, c uint32) {
		for ; from < to; from++ {
			out[from] = c
		}
	}
	isWord := func(b byte) bool {
		return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
	}
	for i := 0; i < len(s); {
		j := i + 1
		switch {
		case strings.HasPrefix(s[i:], "//"):
			j = len(s)
			paint(i, j, th.comment)
		case s[i] == '"' || s[i] == '\'':
			for j < len(s) && s[j] != s[i] {
				j++
			}
			j = min(j+1, len(s))
			paint(i, j, th.str)
		case isWord(s[i]):
			for j < len(s) && isWord(s[j]) {
				j++
			}
			if keywords[s[i:j]] {
				paint(i, j, th.keyword)
			} else if s[i] <= '9' {
				paint(i, j, th.number)
			}
		}
		i = j
	}
	return out
}
