package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"filippo.io/age"
)

// lines are so many bytes of a log.
func logText(seed uint64, size int) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	var b bytes.Buffer
	for b.Len() < size {
		fmt.Fprintf(&b, "2026-11-20 09:14:03 request %d of user %d took %d ms\n", r.IntN(1e6), r.IntN(1000), r.IntN(5000))
	}
	return b.Bytes()[:size]
}

// TestBehind packs large files while others are written, in pieces of every
// size, encrypted and not, and each comes out as it went in.
func TestBehind(t *testing.T) {
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string][]Recipient{"plain": nil, "encrypted": {key.Recipient()}} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.zip")
			w, err := Create(path, head, to...)
			if err != nil {
				t.Fatal(err)
			}
			var lowered atomic.Int32
			w.SetLower(func() { lowered.Add(1) })
			w.atOnce = true
			want := map[string]string{}
			var all sync.WaitGroup
			for i, size := range []int{quickFrom, quickFrom + 1, quickFrom + behindBlock, 2*quickFrom + behindBlocks*behindBlock + 7, 5 << 20} {
				text, name := logText(uint64(i), size), fmt.Sprintf("logs/%d.log", i)
				sum := sha256.Sum256(text)
				want[name] = hex.EncodeToString(sum[:])
				e, err := w.Add(File{Path: name, MediaType: "text/plain"})
				if err != nil {
					t.Fatal(err)
				}
				all.Go(func() {
					r := rand.New(rand.NewPCG(uint64(i), 2))
					for rest := text; len(rest) > 0; {
						n := min(len(rest), 1+r.IntN(3*behindBlock))
						if m, err := e.Write(rest[:n]); m != n || err != nil {
							t.Errorf("%d of %d bytes, %v", m, n, err)
						}
						rest = rest[n:]
					}
					if err := e.Close(); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			if lowered.Load() == 0 || lowered.Load() > 5 || len(w.behinds) > 0 {
				t.Errorf("%d goroutines gave up their priority, %d are left", lowered.Load(), len(w.behinds))
			}
			r, err := Open(path, key)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if err := r.Verify(t.Context()); err != nil {
				t.Fatal(err)
			}
			for _, f := range r.Manifest().Files {
				if want[f.Path] != f.SHA256 {
					t.Errorf("%s is not what was written", f.Path)
				}
			}
		})
	}
}

// TestBehindWithoutRoom tells of a bundle that is full, at the latest when
// the file is closed, and leaves it out by name.
func TestBehindWithoutRoom(t *testing.T) {
	w, err := Create(filepath.Join(t.TempDir(), "x.zip"), head)
	if err != nil {
		t.Fatal(err)
	}
	w.atOnce = true
	w.SetMaxSize(1 << 20)
	e, err := w.Add(File{Path: "logs/a.log", MediaType: "text/plain"})
	if err != nil {
		t.Fatal(err)
	}
	text := logText(1, 64<<10)
	var full *NoRoomError
	for range 1000 {
		if _, err = e.Write(text); err != nil {
			break
		}
	}
	if !errors.As(err, &full) {
		t.Errorf("64 MB went in: %v", err)
	}
	if err := e.Close(); !errors.As(err, &full) {
		t.Error(err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if m := w.Manifest(); len(m.LeftOut) != 1 || len(m.Files) != 0 || len(w.behinds) != 0 {
		t.Errorf("%+v", m)
	}
}

// TestBehindLeftOpen ends what packs for a file that nobody closes, while
// somebody still writes to it.
func TestBehindLeftOpen(t *testing.T) {
	for _, end := range []func(*Writer) error{(*Writer).Close, func(w *Writer) error { w.Discard(); return nil }} {
		w, err := Create(filepath.Join(t.TempDir(), "x.zip"), head)
		if err != nil {
			t.Fatal(err)
		}
		w.atOnce = true
		e, err := w.Add(File{Path: "logs/a.log", MediaType: "text/plain"})
		if err != nil {
			t.Fatal(err)
		}
		text := logText(1, 64<<10)
		for range 2 * quickFrom / len(text) {
			if _, err := e.Write(text); err != nil {
				t.Fatal(err)
			}
		}
		behind := e.behind
		wrote := make(chan error)
		go func() {
			for {
				if _, err := e.Write(text); err != nil {
					wrote <- err
					return
				}
			}
		}()
		if err := end(w); err != nil {
			t.Fatal(err)
		}
		<-behind.ended
		if err := <-wrote; !errors.Is(err, errClosed) {
			t.Error(err)
		}
		if err := e.Close(); err == nil {
			t.Error("a file entered a bundle that was closed")
		}
	}
}

// BenchmarkBehind writes 64 MB of a log after work on it that takes about as
// long as packing does, with and without packing meanwhile.
func BenchmarkBehind(b *testing.B) {
	text := logText(1, 1<<20)
	for name, atOnce := range map[string]bool{"after": false, "meanwhile": true} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(64 << 20)
			path := filepath.Join(b.TempDir(), "x.zip")
			for b.Loop() {
				w, err := Create(path, head)
				if err != nil {
					b.Fatal(err)
				}
				w.atOnce = atOnce
				e, err := w.Add(File{Path: "logs/a.log", MediaType: "text/plain"})
				if err != nil {
					b.Fatal(err)
				}
				for range 64 {
					for at := 0; at < len(text); at += 64 << 10 {
						block := text[at : at+64<<10]
						for range 8 {
							sha256.Sum256(block)
						}
						if _, err := e.Write(block); err != nil {
							b.Fatal(err)
						}
					}
				}
				if err := errors.Join(e.Close(), w.Close()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
