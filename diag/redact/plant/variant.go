package plant

import (
	"embed"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
)

//go:embed kinds/*.txt lines/*.txt
var tables embed.FS

// keepPrefix starts the names of tables whose values must survive.
const keepPrefix = "keep-"

// Variant is one form in which a kind of value stands in logs.
type Variant struct {
	Kind, Name string
	Keep       bool
	text       template
}

// Make gives the lines of one example, and the values in them that count.
// A line may hold mark, the place for the marker.
func (v Variant) Make(r *rand.Rand) (lines, values []string) {
	return v.make(&gen{Rand: r, now: epoch})
}

func (v Variant) make(g *gen) (lines, values []string) {
	text, values := v.text.fill(g)
	return strings.Split(text, "\n"), values
}

// Variants lists all variants, by kind and in the order of their tables.
func Variants() []Variant { return variants() }

var variants = sync.OnceValue(func() []Variant {
	files, err := tables.ReadDir("kinds")
	if err != nil {
		panic(err)
	}
	var all []Variant
	for _, f := range files {
		kind := strings.TrimSuffix(f.Name(), ".txt")
		all = append(all, table("kinds/"+f.Name(), kind)...)
	}
	return all
})

// table reads one embedded table. An entry is "= name | text", or "= name" and
// the lines of a block below it; a line that starts with "##" is a remark.
// A mistake in it is one of this package, so it panics.
func table(path, kind string) []Variant {
	data, err := tables.ReadFile(path)
	if err != nil {
		panic(err)
	}
	var out []Variant
	var name string
	var block []string
	flush := func() {
		if name == "" {
			return
		}
		t, err := parse(strings.Join(block, "\n"))
		if err != nil {
			panic(fmt.Sprintf("%s: %s: %v", path, name, err))
		}
		out = append(out, Variant{Kind: kind, Name: name, Keep: strings.HasPrefix(kind, keepPrefix), text: t})
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "##") {
			continue
		}
		head, ok := strings.CutPrefix(line, "= ")
		if !ok {
			block = append(block, line)
			continue
		}
		flush()
		var text string
		name, text, ok = strings.Cut(head, " | ")
		block = nil
		if ok {
			block = []string{text}
		}
	}
	flush()
	return out
}
