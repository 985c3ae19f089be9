package diag

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/collect"
	"github.com/beistand/beistand/diag/redact"
)

func testRedactor(t testing.TB) *Redactor {
	t.Helper()
	r, err := NewRedactor(redact.Known{Hosts: []string{"wks4711"}, Users: []string{"anovak77"}}, BuiltinProfile(), NewNames())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// contents gives all files of a bundle, its manifest too.
func contents(t testing.TB, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	all := map[string]string{}
	for _, f := range z.File {
		c, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(c)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(b)
	}
	return all
}

const (
	hidden   = "Xk82hqP0aZ"
	badLine  = "login user=anovak77 password=" + hidden + " from 10.20.30.40 on wks4711\n"
	database = "SQLite format 3\x00" + badLine
)

// dirty are collectors that bring secrets in every place where text can be.
func dirty() []collect.Collector {
	secret := func(s collect.Sink, name, title, media, text string) error {
		w, err := s.Create(name, collect.FileInfo{Title: title, MediaType: media, Source: "/home/anovak77/app.log", Cut: "anovak77 has the rest"})
		if err == nil {
			_, err = io.WriteString(w, text)
			err = errors.Join(err, w.Close())
		}
		return err
	}
	return []collect.Collector{
		fake{"log", func(_ context.Context, s collect.Sink) error {
			return secret(s, "logs/1-anovak77.log", "Log file", "text/plain", strings.Repeat(badLine, 1000))
		}},
		fake{"facts", func(_ context.Context, s collect.Sink) error {
			return secret(s, "system/host.json", "Log file", "application/json", `{"name":"wks4711","password":"`+hidden+`","latitude":52.5212345,"users":["anovak77"]}`)
		}},
		fake{"exports", func(_ context.Context, s collect.Sink) error {
			return errors.Join(
				secret(s, "exports/10.20.30.40.txt", "Exported file", "text/plain", badLine),
				secret(s, "exports/a.db", "Exported file", "application/octet-stream", database),
				secret(s, "exports/late.log", "Exported file", "text/plain", strings.Repeat(badLine, 9000)+strings.Repeat("\x01\x02", 20000)))
		}},
		fake{"screens", func(_ context.Context, s collect.Sink) error {
			return put(s, "screens/1.png", "image/png", "\x89PNG\r\n\x1a\nand so on")
		}},
		fake{"fails", func(context.Context, collect.Sink) error {
			return errors.New("the log /home/anovak77/x.log is not there")
		}},
	}
}

func TestNothingEntersABundleUnredacted(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "case.zip")
	o := Options{Known: &redact.Known{Hosts: []string{"wks4711"}, Users: []string{"anovak77"}}, Names: NewNames(), Quarantine: filepath.Join(dir, "kept")}
	m, err := run(t.Context(), path, o, dirty(), nil)
	if err != nil {
		t.Fatal(err)
	}
	verified(t, path)
	all := contents(t, path)
	for name, text := range all {
		for _, bad := range []string{hidden, "anovak77", "wks4711", "10.20.30"} {
			if strings.Contains(text, bad) || strings.Contains(name, bad) {
				t.Errorf("%s has %s", name, bad)
			}
		}
	}
	counts := map[string]bundle.Counts{}
	for _, f := range m.Files {
		counts[f.Path] = f.Replaced
		if f.Size != int64(len(all[f.Path])) {
			t.Errorf("%+v", f)
		}
	}
	for kind, count := range counts["system/host.json"] {
		t.Log(kind, count, all["system/host.json"])
	}
	if n := m.Redaction.Replaced["password"]; n != 1002 {
		t.Errorf("%d passwords: %+v", n, counts)
	}
	got := outcomes(*m)
	if o := got["log"]; o.Files != 1 || o.Bytes == 0 || o.Bytes == int64(len(badLine))*1000 {
		t.Errorf("%+v", o)
	}
	if o := got["exports"]; o.State != bundle.Cut || o.Files != 1 {
		t.Errorf("%+v", o)
	}
	var left []string
	for _, l := range m.LeftOut {
		if l.Quarantined {
			left = append(left, l.Path+": "+l.Why)
		}
	}
	if s := strings.Join(left, "; "); s != "exports/a.db: it is no text but a database; exports/late.log: it is no text but binary data" {
		t.Error(s)
	}
	kept, err := filepath.Glob(filepath.Join(dir, "kept", "*"))
	if err != nil || len(kept) != 2 {
		t.Fatalf("%v, %v", kept, err)
	}
	if b, err := os.ReadFile(kept[0]); err != nil || string(b) != database {
		t.Errorf("%q, %v", b, err)
	}
	if info, err := os.Stat(kept[0]); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if parts, _ := filepath.Glob(filepath.Join(dir, "*", ".*")); len(parts) > 0 {
		t.Errorf("left behind: %v", parts)
	}
	// The same values have the same names in the next bundle of the case.
	if _, err := run(t.Context(), path, o, dirty()[1:2], nil); err != nil {
		t.Fatal(err)
	}
	if again := contents(t, path)["system/host.json"]; again != all["system/host.json"] {
		t.Errorf("%s, and %s before", again, all["system/host.json"])
	}
}

