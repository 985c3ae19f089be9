package collect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"
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
		if strings.Contains(f.String(), "secret\"") || f.String() == "secret" || strings.Contains(path, "\n") || !utf8.ValidString(path) {
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

// windowed is a host that has windows too.
type windowed struct{ painted }

func (windowed) Windows(context.Context) ([]ScreenWindow, error) {
	return []ScreenWindow{{"1", "Ledger - Offers", "ledger"}, {"2", "Ledger", "ledger"}, {"3", "Mail", "mail"}}, nil
}

func (windowed) GrabWindow(_ context.Context, id string) (Screenshot, error) {
	return Screenshot{Name: "window " + id, Image: image.NewGray(image.Rect(0, 0, 4, 3))}, nil
}

// placed is a host with two monitors side by side.
type placed struct{}

func (placed) Grab(context.Context) ([]Screenshot, error) {
	left, right := image.NewRGBA(image.Rect(0, 0, 30, 20)), image.NewRGBA(image.Rect(0, 0, 30, 20))
	right.Set(0, 0, color.RGBA{R: 200, A: 255})
	return []Screenshot{{Name: "left", Image: left}, {Name: "right", Image: right, At: image.Pt(30, 0)}}, nil
}

func TestWindowAndRegion(t *testing.T) {
	for title, want := range map[string]string{"ledger": "screens/1-window_2.png", "offers": "screens/1-window_1.png", "MAIL": "screens/1-window_3.png"} {
		s := &memSink{}
		if err := (screens{grabber: windowed{}, window: title}).Collect(t.Context(), s); err != nil || s.paths()[0] != want {
			t.Errorf("%s: %v, %v", title, s.paths(), err)
		}
	}
	for _, c := range []screens{{grabber: windowed{}, window: "none"}, {grabber: painted{"a"}, window: "ledger"}} {
		if err := c.Collect(t.Context(), &memSink{}); !errors.Is(err, ErrAbsent) {
			t.Error(err)
		}
	}
	for name, c := range map[string]struct {
		region image.Rectangle
		sizes  string
	}{
		"left":    {image.Rect(5, 5, 15, 9), "screens/1-left.png 10x4"},
		"both":    {image.Rect(20, 0, 40, 10), "screens/1-left.png 10x10 screens/2-right.png 10x10"},
		"right":   {image.Rect(30, 0, 31, 1), "screens/1-right.png 1x1"},
		"outside": {image.Rect(100, 100, 110, 110), ""},
	} {
		s := &memSink{}
		err := (screens{grabber: placed{}, region: c.region}).Collect(t.Context(), s)
		var got []string
		for _, path := range s.paths() {
			m, err := png.Decode(s.files[path])
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, fmt.Sprintf("%s %dx%d", path, m.Bounds().Dx(), m.Bounds().Dy()))
			if r, _, _, _ := m.At(m.Bounds().Min.X, m.Bounds().Min.Y).RGBA(); name == "right" && r>>8 != 200 {
				t.Errorf("%s: the wrong part of the picture", name)
			}
		}
		if strings.Join(got, " ") != c.sizes || (err == nil) != (c.sizes != "") {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}
