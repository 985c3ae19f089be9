package redact

import (
	"path"
	"regexp"
	"strings"
	"sync"
)

// Name redacts the name of a file, with or without its folders, which / or \
// part. Placeholders stand in it without their brackets, which are not allowed
// in names: user-27.log. Each part is looked at without its ending too: with
// it, an address would look like something else.
func (r *Rules) Name(name string, names *Names) string {
	text := string(r.Bytes([]byte(names.bracketed(name)), names, nil))
	var out strings.Builder
	for len(text) > 0 {
		part, mark := text, ""
		if i := strings.IndexAny(text, `/\`); i >= 0 {
			part, mark = text[:i], text[i:i+1]
		}
		text = text[len(part)+len(mark):]
		stem, ext := part, path.Ext(part)
		if strings.Trim(ext, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.") == "" {
			stem = strings.TrimSuffix(part, ext)
		} else {
			ext = ""
		}
		out.Write(bare(r.Bytes([]byte(stem), names, nil)))
		out.WriteString(ext + mark)
	}
	return out.String()
}

// bare takes the brackets off placeholders.
func bare(text []byte) []byte {
	const ahead = 40 // as far as placeholder looks
	b := append(text, make([]byte, ahead)...)
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if e := placeholder(b, i); e > 0 && e <= len(text) {
			out = append(out, text[i+1:e-1]...)
			i = e - 1
			continue
		}
		out = append(out, text[i])
	}
	return out
}

var pseudonym = sync.OnceValue(func() *regexp.Regexp {
	var all []string
	for _, k := range kinds {
		if !k.Secret() {
			all = append(all, string(k))
		}
	}
	return regexp.MustCompile(`<?\b(?:` + strings.Join(all, "|") + `)-[0-9]{2,9}\b>?`)
})

// bracketed puts brackets around the pseudonyms of a name that was redacted
// before, so that they are left alone.
func (n *Names) bracketed(name string) string {
	return pseudonym().ReplaceAllStringFunc(name, func(p string) string {
		if _, _, err := n.Reveal(p); err != nil || strings.HasPrefix(p, "<") {
			return p
		}
		return "<" + p + ">"
	})
}

// Give gives the pseudonym of a value that is known to be of a kind.
func (n *Names) Give(kind Kind, value string) string { return n.of(kind, []byte(value)) }