func TestQuarantinedToo(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "case.zip")
	o := Options{Quarantine: filepath.Join(dir, "kept"), QuarantinedToo: true}
	m, err := run(t.Context(), path, o, dirty()[2:3], nil)
	if err != nil {
		t.Fatal(err)
	}
	verified(t, path)
	if all := contents(t, path); all["unredacted/exports/a.db"] != database {
		t.Errorf("%q", all)
	}
	for _, f := range m.Files {
		if f.Path == "unredacted/exports/a.db" && f.Unredacted != "it is no text but a database" {
			t.Errorf("%+v", f)
		}
	}
	if _, err := os.Stat(o.Quarantine); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

// TestRisksAreNamed has a value that nothing but its place in another file
// tells to be one.
func TestRisksAreNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "case.zip")
	m, err := run(t.Context(), path, Options{}, []collect.Collector{
		fake{"a", func(_ context.Context, s collect.Sink) error {
			return put(s, "logs/a.log", "text/plain", "\n\nnothing known of q-zorbig77 here\nq-zorbig77 again\n")
		}},
		fake{"b", func(_ context.Context, s collect.Sink) error {
			return put(s, "logs/b.log", "text/plain", "open /home/q-zorbig77/.config\n")
		}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Redaction.Risks) != 1 || m.Redaction.Risks[0] != (bundle.Risk{Path: "logs/a.log", What: string(redact.LeftValue), Line: 3, Lines: 2}) {
		t.Errorf("%+v, %s", m.Redaction, contents(t, path)["logs/b.log"])
	}
	if b := contents(t, path)["manifest.json"]; bytes.Contains([]byte(b), []byte("zorbig")) {
		t.Error(b)
	}
	verified(t, path)
}

// TestBundleIsRedacted takes one that was made without redaction, and once
// more what came of it: the second time, nothing is left to do.
func TestBundleIsRedacted(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	w, err := bundle.Create(at("raw.zip"), bundle.Manifest{Host: "wks4711", Tool: "beistand 0.1.0"})
	if err != nil {
		t.Fatal(err)
	}
	w.LeaveOut(bundle.LeftOut{Path: "logs/anovak77.log", Why: "the file /home/anovak77/x is gone"})
	for path, text := range map[string]string{"logs/a.log": badLine, "exports/a.db": database, "screens/1.png": "\x89PNG and so on"} {
		collector, media := "logs", "text/plain"
		if strings.HasSuffix(path, "png") {
			collector, media = "screens", "image/png"
		}
		e, err := w.Add(bundle.File{Path: path, Collector: collector, MediaType: media})
		if err == nil {
			_, err = io.WriteString(e, text)
			err = errors.Join(err, e.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	w.SetOutcomes([]bundle.Outcome{
		{Name: "logs", State: bundle.OK, Files: 2, Bytes: 9, Source: "/home/anovak77/app.log"}, {Name: "screens", State: bundle.OK, Files: 1, Bytes: 1},
	})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := testRedactor(t)
	var told []string
	again := func(from, to string) *bundle.Manifest {
		src, err := bundle.Open(at(from))
		if err != nil {
			t.Fatal(err)
		}
		defer src.Close()
		m, err := r.Bundle(t.Context(), at(to), src, func(path string, s redact.Spot) {
			told = append(told, fmt.Sprintf("%s:%d %s", path, s.Line, s.Text))
		})
		if err != nil {
			t.Fatal(err)
		}
		verified(t, at(to))
		return m
	}
	m := again("raw.zip", "clean.zip")
	all := contents(t, at("clean.zip"))
	for name, text := range all {
		for _, bad := range []string{hidden, "anovak77", "wks4711", "10.20.30"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s has %s", name, bad)
			}
		}
	}
	if len(m.Files) != 2 || len(m.LeftOut) != 2 || !m.LeftOut[1].Quarantined || m.Collectors[0].Files != 1 || m.Collectors[0].Bytes != int64(len(all["logs/a.log"])) {
		t.Errorf("%+v", m)
	}
	if len(told) != 4 || !strings.Contains(strings.Join(told, " "), "logs/a.log:1 <password>") {
		t.Errorf("%q", told)
	}
	before := len(told)
	m2 := again("clean.zip", "again.zip")
	if twice := contents(t, at("again.zip")); twice["logs/a.log"] != all["logs/a.log"] || twice["screens/1.png"] != all["screens/1.png"] {
		t.Errorf("%q", twice)
	}
	if d := cmp.Diff(m.Redaction.Replaced, m2.Redaction.Replaced); d != "" || len(told) != before {
		t.Errorf("%s, %q", d, told[before:])
	}
}
