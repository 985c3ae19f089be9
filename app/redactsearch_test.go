package app

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/desk"
	"github.com/beistand/beistand/diag"
	"github.com/beistand/beistand/diag/redact/plant"
)

// TestNoSecretIsFoundAnywhere plants secrets in a log, collects it, files it
// with a real desk, and searches all that came of it for every one of them:
// the whole archive, its manifest, what the program said, and all of the
// desk's files.
func TestNoSecretIsFoundAnywhere(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", filepath.Join(dir, "home"))
	at := func(name string) string { return filepath.Join(dir, name) }
	var text bytes.Buffer
	plants, err := plant.Write(&text, 5, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	put := func(name string, b []byte) {
		if err := os.WriteFile(at(name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	// The log's name has a value too; another copy is packed, and a third is
	// what cannot be redacted.
	put("anna.novak77@example.com.log", text.Bytes())
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	if w, err := z.Create("anna.novak77@example.com.log"); err != nil {
		t.Fatal(err)
	} else if _, err := w.Write(text.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	put("logs.zip", packed.Bytes())
	put("log.sqlite", append([]byte("SQLite format 3\x00"), text.Bytes()...))
	own := plant.Own()
	put("profile.yaml", []byte("name: Example\nredact:\n  names: [\""+strings.Join(own.Names, "\", \"")+"\"]\n  domains: ["+strings.Join(own.Domains, ", ")+"]\n"))

	gone := hiddenValues(t, text.Bytes(), plants, at("profile.yaml"))
	gone = append(gone, "novak77")

	deskLog := &bytes.Buffer{}
	server, err := desk.New(desk.Config{Dir: at("desk"), Listen: "127.0.0.1:0", Log: log.New(deskLog, "", 0)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx) }()

	var said bytes.Buffer
	command := func(args ...string) {
		t.Helper()
		if code := Main("Version = \"0.1.0\"", args, strings.NewReader(""), &said, &said); code != 0 {
			t.Fatalf("%v: exit code %d: %s", args, code, said.String())
		}
	}
	command("--data", at("own"), "collect", "-o", at("case.zip"), "--no-screens", "--profile", at("profile.yaml"), "--accept-unsigned",
		"--log", at("anna.novak77@example.com.log"), "--add", at("logs.zip"), "--add", at("log.sqlite"))
	command("--data", at("own"), "ticket", "new", "--desk", server.URL(), "--title", "It does not work", "--bundle", at("case.zip"))
	stop()
	if err := <-served; err != nil {
		t.Fatal(err)
	}

	everything := map[string]string{"what the program said": strings.ReplaceAll(said.String(), dir, ""), "the desk's log": deskLog.String()}
	unpack(t, everything, "case.zip", readAll(t, at("case.zip")))
	files := 0
	err = filepath.WalkDir(at("desk"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		unpack(t, everything, path, readAll(t, path))
		return nil
	})
	if err != nil || files < 2 {
		t.Fatalf("the desk has %d files, %v", files, err)
	}
	seen := 0
	for name, content := range everything {
		seen += len(content)
		for _, value := range gone {
			if strings.Contains(content, value) {
				t.Errorf("%s has %q", name, value)
			}
		}
	}
	if seen < 4*text.Len() {
		t.Errorf("only %d bytes were looked at", seen)
	}
	t.Logf("%d values are in none of %d texts of %d bytes", len(gone), len(everything), seen)
}

// hiddenValues are the planted values that the rules find, and that nothing
// else in the log has: those, and only those, can be held against all the rest.
func hiddenValues(t *testing.T, text []byte, plants []plant.Plant, profilePath string) (values []string) {
	t.Helper()
	p, err := diag.LoadProfile(profilePath)
	if err != nil {
		t.Fatal(err)
	}
	by, err := diag.NewRedactor(diag.Own(t.Context()), p, diag.NewNames())
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := by.Copy(t.Context(), &out, bytes.NewReader(text), t.TempDir(), nil); err != nil {
		t.Fatal(err)
	}
	all := 0
	for _, p := range plants {
		if p.Keep || len(p.Value) < 6 {
			continue
		}
		all++
		if !bytes.Contains(out.Bytes(), []byte(p.Value)) {
			values = append(values, p.Value)
		}
	}
	if len(values)*100 < all*95 {
		t.Errorf("the rules find %d of %d values", len(values), all)
	}
	return values
}

func readAll(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// unpack adds a file's content, and of archives what is in them.
func unpack(t *testing.T, to map[string]string, name string, b []byte) {
	t.Helper()
	to[name] = string(b)
	if !bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		return
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		c, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(c)
		if err != nil {
			t.Fatal(err)
		}
		unpack(t, to, name+"/"+f.Name, append(content, f.Name...))
	}
}
