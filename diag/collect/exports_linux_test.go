package collect

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"
)

// gapsOf collects and gives what was taken, by its place on this machine, and what was not.
func gapsOf(t *testing.T, e exports) (s *memSink, taken []string, gaps map[string]string) {
	t.Helper()
	s = &memSink{}
	err := e.Collect(t.Context(), s)
	var f FilesFacts
	if jerr := json.Unmarshal(s.files["system/"+e.name+".json"].Bytes(), &f); jerr != nil {
		t.Fatal(jerr)
	}
	gaps = map[string]string{}
	for _, g := range f.Gaps {
		gaps[g.Path] = g.Why
	}
	for _, one := range f.Files {
		taken = append(taken, one.Path)
		if s.files[one.Stored] == nil {
			t.Errorf("%q is not stored", one.Stored)
		}
	}
	slices.Sort(taken)
	if (err == nil) != (len(gaps) == 0 && len(taken) > 0) {
		t.Errorf("%d gaps, %v", len(gaps), err)
	}
	return s, taken, gaps
}

func TestExports(t *testing.T) {
	outside := t.TempDir()
	put(t, outside, "secret.xml", "secret", noon())
	dir := t.TempDir()
	put(t, dir, "a/one.xml", "<one/>", noon())
	put(t, dir, "a/deep/er/two.xml", "<two/>", noon())
	put(t, dir, "a/deep/three.txt", "three", noon())
	put(t, dir, "a/bad\xffname\n.xml", "bad", noon())
	put(t, dir, "b/large.xml", strings.Repeat("x", 2000), noon())
	put(t, dir, "b/picture.xml", "\x89PNG\r\n\x1a\n\x00\x00", noon())
	for name, to := range map[string]string{"a/out.xml": outside + "/secret.xml", "a/up.xml": "../../" + filepath.Base(outside) + "/secret.xml", "a/in.xml": "deep/er/two.xml", "a/gone.xml": "none", "a/loop": "..", "a/outside": outside, "a/self.xml": "self.xml"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "a/pipe.xml"), 0o600); err != nil {
		t.Fatal(err)
	}
	e := newExports([]string{dir + "/a/**/*.xml"})
	s, taken, gaps := gapsOf(t, e)
	if got := strings.ReplaceAll(strings.Join(taken, " "), dir, ""); got != "/a/bad\uFFFDname\uFFFD.xml /a/deep/er/two.xml /a/one.xml" && got != "/a/bad\uFFFDname\uFFFD.xml /a/in.xml /a/one.xml" {
		t.Error(got)
	}
	for name, want := range map[string]string{
		"/a/out.xml": "it leads out of its folder", "/a/up.xml": "it leads out of its folder", "/a/gone.xml": "it is not there", "/a/pipe.xml": "it is a named pipe", "/a/self.xml": "",
	} {
		if got, ok := gaps[dir+name]; !ok || want != "" && got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	for path, f := range s.files {
		if strings.Contains(f.String(), "secret\"") || f.String() == "secret" || (strings.Contains(path, "\n") || !utf8.ValidString(path)) {
			t.Errorf("%q has %q", path, f.String())
		}
	}

	e.patterns = []string{dir + "/b/*", dir + "/none/*.xml", dir + "/a/one.xml", dir + "/a/missing.xml", dir + "/a", "relative/*", dir + "/a/[", dir + "/a/pipe.xml", "/dev/zero"}
	e.limits.file = 1000
	s, taken, gaps = gapsOf(t, e)
	if len(taken) != 2 || len(gaps) != 8 || !strings.Contains(gaps[dir+"/b/large.xml"], "more than one file may have") || gaps["/dev/zero"] != "it is a device" {
		t.Errorf("%v, %v", taken, gaps)
	}
	if f := s.files["exports/1-picture.xml"]; f == nil || f.MediaType != "image/png" {
		t.Errorf("%v", s.paths())
	}

	e = newExports([]string{dir + "/a/**"})
	e.limits.files, e.limits.names = 2, 4
	if _, taken, gaps = gapsOf(t, e); len(taken) > 2 || len(gaps) == 0 {
		t.Errorf("%v, %v", taken, gaps)
	}
	e = newExports([]string{dir + "/a/**"})
	e.limits.depth = 1
	if _, _, gaps = gapsOf(t, e); gaps[dir+"/a/deep/er"] == "" {
		t.Errorf("%v", gaps)
	}
	if err := newExports([]string{dir + "/*.none"}).Collect(t.Context(), &memSink{}); !errors.Is(err, ErrAbsent) {
		t.Error(err)
	}
}

// TestFolderLoop goes into a folder that is mounted below itself.
func TestFolderLoop(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a/one.xml", "<one/>", noon())
	inner := filepath.Join(dir, "a", "again")
	os.Mkdir(inner, 0o700)
	mounted := syscall.Mount(dir, inner, "", syscall.MS_BIND, "") == nil
	if mounted {
		defer syscall.Unmount(inner, syscall.MNT_DETACH)
	} else { // without an administrator's rights: the same seen from the walk
		t.Log("no rights to mount")
	}
	_, taken, gaps := gapsOf(t, newExports([]string{dir + "/**/*.xml"}))
	if len(taken) != 1 || mounted && !strings.Contains(fmt.Sprint(gaps), "leads back to itself") {
		t.Errorf("%v, %v", taken, gaps)
	}
}

func TestAddedFiles(t *testing.T) {
	dir := t.TempDir()
	one := put(t, dir, "offer [1]*.pdf", "%PDF-1.7 text", noon())
	put(t, dir, "folder/a.txt", "text", noon())
	put(t, dir, "folder/b/c.txt", "text too", noon())
	link := filepath.Join(dir, "link")
	os.Symlink(filepath.Join(dir, "folder"), link)
	t.Chdir(dir)
	s, taken, gaps := gapsOf(t, newAdded([]string{filepath.Base(one), link, "none.txt"}))
	if len(taken) != 3 || gaps["none.txt"] != "it is not there" || len(gaps) != 1 {
		t.Errorf("%v, %v", taken, gaps)
	}
	if f := s.files["files/1-offer__1__.pdf"]; f == nil || f.String() != "%PDF-1.7 text" || f.MediaType != "application/pdf" || f.Title != titleAdded {
		t.Errorf("%v", s.paths())
	}
}

// TestExportNoPermission names what may not be read.
func TestExportNoPermission(t *testing.T) {
	dir := t.TempDir()
	os.Chmod(filepath.Dir(dir), 0o755)
	os.Chmod(dir, 0o755)
	os.Chmod(put(t, dir, "a.xml", "a", noon()), 0)
	os.Chmod(put(t, dir, "b.xml", "b", noon()), 0o644)
	asNobody(t, func() {
		_, taken, gaps := gapsOf(t, newExports([]string{dir + "/*.xml"}))
		if len(taken) != 1 || gaps[dir+"/a.xml"] != "it may not be read" {
			t.Errorf("%v, %v", taken, gaps)
		}
	})
}
