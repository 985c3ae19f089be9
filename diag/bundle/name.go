package bundle

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDepth is how many elements a path may have.
const maxDepth = 8

// reserved are the names that Windows keeps for devices, with any extension.
var reserved = []string{
	"con", "prn", "aux", "nul", "conin$", "conout$",
	"com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
}

// checkPath says in words why a path could not be unpacked safely on every
// system, or "" if it can.
func checkPath(path string) string {
	switch {
	case path == "":
		return "has no name"
	case len(path) > MaxPath:
		return "has too long a name"
	case !utf8.ValidString(path):
		return "has a name that is not UTF-8"
	case strings.ContainsAny(path, "\\:<>|?*\""):
		return "has a name with a character that some systems give a meaning of its own"
	case strings.ContainsFunc(path, unprintable):
		return "has a name with an invisible character"
	}
	elements := strings.Split(path, "/")
	if len(elements) > maxDepth {
		return "lies too many folders deep"
	}
	for _, e := range elements {
		switch {
		case e == "":
			return "is an absolute path or has an empty part"
		case strings.HasSuffix(e, "."), strings.HasSuffix(e, " "), strings.HasPrefix(e, " "):
			return "has a part that begins or ends with a space, or ends in a dot"
		}
		stem, _, _ := strings.Cut(strings.ToLower(e), ".")
		if slices.Contains(reserved, strings.TrimRight(stem, " ")) {
			return "has a name that Windows keeps for a device"
		}
	}
	return ""
}

// unprintable also covers the characters that turn the direction of writing,
// with which a name can pose as another.
func unprintable(r rune) bool { return !unicode.IsGraphic(r) }

// names are the paths taken so far, as a system that ignores case sees them.
type names map[string]bool // true: a file; false: a folder

// take adds a file's path and says in words why it cannot be, or "".
func (n names) take(path string) string {
	folded := strings.ToLower(path)
	if _, taken := n[folded]; taken {
		return "is there twice"
	}
	for i, r := range folded {
		if r == '/' && n[folded[:i]] {
			return "lies in a folder that is also a file"
		}
	}
	for i, r := range folded {
		if r == '/' {
			n[folded[:i]] = false
		}
	}
	n[folded] = true
	return ""
}
