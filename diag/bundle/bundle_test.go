package bundle

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var head = Manifest{
	Tool: "beistand 0.1.0", Created: time.Date(2026, 3, 4, 5, 6, 8, 0, time.UTC),
	Host: "büro-7", OS: "linux", Arch: "amd64", Profile: "Example",
}

// evidence has a small text, a picture that is stored, an empty file and one
// that does not fit into the spool's memory.
func evidence() map[string][]byte {
	noise := make([]byte, 80_000)
	rng := rand.NewChaCha8([32]byte{1})
	rng.Read(noise)
	return map[string][]byte{
		"system/host.json":  []byte(`{"name": "büro-7"}`),
		"screens/1.png":     noise[:20_000],
		"logs/empty.log":    {},
		"logs/large.log":    noise[20_000:],
		"logs/größe.log":    []byte(strings.Repeat("a line of a log\n", 2_000)),
		"logs/repeated.log": bytes.Repeat([]byte{'x'}, 50_000),
	}
}

func mediaType(path string) string {
	if strings.HasSuffix(path, ".png") {
		return "image/png"
	}
	return "text/plain"
}

func addAll(t *testing.T, w *Writer, files map[string][]byte) {
	t.Helper()
	var wg sync.WaitGroup
	for path, content := range files {
		e, err := w.Add(File{Path: path, Title: "Log", Collector: filepath.Dir(path), MediaType: mediaType(path)})
		if err != nil {
			t.Fatal(err)
		}
		wg.Go(func() {
			for len(content) > 0 {
				n := min(len(content), 9_999)
				if _, err := e.Write(content[:n]); err != nil {
					t.Error(err)
				}
				content = content[n:]
			}
			if err := e.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func readAll(t *testing.T, r *Reader) map[string][]byte {
	t.Helper()
	got := map[string][]byte{}
	for _, f := range r.Manifest().Files {
		c, err := r.OpenFile(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		got[f.Path], err = io.ReadAll(c)
		if err != nil {
			t.Fatal(err)
		}
		c.Close()
	}
	return got
}

func makeBundle(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "case.zip")
	w, err := Create(path, head)
	if err != nil {
		t.Fatal(err)
	}
	w.spoolMemory = 16 << 10
	addAll(t, w, evidence())
	w.SetOutcomes([]Outcome{
		{Name: "logs", Title: "Logs", State: OK, Files: 4, Bytes: 5},
		{Name: "screens", Title: "Screens", State: OK, Files: 1, Bytes: 20_000},
		{Name: "users", Title: "Users", State: Failed, Error: "no\nlist"},
	})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRoundTrip(t *testing.T) {
	path := makeBundle(t)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, others can read it", info.Mode())
	}
	left, _ := os.ReadDir(filepath.Dir(path))
	if len(left) != 1 {
		t.Errorf("beside the bundle: %v", left)
	}
	r, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := r.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(evidence(), readAll(t, r)); d != "" {
		t.Error(d)
	}
	m := r.Manifest()
	if m.Schema != Schema || !m.Created.Equal(head.Created) || m.Host != head.Host || m.Collectors[2].Error != "no list" {
		t.Errorf("manifest: %+v", m)
	}
}

// TestOtherProgramsReadIt holds the archive against the standard library's reader.
func TestOtherProgramsReadIt(t *testing.T) {
	z, err := zip.OpenReader(makeBundle(t))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	got := map[string][]byte{}
	for _, f := range z.File {
		c, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if got[f.Name], err = io.ReadAll(c); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if f.Mode() != 0o600 {
			t.Errorf("%s: mode %v", f.Name, f.Mode())
		}
		if !f.Modified.Equal(head.Created) {
			t.Errorf("%s: %v", f.Name, f.Modified)
		}
	}
	if z.File[len(z.File)-1].Name != ManifestName {
		t.Error("the manifest is not last")
	}
	delete(got, ManifestName)
	if d := cmp.Diff(evidence(), got); d != "" {
		t.Error(d)
	}
}

func TestSelect(t *testing.T) {
	src, err := Open(makeBundle(t))
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	path := filepath.Join(t.TempDir(), "less.zip")
	if err := Select(path, src, func(f File) bool { return !strings.HasPrefix(f.Path, "screens/") }); err != nil {
		t.Fatal(err)
	}
	r, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := r.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := evidence()
	delete(want, "screens/1.png")
	if d := cmp.Diff(want, readAll(t, r)); d != "" {
		t.Error(d)
	}
	m := r.Manifest()
	if len(m.LeftOut) != 1 || m.LeftOut[0].Path != "screens/1.png" || m.LeftOut[0].Why != byCustomer {
		t.Errorf("left out: %+v", m.LeftOut)
	}
	if m.Collectors[1].State != Skipped || m.Collectors[1].Bytes != 0 || m.Collectors[0].Files != 4 || m.Collectors[2].State != Failed {
		t.Errorf("collectors: %+v", m.Collectors)
	}
	if b, _ := os.ReadFile(path); bytes.Contains(b, evidence()["screens/1.png"][:64]) {
		t.Error("the picture is still in the file")
	}
}

func TestRefusedAdds(t *testing.T) {
	w, err := Create(filepath.Join(t.TempDir(), "x.zip"), head)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	if _, err := w.Add(File{Path: "logs/a.log"}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"", "/a", "../a", "a/../b", "a\\b", "c:a", "logs/A.log", "logs", "logs/a.log/b", "nul.txt", "a/", "a ", "a\u202eb", "manifest.json", strings.Repeat("a", 300)} {
		if _, err := w.Add(File{Path: path}); err == nil {
			t.Errorf("%q was taken", path)
		}
	}
}

func TestSealing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.zip")
	w, err := Create(path, head)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := w.Add(File{Path: "a", Title: "A"})
	b, _ := w.Add(File{Path: "b", Title: "B"})
	fmt.Fprint(a, "half")
	a.SetCut("the rest")
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprint(a, "more"); err == nil {
		t.Error("wrote to a closed file")
	}
	fmt.Fprint(b, "never closed")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err == nil {
		t.Error("closed a file of a finished bundle")
	}
	r, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	m := r.Manifest()
	if len(m.Files) != 1 || m.Files[0].Cut != "the rest" || len(m.LeftOut) != 1 || m.LeftOut[0].Path != "b" {
		t.Errorf("%+v", m)
	}
}

func TestMaxSize(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.zip")
	w, err := Create(path, head)
	if err != nil {
		t.Fatal(err)
	}
	const limit = 200 << 10
	w.SetMaxSize(limit)
	for name, content := range evidence() {
		e, err := w.Add(File{Path: name})
		if err != nil {
			t.Fatal(err)
		}
		e.Write(content)
		e.Write(content)
		e.Close()
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	m := r.Manifest()
	if len(m.Files)+len(m.LeftOut) != 6 || len(m.LeftOut) == 0 {
		t.Errorf("%+v", m)
	}
	if info, _ := os.Stat(path); info.Size() > limit {
		t.Errorf("%d bytes", info.Size())
	}
}
