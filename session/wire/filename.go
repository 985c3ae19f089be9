package wire

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reserved are names that mean a device on Windows, with any ending.
var reserved = []string{
	"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
	"COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
	"LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
}

// blankBraille is a character that is seen, and has nothing to see.
const blankBraille = '\u2800'

// FileName makes a name that is a file's on every system and nothing else: no
// path, no device, no character that is not seen, at most MaxNamed bytes. What
// it gives it leaves as it is; a message with another name is none.
func FileName(name string) string {
	name = strings.ToValidUTF8(name, "_")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case r == unicode.ReplacementChar, strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		case unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
			return -1 // also what turns the direction of reading
		case unicode.IsSpace(r), r == blankBraille:
			return ' '
		}
		return r
	}, name)
	name = trimName(strings.Join(strings.Fields(name), " ")) // many spaces push the ending out of sight
	if len(name) > MaxNamed-1 {                              // one for the mark of a reserved name
		end := path.Ext(name)
		if len(end) > 20 {
			end = ""
		}
		name = trimName(cut(name[:len(name)-len(end)], MaxNamed-1-len(end)) + end)
	}
	stem, _, _ := strings.Cut(name, ".")
	if slices.Contains(reserved, strings.ToUpper(strings.TrimRightFunc(stem, unicode.IsSpace))) {
		name = "_" + name
	}
	if name == "" {
		return "file"
	}
	return name
}

// trimName takes away what Windows takes away by itself, and what makes a
// name a folder's or hides it.
func trimName(name string) string {
	odd := func(r rune) bool { return unicode.IsSpace(r) || r == '.' }
	return strings.TrimFunc(name, odd)
}

// cut shortens text to at most n bytes without breaking a character.
func cut(text string, n int) string {
	for len(text) > n {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text
}
