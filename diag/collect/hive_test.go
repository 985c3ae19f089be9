//go:build unix

package collect

import (
	"encoding/hex"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// exportedKeys is a registry as it was exported.
type exportedKeys map[string]map[string]any

var (
	regKey   = regexp.MustCompile(`^\[(.*)\]$`)
	regValue = regexp.MustCompile(`^("((?:[^"\\]|\\.)*)"|@)=(.*)$`)
)

// exported reads the text that reg.exe exports, as far as facts need it.
func exported(t *testing.T, text string) exportedKeys {
	t.Helper()
	all := exportedKeys{}
	unquote := strings.NewReplacer(`\\`, `\`, `\"`, `"`)
	key := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if m := regKey.FindStringSubmatch(line); m != nil {
			key = strings.NewReplacer("HKEY_LOCAL_MACHINE", "HKLM", "HKEY_CURRENT_USER", "HKCU").Replace(m[1])
			all[key] = map[string]any{}
			continue
		}
		m := regValue.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		name, data := unquote.Replace(m[2]), m[3]
		kind, digits, _ := strings.Cut(data, ":")
		b, err := hex.DecodeString(strings.ReplaceAll(digits, ",", ""))
		switch {
		case strings.HasPrefix(data, `"`):
			all[key][name] = unquote.Replace(strings.TrimSuffix(data[1:], `"`))
		case kind == "dword":
			n, err := strconv.ParseUint(digits, 16, 32)
			if err != nil {
				t.Fatal(line)
			}
			all[key][name] = n
		case err != nil:
			t.Fatal(line)
		case kind == "hex(b)":
			var n uint64
			for i := range b {
				n |= uint64(b[i]) << (8 * i)
			}
			all[key][name] = n
		case kind == "hex(7)":
			var s []string
			for part := range strings.SplitSeq(strings.TrimRight(utf16Text(b), "\x00"), "\x00") {
				s = append(s, part)
			}
			all[key][name] = s
		default:
			all[key][name] = b
		}
	}
	return all
}

func (e exportedKeys) values(key string) map[string]any { return e[key] }

func (e exportedKeys) keys(key string) []string {
	seen := map[string]bool{}
	var list []string
	for k := range e {
		if rest, ok := strings.CutPrefix(k, key+`\`); ok {
			name, _, _ := strings.Cut(rest, `\`)
			if !seen[name] {
				seen[name] = true
				list = append(list, name)
			}
		}
	}
	slices.Sort(list)
	return list
}
