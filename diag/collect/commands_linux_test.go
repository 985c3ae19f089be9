package collect

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// sealed is a folder that not everybody may change, as programs must stand in.
func sealed(t *testing.T, lines string) string {
	t.Helper()
	path := script(t, lines)
	os.Chmod(path, 0o755)
	os.Chmod(filepath.Dir(path), 0o755)
	return path
}

func TestCommands(t *testing.T) {
	const german = `printf 'Gr\366\337e: %s\n' "$1"; printf 'gewarnt\n' >&2`
	cases := map[string]struct {
		lines     string
		args      []string
		most      int64
		timeout   time.Duration
		out, errs string
		says, cut string
		exit      int
		noExit    bool
	}{
		"well":         {lines: german, args: []string{"$(id) && x; `y`"}, out: "Größe: $(id) && x; `y`\n", errs: "gewarnt\n"},
		"exit code":    {lines: "echo text; exit 3", out: "text\n", says: "ended with code 3", exit: 3},
		"too much":     {lines: `i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done`, most: 20, out: "line 2998\nline 2999\n", cut: "only the last 20 bytes are here"},
		"too long":     {lines: "echo begun; sleep 1000 & sleep 1000", timeout: 300 * time.Millisecond, out: "begun\n", says: "it ran longer than 300ms", cut: "what would have followed is missing", noExit: true},
		"closed input": {lines: "cat; echo done", out: "done\n"},
		"holds pipe":   {lines: "sleep 1000 & echo done", out: "done\n"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := &memSink{}
			start := time.Now()
			err := newCommand(2, Command{Name: "my/export", Path: sealed(t, c.lines), Args: c.args, MaxBytes: c.most, Timeout: c.timeout}).Collect(t.Context(), s)
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("it took %v", took)
			}
			if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v", err)
			}
			out := s.files["commands/2-my_export.log"]
			if out == nil || out.String() != c.out || !strings.Contains(out.Cut, c.cut) || (c.cut == "") != (out.Cut == "") {
				t.Errorf("%v: %+v", s.paths(), out)
			}
			errs := s.files["commands/2-my_export-errors.log"]
			if (errs == nil) != (c.errs == "") || errs != nil && errs.String() != c.errs {
				t.Errorf("%v", s.paths())
			}
			var f CommandFacts
			if err := json.Unmarshal(s.files["system/command-2.json"].Bytes(), &f); err != nil {
				t.Fatal(err)
			}
			if (f.Exit == nil) != c.noExit || f.Exit != nil && *f.Exit != c.exit || f.Name != "my/export" || f.Output == 0 || !slices.Equal(f.Arguments, c.args) {
				t.Errorf("%+v", f)
			}
		})
	}
}

func TestCommandCancelled(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	s := &memSink{}
	err := newCommand(1, Command{Path: sealed(t, "echo begun; sleep 1000")}).Collect(ctx, s)
	if !errors.Is(err, context.DeadlineExceeded) || s.files["commands/1-program.log"].String() != "begun\n" {
		t.Errorf("%v, %v", err, s.paths())
	}
}

func TestRefusedCommands(t *testing.T) {
	dir := t.TempDir()
	os.Chmod(dir, 0o755)
	link := filepath.Join(dir, "export")
	os.Symlink("/bin/sh", link)
	open := sealed(t, "")
	os.Chmod(open, 0o757)
	openDir := sealed(t, "")
	os.Chmod(filepath.Dir(openDir), 0o777)
	plain := put(t, dir, "plain", "text", noon())
	for path, want := range map[string]string{
		"/bin/sh": "makes commands of texts", "bash": "makes commands of texts", "/usr/bin/env": "makes commands of texts", link: "makes commands of texts",
		"../x": "by its whole path", "a/b": "by its whole path", "": "by its whole path", "no-such-program": "there is no program", "/no/such": "there is no program",
		open: "everybody", openDir: "everybody", plain: "no file that can be run", dir: "no file that can be run", "/x/export.bat": "there is no program",
	} {
		s := &memSink{}
		err := newCommand(1, Command{Name: "x", Path: path, Args: []string{"-c", "echo"}}).Collect(t.Context(), s)
		if err == nil || !strings.Contains(err.Error(), want) || len(s.files) > 0 {
			t.Errorf("%q: %v", path, err)
		}
	}
	for _, name := range []string{"C:/x/export.BAT", "export.cmd", "x.ps1", "Cmd.EXE", "powershell.exe", "PWSH"} {
		if notRun(name) == "" {
			t.Errorf("%s would be run", name)
		}
	}
	if err := newCommand(1, Command{Path: "true", Args: []string{"a\x00b"}}).Collect(t.Context(), &memSink{}); err == nil {
		t.Error("an argument with a zero byte passes")
	}
	if err := newCommand(1, Command{Path: "uname"}).Collect(t.Context(), &memSink{}); err != nil {
		t.Error(err)
	}
}
