package redact

import (
	"bytes"
	"encoding/json"
	"io"
)

// maxJSON is how large a JSON value may be, in bytes.
const maxJSON = 16 << 20

// JSON takes the redacted text of one JSON value and lets it stay one: a
// placeholder that stands where a number stood is put between quotation marks.
// Nothing is written before Close. What is none or too large is refused.
type JSON struct {
	dst  io.Writer
	text []byte
}

// NewJSON makes a writer into dst.
func NewJSON(dst io.Writer) *JSON { return &JSON{dst: dst} }

func (j *JSON) Write(p []byte) (int, error) {
	if len(j.text)+len(p) > maxJSON {
		return 0, &Refused{Reason: "it is larger than can be redacted"}
	}
	j.text = append(j.text, p...)
	return len(p), nil
}

// Close writes the value.
func (j *JSON) Close() error {
	text := j.text
	if !json.Valid(text) {
		if text = quoteBare(text); !json.Valid(text) {
			return &Refused{Reason: "it would be no JSON any more"}
		}
	}
	_, err := j.dst.Write(text)
	return err
}

// quoteBare puts placeholders that stand outside of strings between quotation
// marks.
func quoteBare(text []byte) []byte {
	const ahead = 40 // as far as placeholder looks
	b := append(bytes.Clone(text), make([]byte, ahead)...)
	out := make([]byte, 0, len(text)+64)
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := b[i]; {
		case quoted && c == '\\':
			out = append(out, c)
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && c == '<':
			if e := placeholder(b, i); e > 0 && e <= len(text) {
				out = append(append(append(out, '"'), b[i:e]...), '"')
				i = e - 1
				continue
			}
		}
		if i < len(text) {
			out = append(out, b[i])
		}
	}
	return out
}
