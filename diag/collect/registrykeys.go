package collect

import (
	"context"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// registryKeys is the Windows keys that the profile names, with what is below them.
type registryKeys struct {
	keys []string
	hive hive // nil: this system has no registry
}

const (
	maxKeys     = 1000
	maxKeyDepth = 8
	maxData     = 2000 // characters of one value
)

func (registryKeys) Name() string  { return "registry" }
func (registryKeys) Title() string { return titleRegistry }
func (registryKeys) Limit() Limit  { return Limit{10 * time.Second, 4 << 20} }

func (r registryKeys) Collect(ctx context.Context, s Sink) error {
	if r.hive == nil {
		return absent("this system has no registry")
	}
	f := RegistryFacts{Keys: []KeyFacts{}}
	for _, key := range r.keys {
		if why := r.wrong(key); why != "" {
			f.Keys = append(f.Keys, KeyFacts{Key: key, Problem: why})
			continue
		}
		r.read(ctx, &f, key, 0)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return writeFacts(s, "system/registry.json", titleRegistry, f)
}

// wrong says why a key is refused. Those with everybody's secrets are none of a product's.
func (registryKeys) wrong(key string) string {
	first, rest, _ := strings.Cut(key, `\`)
	upper := strings.ToUpper(rest) + `\`
	switch {
	case first != "HKLM" && first != "HKCU":
		return `a key begins with HKLM\ or HKCU\`
	case len(strings.Split(strings.Trim(rest, `\`), `\`)) < 2:
		return "the key is too general"
	case first == "HKLM" && (strings.HasPrefix(upper, `SAM\`) || strings.HasPrefix(upper, `SECURITY\`)):
		return "the key holds the system's secrets"
	}
	return ""
}

func (r registryKeys) read(ctx context.Context, f *RegistryFacts, key string, depth int) {
	switch {
	case ctx.Err() != nil:
		return
	case len(f.Keys) >= maxKeys:
		f.Cut = fmt.Sprintf("all beyond %d keys", maxKeys)
		return
	case depth > maxKeyDepth:
		f.Cut = fmt.Sprintf("what lies deeper than %d keys", maxKeyDepth)
		return
	}
	values := r.hive.values(key)
	one := KeyFacts{Key: key}
	if values == nil {
		one.Problem = "it is not there, or may not be read"
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		one.Values = append(one.Values, valueFacts(name, values[name]))
	}
	f.Keys = append(f.Keys, one)
	for _, below := range r.hive.keys(key) {
		r.read(ctx, f, key+`\`+below, depth+1)
	}
}

func valueFacts(name string, v any) ValueFacts {
	f := ValueFacts{Name: name}
	switch v := v.(type) {
	case string:
		f.Type, f.Data = "text", v
	case []string:
		f.Type, f.Data = "texts", strings.Join(v, ", ")
	case uint64:
		f.Type, f.Data = "number", fmt.Sprint(v)
	case []byte:
		f.Type, f.Data = "bytes", hex.EncodeToString(v)
	}
	if r := []rune(strings.ToValidUTF8(f.Data, "\uFFFD")); len(r) > maxData {
		f.Data = string(r[:maxData]) + "…"
	}
	return f
}
