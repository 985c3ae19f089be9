package tickets

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
)

func TestCollectorsIn(t *testing.T) {
	b64 := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	for metadata, want := range map[string][]string{
		"":                                  nil,
		"ticket Nw==":                       nil,
		"collectors " + b64("log-1 memory"): {"log-1", "memory"},
		"a b, collectors " + b64(" log-1 "): {"log-1"},
		"collectors":                        nil,
		"collectors !!":                     nil,
		"xcollectors " + b64("log-1"):       nil,
		"ticket Nw==,collectors " + b64("") + ",": nil,
	} {
		if got := collectorsIn(metadata); !slices.Equal(got, want) {
			t.Errorf("%q: %q", metadata, got)
		}
	}
}

// FuzzCollectorsIn proves that foreign metadata gives words, and those that were put in.
func FuzzCollectorsIn(f *testing.F) {
	f.Add("ticket Nw==,collectors bG9n", "log memory")
	f.Add(",,, collectors", "\x00")
	f.Fuzz(func(t *testing.T, metadata, names string) {
		for _, n := range collectorsIn(metadata) {
			if n == "" || len(strings.Fields(n)) != 1 {
				t.Errorf("%q of %q", n, metadata)
			}
		}
		if got := collectorsIn("x y,collectors " + base64.StdEncoding.EncodeToString([]byte(names))); !slices.Equal(got, strings.Fields(names)) {
			t.Errorf("%q becomes %q", names, got)
		}
	})
}
