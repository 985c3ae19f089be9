package redact

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"unicode/utf8"
)

// storeVersion is the version of the form in which names are kept.
const storeVersion = 1

// MaxStore is how large the kept names may be, in bytes.
const MaxStore = 128 << 20

// stored is a table of names as it is kept, in JSON.
type stored struct {
	Version int          `json:"version"`
	Key     []byte       `json:"key"` // base64
	Names   []storedName `json:"names"`
}

// storedName is one value. It is told as text when it is UTF-8, else as bytes.
type storedName struct {
	Kind   Kind   `json:"kind"`
	Number int    `json:"number"`
	Text   string `json:"text,omitempty"`  // as it was first written
	Bytes  []byte `json:"bytes,omitempty"` // base64, instead of Text
	Value  []byte `json:"value,omitempty"` // base64, its one spelling; only if it is not drawn from the text
}

// Store writes the key and every value. Whoever reads it can tell what every
// pseudonym stands for: it belongs on the machine that the values come from.
func (n *Names) Store(w io.Writer) error {
	n.mu.Lock()
	s := stored{Version: storeVersion, Key: n.key, Names: make([]storedName, 0, n.count)}
	for _, kind := range slices.Sorted(maps.Keys(n.values)) {
		numbers := make(map[int]string, len(n.values[kind]))
		for value, number := range n.values[kind] {
			numbers[number] = value
		}
		for _, number := range slices.Sorted(maps.Keys(numbers)) {
			written := n.taken[kind][number]
			name := storedName{Kind: kind, Number: number}
			if utf8.ValidString(written) {
				name.Text = written
			} else {
				name.Bytes = []byte(written)
			}
			if one(kind, []byte(written)) != numbers[number] {
				name.Value = []byte(numbers[number])
			}
			s.Names = append(s.Names, name)
		}
	}
	n.mu.Unlock()
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(s)
}

// Size is how many values have a pseudonym.
func (n *Names) Size() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.count
}

// Why kept names are refused.
var (
	ErrNotNames   = errors.New("this is no file of names")
	ErrNewerNames = errors.New("the file of names was made by a newer version")
)

// ReadNames reads what Store has written. Anything else is refused.
func ReadNames(r io.Reader) (*Names, error) {
	d := json.NewDecoder(io.LimitReader(r, MaxStore))
	var s stored
	if err := d.Decode(&s); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotNames, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: something stands behind it", ErrNotNames)
	}
	if s.Version > storeVersion {
		return nil, ErrNewerNames
	}
	n, err := NewNames(s.Key)
	if err != nil || s.Version != storeVersion || len(s.Names) > maxNames {
		return nil, fmt.Errorf("%w: its version, its key or its size is none", ErrNotNames)
	}
	for i, name := range s.Names {
		if err := n.restore(name); err != nil {
			return nil, fmt.Errorf("%w: name %d %w", ErrNotNames, i+1, err)
		}
	}
	return n, nil
}

// restore enters one kept value.
func (n *Names) restore(s storedName) error {
	written := s.Text
	if written == "" {
		written = string(s.Bytes)
	}
	value := string(s.Value)
	if s.Value == nil {
		value = one(s.Kind, []byte(written))
	}
	switch {
	case !knownKind(s.Kind) || s.Kind.Secret():
		return errors.New("is of no kind that has pseudonyms")
	case s.Text != "" && s.Bytes != nil, written == "", value == "", len(written) > maxNameSize, len(value) > maxNameSize:
		return errors.New("has no value, or too long a one")
	case s.Number < 10 || s.Number > 1<<40:
		return errors.New("has no number")
	}
	if _, there := n.taken[s.Kind][s.Number]; there {
		return errors.New("has the number of another")
	}
	if _, there := n.values[s.Kind][value]; there {
		return errors.New("is there twice")
	}
	n.put(s.Kind, value, written, s.Number)
	return nil
}
