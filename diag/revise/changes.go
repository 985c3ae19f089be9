// Package revise is what the owner of evidence changes in it before it is sent.
//
// Evidence is redacted already when its owner sees it. The owner may hide more
// texts, let pseudonyms of a kind become again what they stand for, and black
// out parts of pictures. A [Revision] is the evidence with these changes: who
// shows it and who sends it read the same bytes.
package revise

import (
	"errors"
	"image"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/beistand/beistand/diag/redact"
)

// Changes is what the owner has changed. It goes into no log and no manifest:
// the hidden texts are just what nobody else is to read.
type Changes struct {
	Hide    []string                     `json:"hide,omitempty"`    // gone everywhere, letters' case aside
	Restore []redact.Kind                `json:"restore,omitempty"` // sent as they are; never a secret's
	Black   map[string][]image.Rectangle `json:"black,omitempty"`   // by a picture's path, in its pixels
}

// Clone gives changes that share nothing with these.
func (c Changes) Clone() Changes {
	out := Changes{Hide: slices.Clone(c.Hide), Restore: slices.Clone(c.Restore), Black: maps.Clone(c.Black)}
	for path, all := range out.Black {
		out.Black[path] = slices.Clone(all)
	}
	return out
}

// Empty says that nothing is changed.
func (c Changes) Empty() bool {
	for _, all := range c.Black {
		if len(all) > 0 {
			return false
		}
	}
	return len(c.Hide) == 0 && len(c.Restore) == 0
}

// What may be hidden.
const (
	MinText  = 3    // letters: shorter texts stand everywhere
	maxText  = 256  // bytes of one text; a longer one is hidden in pieces
	MaxTexts = 1000 // together
)

// Why a text is not hidden.
var (
	ErrTooShort = errors.New("a text of less than three letters stands nearly everywhere")
	ErrTooMany  = errors.New("more texts are hidden than this program can look for")
)

// With gives the changes with a selected text hidden too: each of its lines by
// itself, without the spaces around it.
func (c Changes) With(selected string) (Changes, error) {
	texts := pieces(selected)
	if len(texts) == 0 {
		return c, ErrTooShort
	}
	c = c.Clone()
	for _, text := range texts {
		if !slices.ContainsFunc(c.Hide, func(o string) bool { return strings.EqualFold(o, text) }) {
			c.Hide = append(c.Hide, text)
		}
	}
	if len(c.Hide) > MaxTexts {
		return c, ErrTooMany
	}
	return c, nil
}

// Without gives the changes without a hidden text.
func (c Changes) Without(text string) Changes {
	c = c.Clone()
	c.Hide = slices.DeleteFunc(c.Hide, func(o string) bool { return o == text })
	return c
}

// pieces cuts a selected text into those that are looked for.
func pieces(selected string) (texts []string) {
	for line := range strings.Lines(selected) {
		line = strings.TrimSpace(line)
		if utf8.RuneCountInString(line) < MinText || placeholders(line) {
			continue
		}
		for len(line) > maxText {
			at := maxText * 3 / 4 // what is left is long enough
			for !utf8.RuneStart(line[at]) {
				at--
			}
			texts, line = append(texts, line[:at]), line[at:]
		}
		texts = append(texts, line)
	}
	return texts
}

// placeholders says that nothing but placeholders is in a text.
func placeholders(text string) bool {
	all := Marks([]byte(text))
	for i := len(all) - 1; i >= 0; i-- {
		text = text[:all[i].From] + text[all[i].To:]
	}
	return strings.TrimSpace(text) == ""
}

// Restored says whether a kind is sent as it is.
func (c Changes) Restored(k redact.Kind) bool { return slices.Contains(c.Restore, k) }

// WithRestored gives the changes with a kind sent as it is, or not.
func (c Changes) WithRestored(k redact.Kind, on bool) Changes {
	c = c.Clone()
	c.Restore = slices.DeleteFunc(c.Restore, func(o redact.Kind) bool { return o == k })
	if on && !k.Secret() {
		c.Restore = append(c.Restore, k)
	}
	return c
}

// WithBlack gives the changes with other black parts of a picture.
func (c Changes) WithBlack(path string, all []image.Rectangle) Changes {
	c = c.Clone()
	if c.Black == nil {
		c.Black = map[string][]image.Rectangle{}
	}
	c.Black[path] = slices.Clone(all)
	if len(all) == 0 {
		delete(c.Black, path)
	}
	return c
}
