package parse

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// toUTF8 reads text in a charset. Where that is not named, not known or not
// what it is, it is UTF-8 when it can be, and Windows-1252 else.
func toUTF8(b []byte, charset string) string {
	if e := find(charset); e != nil {
		if out, err := e.NewDecoder().Bytes(b); err == nil {
			return strings.ToValidUTF8(string(out), "\uFFFD")
		}
	}
	if utf8.Valid(b) {
		return string(b)
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(out)
}

// find gives a charset's encoding; nil for UTF-8, ASCII and what is not known.
func find(charset string) encoding.Encoding {
	charset = strings.ToLower(strings.Trim(charset, " '\""))
	switch charset {
	case "", "utf-8", "utf8", "us-ascii", "ascii", "unknown-8bit", "binary", "x-user-defined", "replacement":
		return nil
	}
	if e, err := htmlindex.Get(charset); err == nil {
		if name, err := htmlindex.Name(e); err != nil || name == "replacement" {
			return nil
		}
		return e
	}
	if e, err := ianaindex.MIME.Encoding(charset); err == nil {
		return e
	}
	return nil
}

// lines is a text of several as it is kept: LF, without what cannot be shown.
func lines(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ").Replace(s)
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == utf8.RuneError:
			return r
		case hidden(r) || r == 0xfeff:
			return -1
		}
		return r
	}, s)
	return strings.Trim(s, "\n")
}
