package plant

import (
	"fmt"
	"strings"
)

// mark is where a line has its marker; a first line without it has the marker
// behind a log prefix, in front of the text.
const mark = "¤"

// template is text with holes: «name argument» is planted, ‹name argument› is
// only there to make the line real.
type template []part

type part struct {
	lit   string
	arg   string
	make  maker // nil: only lit
	plant bool
}

// maker fills one hole. values nil means that the whole text is the value.
type maker func(g *gen, arg string) (text string, values []string)

func parse(text string) (template, error) {
	var t template
	for {
		i := strings.IndexAny(text, "«‹")
		if i < 0 {
			return append(t, part{lit: text}), nil
		}
		plant := strings.HasPrefix(text[i:], "«")
		open, end := "‹", "›"
		if plant {
			open, end = "«", "»"
		}
		hole, rest, ok := strings.Cut(text[i+len(open):], end)
		if !ok {
			return nil, fmt.Errorf("a hole is not closed in %q", text)
		}
		name, arg, _ := strings.Cut(hole, " ")
		m, ok := makers()[name]
		if !ok {
			return nil, fmt.Errorf("no maker %q", name)
		}
		t = append(t, part{lit: text[:i], make: m, arg: arg, plant: plant})
		text = rest
	}
}

// fill gives the text and the planted values, each once.
func (t template) fill(g *gen) (string, []string) {
	var b strings.Builder
	var all []string
	g.last = ""
	for _, p := range t {
		b.WriteString(p.lit)
		if p.make == nil {
			continue
		}
		text, values := p.make(g, p.arg)
		b.WriteString(text)
		if !p.plant {
			continue
		}
		g.last = text
		if values == nil {
			values = []string{text}
		}
		all = append(all, values...)
	}
	return b.String(), all
}
