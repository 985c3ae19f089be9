package backup

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// line is a row on its way to JSON: an array of its columns' values. Numbers
// are numbers, bytes are base64; a text that is no UTF-8 is {"bytes": base64}.
type line struct {
	head    []byte
	columns []column
	values  []any
	targets []any
}

func newLine(t table) *line {
	l := &line{columns: t.columns, values: make([]any, len(t.columns)), targets: make([]any, len(t.columns))}
	var names []string
	for i := range l.values {
		l.targets[i] = &l.values[i]
		names = append(names, t.columns[i].name)
	}
	l.head, _ = json.Marshal(names) // texts always can be
	l.head = append(l.head, '\n')
	return l
}

type rawText struct {
	Bytes []byte `json:"bytes"`
}

func (l *line) write(b *bytes.Buffer) error {
	b.WriteByte('[')
	for i, v := range l.values {
		if i > 0 {
			b.WriteByte(',')
		}
		text, err := encoded(l.columns[i].kind, v)
		if err != nil {
			return fmt.Errorf("column %s: %w", l.columns[i].name, err)
		}
		b.Write(text)
	}
	b.WriteString("]\n")
	return nil
}

func encoded(k kind, v any) ([]byte, error) {
	if v == nil {
		return []byte("null"), nil
	}
	switch k {
	case isInteger:
		if n, is := v.(int64); is {
			return strconv.AppendInt(nil, n, 10), nil
		}
	case isReal:
		if n, is := v.(float64); is {
			return json.Marshal(n)
		}
	case isBytes:
		if b, is := v.([]byte); is {
			return json.Marshal(append([]byte{}, b...)) // nil would be null
		}
	case isText:
		if b, is := v.([]byte); is {
			v = string(b)
		}
		if s, is := v.(string); is {
			if !utf8.ValidString(s) {
				return json.Marshal(rawText{[]byte(s)})
			}
			return json.Marshal(s)
		}
	}
	return nil, fmt.Errorf("a %T is not what such a column holds", v)
}

var errValue = errors.New("a value is not what its column holds")

// decoded is a value for the database.
func decoded(k kind, text json.RawMessage) (any, error) {
	if string(text) == "null" {
		return nil, nil
	}
	switch k {
	case isInteger:
		return strconv.ParseInt(string(text), 10, 64)
	case isReal:
		return strconv.ParseFloat(string(text), 64)
	case isBytes:
		var s string
		if err := json.Unmarshal(text, &s); err != nil {
			return nil, errValue
		}
		return base64.StdEncoding.DecodeString(s)
	}
	if len(text) > 0 && text[0] == '{' {
		var raw rawText
		if err := json.Unmarshal(text, &raw); err != nil {
			return nil, errValue
		}
		return string(raw.Bytes), nil
	}
	var s string
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, errValue
	}
	return s, nil
}
