package collect

import (
	"bytes"
	"io"
	"unicode/utf8"
)

const plainText = "text/plain; charset=utf-8"

// textWriter passes text on and replaces bytes that are no UTF-8.
type textWriter struct {
	w    io.Writer
	rest []byte // the beginning of a rune whose end is still to come
}

func (t *textWriter) Write(p []byte) (int, error) {
	text := p
	if len(t.rest) > 0 {
		text = append(t.rest, p...)
		t.rest = nil
	}
	whole := wholeRunes(text)
	t.rest = bytes.Clone(text[whole:])
	return len(p), t.pass(text[:whole])
}

func (t *textWriter) pass(text []byte) error {
	if !utf8.Valid(text) { // seldom, and it costs a copy
		text = bytes.ToValidUTF8(text, []byte("\uFFFD"))
	}
	_, err := t.w.Write(text)
	return err
}

// wholeRunes is how much of text can be judged without what follows it.
func wholeRunes(text []byte) int {
	for i := 1; i <= min(utf8.UTFMax-1, len(text)); i++ {
		if b := text[len(text)-i]; utf8.RuneStart(b) {
			if !utf8.FullRune(text[len(text)-i:]) {
				return len(text) - i
			}
			break
		}
	}
	return len(text)
}

// finishText ends t and the file w under it; err is what went wrong before.
func finishText(t *textWriter, w io.Closer, err error) error {
	if err == nil && len(t.rest) > 0 {
		err = t.pass(t.rest)
	}
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	return err
}
