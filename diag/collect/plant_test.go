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
