package terms

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/german"
)

// stem is a word's stem by Snowball's algorithm (https://snowballstem.org),
// folded. word is in lower case.
func stem(word string, l Language) string {
	if utf8.RuneCountInString(word) < 3 || len(word) > maxTerm {
		return fold(word)
	}
	switch l {
	case German:
		env := snowballstem.NewEnv(umlauts(word))
		german.Stem(env)
		return fold(env.Current())
	case Dutch:
		env := snowballstem.NewEnv(word)
		dutch.Stem(env)
		return fold(single(env.Current()))
	}
	if i := strings.IndexAny(word, "'’"); i > 0 {
		word = word[:i]
	}
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	return fold(env.Current())
}

// single takes one of two letters off a word's end: Snowball's Dutch makes bonn
// of bonnen and bon of bon.
func single(word string) string {
	if n := len(word); n > 2 && word[n-1] == word[n-2] && word[n-1] < 0x80 {
		return word[:n-1]
	}
	return word
}

// umlauts writes ae, oe and ue as ä, ö and ü, as Snowball's German2 does: they
// are what keyboards without umlauts are used for. Of "queue" and "neue" it
// makes the same on both sides, which is what counts.
func umlauts(word string) string {
	if !strings.Contains(word, "e") {
		return word
	}
	var b strings.Builder
	last := byte(0)
	for i := 0; i < len(word); i++ {
		c := word[i]
		if i+1 < len(word) && word[i+1] == 'e' && (c == 'a' || c == 'o' || c == 'u' && last != 'q') {
			b.WriteString(map[byte]string{'a': "ä", 'o': "ö", 'u': "ü"}[c])
			i++
			last = 'e'
			continue
		}
		b.WriteByte(c)
		last = c
	}
	return b.String()
}

// fold takes marks off letters, and bounds what is left.
func fold(word string) string {
	plain := true
	for i := range len(word) {
		if word[i] >= 0x80 {
			plain = false
			break
		}
	}
	if !plain {
		word = strings.Map(func(r rune) rune {
			if to, ok := folded[r]; ok {
				return to
			}
			if unicode.Is(unicode.Mn, r) || r == '’' {
				return -1
			}
			return r
		}, strings.ReplaceAll(word, "ß", "ss"))
	}
	if len(word) > maxTerm {
		n := maxTerm
		for !utf8.RuneStart(word[n]) {
			n--
		}
		word = word[:n]
	}
	return word
}

var folded = func() map[rune]rune {
	m := map[rune]rune{}
	for to, from := range map[rune]string{
		'a': "áàâäãåā", 'c': "çćč", 'e': "éèêëēěę", 'i': "íìîïī", 'l': "ł", 'n': "ñńň", 'o': "óòôöõøō", 'r': "ř",
		's': "śšş", 'u': "úùûüūů", 'y': "ýÿ", 'z': "źžż", 'd': "ďđ", 't': "ťţ",
	} {
		for _, r := range from {
			m[r] = to
		}
	}
	return m
}()
