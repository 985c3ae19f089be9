package collect

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

const plainText = "text/plain; charset=utf-8"

// textWriter passes text on as UTF-8. Lines that are none are put into it
// from a code page if one makes sense of them, and else have their bytes
// replaced. Runs of zero bytes, as a power cut leaves them in files, become
// a note of how many there were.
type textWriter struct {
	w     io.Writer
	rest  []byte           // the beginning of a rune whose end is still to come
	pages codePages        // zero is western
	page  *charmap.Charmap // chosen by the first lines that are no UTF-8; nil until then
	zeros int64            // zero bytes that have come and are not yet told
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
	if t.zeros > 0 || bytes.IndexByte(text, 0) >= 0 {
		return t.passZeros(text)
	}
	return t.passText(text)
}

// passZeros parts text at its zero bytes.
func (t *textWriter) passZeros(text []byte) error {
	for len(text) > 0 {
		n := 0
		for n < len(text) && text[n] == 0 {
			n++
		}
		t.zeros += int64(n)
		if text = text[n:]; len(text) == 0 {
			return nil // more of them may follow
		}
		if err := t.tellZeros(); err != nil {
			return err
		}
		end := bytes.IndexByte(text, 0)
		if end < 0 {
			end = len(text)
		}
		if err := t.passText(text[:end]); err != nil {
			return err
		}
		text = text[end:]
	}
	return nil
}

func (t *textWriter) tellZeros() error {
	if t.zeros == 0 {
		return nil
	}
	_, err := fmt.Fprintf(t.w, "[%d zero bytes]", t.zeros)
	t.zeros = 0
	return err
}

func (t *textWriter) passText(text []byte) error {
	if !utf8.Valid(text) { // seldom, and it costs a copy
		text = t.repair(text)
	}
	_, err := t.w.Write(text)
	return err
}

// repair goes line by line, as one log can have two writers.
func (t *textWriter) repair(text []byte) []byte {
	if t.page == nil {
		var strange []byte
		for line := range bytes.Lines(text) {
			if !utf8.Valid(line) && len(strange) < 64<<10 {
				strange = append(strange, line...)
			}
		}
		if t.pages == (codePages{}) {
			t.pages = western()
		}
		t.page = t.pages.guess(strange)
	}
	out := make([]byte, 0, len(text)+len(text)/8)
	for line := range bytes.Lines(text) {
		switch {
		case utf8.Valid(line):
			out = append(out, line...)
		case t.page != nil:
			out = pageText(out, line, t.page)
		default:
			out = append(out, bytes.ToValidUTF8(line, []byte("\uFFFD"))...)
		}
	}
	return out
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

// end passes on what is still held.
func (t *textWriter) end() error {
	if err := t.tellZeros(); err != nil || len(t.rest) == 0 {
		return err
	}
	rest := t.rest
	t.rest = nil
	if t.page != nil {
		_, err := t.w.Write(pageText(nil, rest, t.page))
		return err
	}
	_, err := t.w.Write([]byte("\uFFFD"))
	return err
}

// finishText ends t and the file w under it; err is what went wrong before.
func finishText(t *textWriter, w io.Closer, err error) error {
	if err == nil {
		err = t.end()
	}
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	return err
}
