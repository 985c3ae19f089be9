package collect

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// codePages are what programs without Unicode write on this system: that of
// windows and that of the console.
type codePages struct{ windows, console *charmap.Charmap }

// western are those of Western Europe, and what a file from elsewhere is most likely in.
func western() codePages { return codePages{charmap.Windows1252, charmap.CodePage850} }

// common are the letters and signs beyond ASCII that texts of Western Europe
// consist of; what turns up beside them is a sign of the wrong code page.
const common = "äöüÄÖÜßéèêëàâáåçñóòôíìîïúùûøæœÉÈÀÇÅØÑ€§°²³µ«»„“”‚‘’–…·£±©®"

// guess says which page bytes are in that are no UTF-8; nil if neither makes
// sense. Words of a language make it plain: in the wrong one, umlauts become
// box drawings, signs or letters that no word has.
func (p codePages) guess(lines []byte) *charmap.Charmap {
	best, most := (*charmap.Charmap)(nil), 0
	for _, page := range []*charmap.Charmap{p.windows, p.console} {
		if page == nil {
			continue
		}
		points, high := score(page, lines)
		if points > most && points >= high {
			best, most = page, points
		}
	}
	return best
}

// score gives a point for each byte beyond ASCII whose character is at home
// in a word, and takes two for one that is not.
func score(page *charmap.Charmap, lines []byte) (points, high int) {
	for i, b := range lines {
		if b < 0x80 {
			continue
		}
		high++
		r := page.DecodeByte(b)
		near := i > 0 && wordByte(lines[i-1]) || i+1 < len(lines) && wordByte(lines[i+1])
		switch {
		case strings.ContainsRune(common, r):
			points += 3
		case unicode.IsLetter(r) && near && b != 0xff:
			points++
		default:
			points -= 2
		}
	}
	return points, high
}

func wordByte(b byte) bool { return isLetter(b) || b >= 0x80 }

// pageText puts text in a code page into UTF-8; bytes that the page does not have are replaced.
func pageText(to, text []byte, page *charmap.Charmap) []byte {
	for _, b := range text {
		if b < 0x80 {
			to = append(to, b)
			continue
		}
		to = append(to, string(page.DecodeByte(b))...)
	}
	return to
}
