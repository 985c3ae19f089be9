package bundle

import (
	"bytes"
	"io"
	"path/filepath"
	"testing"
)

// FuzzWriter holds that what a writer takes comes out as it went in.
func FuzzWriter(f *testing.F) {
	f.Add("logs/a.log", "Log file", "text/plain", []byte("content\n"))
	f.Add("screens/größe.png", "a\nb\xff", "image/png", bytes.Repeat([]byte{0}, 70_000))
	f.Add("a/../b", "", "", []byte{})
	f.Fuzz(func(t *testing.T, path, title, mediaType string, content []byte) {
		archive := filepath.Join(t.TempDir(), "x.zip")
		w, err := Create(archive, Manifest{Tool: title, Host: path})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Discard()
		e, err := w.Add(File{Path: path, Title: title, MediaType: mediaType, Source: path})
		if err != nil {
			return
		}
		e.Write(content)
		e.SetCut(title)
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		w.SetOutcomes([]Outcome{{Name: path, Error: title}})
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		r, err := Open(archive)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		c, err := r.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if got, err := io.ReadAll(c); err != nil || !bytes.Equal(got, content) {
			t.Errorf("%d bytes became %d, %v", len(content), len(got), err)
		}
	})
}

// FuzzManifest puts any text in the manifest's place: what is accepted is
// what a writer could have written, and is the same once written again.
func FuzzManifest(f *testing.F) {
	good, err := encodeManifest(newForgery().manifest)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"schema":1,"SCHEMA":2,"files":null}`))
	f.Add(bytes.Replace(good, []byte("logs/a.log"), []byte(`logs/\u0061.log`), 1))
	f.Fuzz(func(t *testing.T, text []byte) {
		forged := newForgery()
		forged.text = text
		b := forged.bytes()
		r, err := NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		again, err := encodeManifest(r.Manifest())
		if err != nil {
			t.Fatal(err)
		}
		forged = newForgery()
		forged.text = again
		b = forged.bytes()
		second, err := NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatalf("%v in %s", err, again)
		}
		if len(second.Manifest().Files) != len(r.Manifest().Files) {
			t.Errorf("%s became %s", text, again)
		}
	})
}
