//go:build !bench

package app

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// TestReleasedProgramHasNoBench holds that host and viewer without dialogs are
// only there where the build tag asks for them: no command leads to them, and
// no file without the tag knows them.
func TestReleasedProgramHasNoBench(t *testing.T) {
	var cli commands
	parser, err := kong.New(&cli, kong.Vars{"version": "test"})
	if err != nil {
		t.Fatal(err)
	}
	for _, leaf := range parser.Model.Leaves(false) {
		if strings.Contains(leaf.Path(), "bench") || strings.Contains(leaf.Path(), "stand") {
			t.Errorf("a command %q", leaf.Path())
		}
	}
	door := regexp.MustCompile(`Bench(Main|Window)|bench(Run|Profile|Supporter)|lab/stand`)
	files := 0
	for _, dir := range goFiles(t, "gles,migrated_fynedo,drive") {
		for _, name := range dir.GoFiles {
			path := filepath.Join(dir.Dir, name)
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if found := door.Find(text); found != nil {
				t.Errorf("%s knows %s", path, found)
			}
			files++
		}
	}
	if files < 100 {
		t.Errorf("only %d files were looked at", files)
	}
	found := false
	for _, dir := range goFiles(t, "gles,migrated_fynedo,drive,bench") {
		found = found || strings.HasSuffix(dir.ImportPath, "/app/lab/stand")
	}
	if !found {
		t.Error("with the tag there is none either: the test looks for the wrong thing")
	}
}

type sources struct {
	ImportPath, Dir string
	GoFiles         []string
}

func goFiles(t *testing.T, tags string) (all []sources) {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles", "-tags", tags, module+"/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var s sources
		if err := dec.Decode(&s); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
}
