package app

import (
	"debug/buildinfo"
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestHeadlessIsStaticAndWithoutWindows builds the program that servers run
// and looks into it: no Fyne, no dynamic linker, no C compiler needed.
func TestHeadlessIsStaticAndWithoutWindows(t *testing.T) {
	program := filepath.Join(t.TempDir(), "beistand")
	build := exec.Command("go", "build", "-tags", "headless", "-o", program, "..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "CC=/nonexistent")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range info.Deps {
		if strings.HasPrefix(m.Path, "fyne.io/") || strings.HasPrefix(m.Path, "github.com/go-gl/") {
			t.Errorf("%s is in it", m.Path)
		}
	}
	if runtime.GOOS == "linux" {
		f, err := elf.Open(program)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for _, p := range f.Progs {
			if p.Type == elf.PT_INTERP {
				t.Error("it asks for a dynamic linker")
			}
		}
	}
	out, err := exec.Command(program, "version", "--json").Output()
	if err != nil || !strings.Contains(string(out), `"windows": false`) {
		t.Errorf("version: %v\n%s", err, out)
	}
	out, err = exec.Command(program, "--help").Output()
	if err != nil || strings.Contains(string(out), "\n  customer") || !strings.Contains(string(out), "collect") {
		t.Errorf("help: %v\n%s", err, out)
	}
}
