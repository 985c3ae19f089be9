package demo

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

const (
	tags     = "gles,migrated_fynedo" // of the released program; see the Makefile
	tagsHere = tags + ",drive"
)

// buildFolder is where the programs are built that are tested and measured.
var buildFolder string

// program gives the built program, with its door and the race detector.
var program = sync.OnceValues(func() (string, error) { return buildProgram("beistand", "-race") })

// quickProgram gives the program with its door alone, to be measured.
var quickProgram = sync.OnceValues(func() (string, error) { return buildProgram("beistand-quick") })

func TestMain(m *testing.M) {
	code, err := built(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func built(m *testing.M) (int, error) {
	folder, err := os.MkdirTemp("", "beistand-build-")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(folder)
	buildFolder = folder
	return m.Run(), nil
}

func buildProgram(name string, flags ...string) (string, error) {
	if err := touch(filepath.Join("..", "..")); err != nil {
		return "", err
	}
	path := filepath.Join(buildFolder, name)
	build := exec.Command("go", slices.Concat([]string{"build"}, flags, []string{"-tags", tagsHere, "-o", path, "."})...)
	build.Dir = filepath.Join("..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return path, nil
}

// touch looks at every source of the program, so that go test knows what this
// test depends on and runs it again when one has changed: it sees what a test
// looks at, not what the compiler reads for it.
func touch(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() && (name == ".git" || name == "build" || name == "demo" && filepath.Dir(path) == root) {
			return fs.SkipDir
		}
		switch filepath.Ext(path) {
		case ".go", ".mod", ".sum", ".json", ".sql", ".toml", ".png":
			_, err = os.Stat(path)
		}
		return err
	})
}

// TestReleasedProgramHasNoDoor holds that nobody can look through the door of
// the program that people are given, because it is not built in.
func TestReleasedProgramHasNoDoor(t *testing.T) {
	list := func(tags string, args ...string) []string {
		t.Helper()
		cmd := exec.Command("go", append([]string{"list", "-tags", tags}, args...)...)
		cmd.Dir = filepath.Join("..", "..")
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.Fields(strings.Trim(string(out), "[]\n"))
	}
	const files, look = "{{.GoFiles}}", "drive_look.go"
	if !slices.Contains(list(tagsHere, "-f", files, "./app/gui"), look) {
		t.Fatalf("a build for driving has no %s: this test looks for the wrong file", look)
	}
	for _, name := range list(tags, "-f", files, "./app/gui") {
		if strings.HasPrefix(name, "drive") && name != "drive_off.go" {
			t.Errorf("the released program is built from %s", name)
		}
	}
	if slices.Contains(list(tags, "-deps", "."), "fyne.io/fyne/v2/test") {
		t.Error("Fyne's test package is in the released program")
	}
}
