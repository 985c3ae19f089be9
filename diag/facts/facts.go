// Package facts turns the machine's facts, collected as JSON, into lines that a person reads.
package facts

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line is one fact. A line without Value is a heading for the deeper lines below it.
type Line struct {
	Depth int
	Key   string // English words, such as "total"
	Value string // with its unit, such as "15.6 GB"
	Named bool   // a heading whose Key is no words of ours but a name out of the facts, such as "eth0"
}

// What is read and shown; the rest is left out, and a last line says so.
const (
	MaxInput = 4 << 20 // bytes
	MaxLines = 5000
	MaxDepth = 16
	MaxValue = 500 // characters
)

// errEnough ends reading once MaxLines are there.
var errEnough = errors.New("enough lines")

// Lines reads one JSON document. Keys say their unit by suffix: _bytes,
// _percent, _seconds, _milliseconds, _mhz, _hz, _celsius, _mm, _pixels, _time
// (RFC 3339). A list of texts
// or numbers is one line; a list of objects has one heading for each, which
// is the object's first value if that is a text, else its number. Deeper than MaxDepth is
// an error, as is what is no JSON.
func Lines(doc []byte) ([]Line, error) {
	if len(doc) > MaxInput {
		return nil, fmt.Errorf("read facts: larger than %s", Size(MaxInput))
	}
	r := &reader{d: json.NewDecoder(bytes.NewReader(doc))}
	r.d.UseNumber()
	t, err := r.d.Token()
	if err == nil {
		err = r.value(0, "", t)
	}
	if err == nil {
		if _, more := r.d.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something stands behind the end")
		}
	}
	if errors.Is(err, errEnough) {
		return append(r.lines, Line{Key: "…", Value: "the rest is left out"}), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	return r.lines, nil
}

// reader turns tokens into lines; its depth is that of the lines.
type reader struct {
	d     *json.Decoder
	lines []Line
}

func (r *reader) add(depth int, key, value string) error {
	return r.line(Line{Depth: depth, Key: key, Value: value})
}

func (r *reader) line(l Line) error {
	if len(r.lines) >= MaxLines {
		return errEnough
	}
	l.Key, l.Value = shorten(l.Key), shorten(l.Value)
	r.lines = append(r.lines, l)
	return nil
}

// value reads the value that begins with t and stands behind key, "" for the whole.
func (r *reader) value(depth int, key string, t json.Token) error {
	if depth > MaxDepth {
		return fmt.Errorf("values lie more than %d deep in each other", MaxDepth)
	}
	switch t {
	case json.Delim('{'):
		if key != "" {
			if err := r.add(depth, Words(key), ""); err != nil {
				return err
			}
			depth++
		}
		return r.object(depth, 0, 0)
	case json.Delim('['):
		return r.array(depth, key)
	}
	return r.add(depth, Words(key), Human(key, t))
}

// object reads an object's pairs into lines at depth+inset. With an inset the
// object is a list's number'th and has a heading: its first value, if that is
// a text, or its number.
func (r *reader) object(depth, inset, number int) error {
	first := true
	for r.d.More() {
		k, err := r.d.Token()
		if err != nil {
			return err
		}
		key, _ := k.(string)
		t, err := r.d.Token()
		if err != nil {
			return err
		}
		if first && inset > 0 {
			name, isText := t.(string)
			if !isText {
				name = strconv.Itoa(number)
			}
			if err := r.line(Line{Depth: depth, Key: clean(name), Named: true}); err != nil {
				return err
			}
			if isText {
				first = false
				continue
			}
		}
		first = false
		if err := r.value(depth+inset, key, t); err != nil {
			return err
		}
	}
	_, err := r.d.Token() // the closing brace
	return err
}

func (r *reader) array(depth int, key string) error {
	var flat []string
	heading := func() error {
		if key == "" {
			return nil
		}
		err := r.add(depth, Words(key), "")
		key, depth = "", depth+1
		return err
	}
	for count := 1; r.d.More(); count++ {
		t, err := r.d.Token()
		if err != nil {
			return err
		}
		if _, nested := t.(json.Delim); !nested {
			if len(flat) < MaxValue {
				flat = append(flat, Human(key, t))
			}
			continue
		}
		if depth+1 > MaxDepth {
			return fmt.Errorf("values lie more than %d deep in each other", MaxDepth)
		}
		if err := heading(); err != nil {
			return err
		}
		if t == json.Delim('{') {
			err = r.object(depth, 1, count)
		} else {
			err = r.array(depth+1, "")
		}
		if err != nil {
			return err
		}
	}
	if _, err := r.d.Token(); err != nil { // the closing bracket
		return err
	}
	switch {
	case len(flat) > 0:
		return r.add(depth, Words(key), strings.Join(flat, ", "))
	case key != "":
		return r.add(depth, Words(key), "none")
	}
	return nil
}

// clean keeps a text on one line and free of what cannot be seen.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return ' '
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

func shorten(s string) string {
	if utf8.RuneCountInString(s) <= MaxValue {
		return s
	}
	return string([]rune(s)[:MaxValue-1]) + "…"
}
