package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Lines splits a record's text, at most MaxSize bytes of it. A text whose last
// line has no line feed is cut short there: ErrForm, a *Fault.
func Lines(text []byte) ([][]byte, error) {
	if len(text) > MaxSize {
		return nil, fmt.Errorf("read a record of %d bytes: %w", len(text), ErrFull)
	}
	var all [][]byte
	for n := 1; len(text) > 0; n++ {
		line, rest, whole := bytes.Cut(text, []byte("\n"))
		if !whole {
			return all, &Fault{n, ErrForm}
		}
		all, text = append(all, line), rest
	}
	return all, nil
}

// Read checks a whole record. The chain holds what comes before the first
// fault, which is a *Fault; ErrEmpty is a record of nothing.
func Read(r io.Reader) (*Chain, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return &Chain{}, fmt.Errorf("read the record: %w", err)
	}
	c := &Chain{}
	lines, err := Lines(text)
	for i, line := range lines {
		if err := c.Add(line); err != nil {
			return c, &Fault{i + 1, err}
		}
	}
	if err == nil && c.Len() == 0 {
		err = ErrEmpty
	}
	return c, err
}

// Add takes lines into text, a record that holds: those that are there already
// are passed over. It gives the lines that are new, with their line feeds. The
// fault's line counts in what is added.
func Add(text, more []byte) (c *Chain, added []byte, err error) {
	if c, err = Read(bytes.NewReader(text)); err != nil && !errors.Is(err, ErrEmpty) {
		return nil, nil, err
	}
	lines, err := Lines(more)
	if err != nil {
		return nil, nil, err
	}
	for i, line := range lines {
		if c.Has(line) {
			continue
		}
		if err := c.Add(line); err != nil {
			return nil, nil, &Fault{i + 1, err}
		}
		added = append(append(added, line...), '\n')
	}
	return c, added, nil
}

// Verdict says how two copies stand to each other.
type Verdict int

// The verdicts.
const (
	Same      Verdict = iota // every entry is the same
	Unrelated                // they differ from the first entry on: another session, or other keys
	Parted                   // they agree up to At, then tell different things
	Shorter                  // the first stops after At, the second goes on
	Longer                   // the second stops after At, the first goes on
)

// Compare holds two copies, of which each holds by itself, against each other.
// at is the last entry that both have.
func Compare(a, b *Chain) (v Verdict, at int) {
	for at < a.Len() && at < b.Len() && a.hashes[at] == b.hashes[at] {
		at++
	}
	switch {
	case at == a.Len() && at == b.Len():
		return Same, at
	case at == 0:
		return Unrelated, 0
	case at == a.Len():
		return Shorter, at
	case at == b.Len():
		return Longer, at
	}
	return Parted, at
}
