//go:build unix

package collect

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// plant makes a machine of testdata/NAME.txtar. Its comment says "system: linux",
// "home: /home/anna" and "env: NAME=value". Its files are the system's; one
// that begins with "-> " is a link, with "hex:" binary. A file named
// "$ PROGRAM ARGUMENTS" is what that program answers, with " => 4" behind it
// if it ends so. "registry.reg" is the registry as reg.exe exports it.
func plant(t *testing.T, name string) machine {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	env := map[string]string{}
	answers := map[string]answer{}
	root := t.TempDir()
	m := machine{system: "linux", root: root, programs: answered{root, answers}, env: func(name string) string { return env[name] }}
	for line := range strings.Lines(string(a.Comment)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "system":
			m.system = value
		case "home":
			m.home = value
		case "env":
			k, v, _ := strings.Cut(value, "=")
			env[k] = v
		}
	}
	for _, f := range a.Files {
		switch command, program := strings.CutPrefix(f.Name, "$ "); {
		case program:
			command, code, _ := strings.Cut(command, " => ")
			exit, _ := strconv.Atoi(code)
			answers[command] = answer{f.Data, exit}
		case f.Name == "registry.reg":
			m.hive = exported(t, string(f.Data))
		default:
			set(t, filepath.Join(root, f.Name), f.Data)
		}
	}
	return m
}

// set writes one of the planted files.
func set(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	text := strings.TrimSpace(string(data))
	if target, ok := strings.CutPrefix(text, "-> "); ok {
		if err := os.Symlink(target, path); err != nil {
			t.Fatal(err)
		}
		return
	}
	if digits, ok := strings.CutPrefix(text, "hex:"); ok {
		b, err := hex.DecodeString(strings.Join(strings.Fields(digits), ""))
		if err != nil {
			t.Fatal(err)
		}
		data = b
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// answered is programs by their command lines, in which root is left out.
type answered struct {
	root    string
	answers map[string]answer
}

type answer struct {
	text []byte
	exit int
}

func (a answered) run(_ context.Context, name string, args ...string) ([]byte, int, error) {
	line := strings.Join(append([]string{name}, args...), " ")
	got, ok := a.answers[strings.ReplaceAll(line, a.root, "")]
	if !ok {
		return nil, 0, absent("there is no " + name + " here")
	}
	return got.text, got.exit, nil
}

func (a answered) stream(ctx context.Context, name string, args ...string) (io.ReadCloser, error) {
	text, _, err := a.run(ctx, name, args...)
	return io.NopCloser(bytes.NewReader(text)), err
}

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

// collected runs a collector and gives what it stored at path.
func collected[T any](t *testing.T, c Collector, path string) T {
	t.Helper()
	s := &memSink{}
	if err := c.Collect(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	f := s.files[path]
	if f == nil || !f.closed {
		t.Fatalf("%s is not among %v", path, s.paths())
	}
	var v T
	if err := json.Unmarshal(f.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	return v
}
