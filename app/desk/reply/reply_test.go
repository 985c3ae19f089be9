package reply

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzZero compares with the JSON decoder: a text has a zero byte, or not.
func FuzzZero(f *testing.F) {
	for _, text := range []string{`"\u0000"`, `"a\\u0000b"`, `"\\\u0000"`, `["x", {"y": "\\\\u0000\u0000"}]`, `"\u00001"`, `"u0000"`, `{"\u0000": 1}`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var v any
		if json.Unmarshal([]byte(text), &v) != nil {
			return
		}
		if got, want := hasZero([]byte(text)), zeroIn(v); got != want {
			// A key that is there twice counts once for the decoder.
			if !got || !strings.Contains(text, "{") {
				t.Errorf("%q: %v, want %v", text, got, want)
			}
		}
	})
}

func zeroIn(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.ContainsRune(v, 0)
	case []any:
		for _, one := range v {
			if zeroIn(one) {
				return true
			}
		}
	case map[string]any:
		for key, one := range v {
			if zeroIn(key) || zeroIn(one) {
				return true
			}
		}
	}
	return false
}
