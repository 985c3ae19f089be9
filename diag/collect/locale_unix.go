//go:build unix

package collect

import (
	"cmp"
	"strings"
)

const foldNames = false

// localeOf gives the locale of characters and whether it is one of UTF-8 (locale(7)).
func localeOf(values map[string]string) (locale string, utf8 bool, codePage string) {
	locale = cmp.Or(values["LC_ALL"], values["LC_CTYPE"], values["LANG"])
	set := strings.ToLower(strings.ReplaceAll(locale, "-", ""))
	return locale, strings.Contains(set, ".utf8"), ""
}
