package collect

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fakeHive is a registry with values by key.
type fakeHive map[string]map[string]any

func (h fakeHive) values(key string) map[string]any { return h[key] }

func (h fakeHive) keys(key string) []string {
	var below []string
	for k := range h {
		if rest, ok := strings.CutPrefix(k, key+`\`); ok && !strings.Contains(rest, `\`) {
			below = append(below, rest)
		}
	}
	return below
}

func TestRegistryKeys(t *testing.T) {
	h := fakeHive{
		`HKLM\SOFTWARE\Ledger`:       {"Version": "1.10", "Servers": []string{"a", "b"}, "Port": uint64(7480), "Blob": []byte{1, 255}},
		`HKLM\SOFTWARE\Ledger\Paths`: {"": "C:\\Ledger"},
		`HKLM\SAM\Domains\Account`:   {"x": "secret"},
	}
	f := factsOf[RegistryFacts](t, registryKeys{keys: []string{`HKLM\SOFTWARE\Ledger`, `HKCU\Software\None`, `HKLM\SAM\Domains`, `HKLM\SOFTWARE`, `HKU\x\y`}, hive: h})
	want := RegistryFacts{Keys: []KeyFacts{
		{Key: `HKLM\SOFTWARE\Ledger`, Values: []ValueFacts{{"Blob", "bytes", "01ff"}, {"Port", "number", "7480"}, {"Servers", "texts", "a, b"}, {"Version", "text", "1.10"}}},
		{Key: `HKLM\SOFTWARE\Ledger\Paths`, Values: []ValueFacts{{"", "text", `C:\Ledger`}}},
		{Key: `HKCU\Software\None`, Problem: "it is not there, or may not be read"},
		{Key: `HKLM\SAM\Domains`, Problem: "the key holds the system's secrets"},
		{Key: `HKLM\SOFTWARE`, Problem: "the key is too general"},
		{Key: `HKU\x\y`, Problem: `a key begins with HKLM\ or HKCU\`},
	}}
	if d := cmp.Diff(want, f); d != "" {
		t.Error(d)
	}
	if err := (registryKeys{}).Collect(t.Context(), &memSink{}); err == nil {
		t.Error("a system without a registry says nothing")
	}
}
