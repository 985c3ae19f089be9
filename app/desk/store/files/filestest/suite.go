// Package filestest is what every driver of the files' seam has to pass.
package filestest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/beistand/beistand/app/desk/store/files"
)

// Opener gives desks that have one place for their files: each call to the
// function it gives is another desk.
type Opener func(t *testing.T) func() files.Files

// Run tests a driver.
func Run(t *testing.T, open Opener) {
	for name, test := range map[string]func(*testing.T, func() files.Files){
		"in one piece":      onePiece,
		"in many pieces":    manyPieces,
		"nothing in it":     empty,
		"broken off":        broken,
		"another desk":      anotherDesk,
		"two at once":       twoAtOnce,
		"put":               put,
		"not what it says":  altered,
		"seek":              seek,
		"dropped":           dropped,
		"tidied":            tidied,
		"taken":             taken,
		"names from within": names,
		"many":              many,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// noise is n bytes and their object's key for the upload id.
func noise(t *testing.T, id string, n int) ([]byte, files.Key) {
	t.Helper()
	b := make([]byte, n)
	seed := sha256.Sum256([]byte(fmt.Sprint(id, n)))
	rand.NewChaCha8(seed).Read(b) // never fails
	sum := sha256.Sum256(b)
	k, err := files.NewKey(hex.EncodeToString(sum[:]), id)
	if err != nil {
		t.Fatal(err)
	}
	return b, k
}

func id(n int) string { return fmt.Sprintf("%032x", 0xabcdef00+n) }

// begin opens a piece and writes b into it.
func begin(t *testing.T, f files.Files, id string, parts []files.Part, b []byte) files.Piece {
	t.Helper()
	p, err := f.Begin(t.Context(), id, parts)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write(b); err != nil {
		t.Fatal(err)
	}
	return p
}

// write commits b behind parts, and gives them as they are then.
func write(t *testing.T, f files.Files, id string, parts []files.Part, b []byte) []files.Part {
	t.Helper()
	p := begin(t, f, id, parts, b)
	part, err := p.Commit(t.Context(), false)
	if err = errors.Join(err, p.Close()); err != nil {
		t.Fatal(err)
	}
	return Grown(parts, part)
}

// Grown is parts with one that a Commit gave.
func Grown(parts []files.Part, p files.Part) []files.Part {
	if n := len(parts); n > 0 && parts[n-1].At == p.At {
		return append(parts[:n-1:n-1], p)
	}
	return append(parts[:len(parts):len(parts)], p)
}

func same(t *testing.T, f files.Files, key files.Key, want []byte) {
	t.Helper()
	size, err := f.Size(t.Context(), key)
	if err != nil || size != int64(len(want)) {
		t.Fatalf("size %d, want %d: %v", size, len(want), err)
	}
	c, err := f.Open(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(c)
	if err = errors.Join(err, c.Close()); err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%d bytes differ from %d: %v", len(got), len(want), err)
	}
}

func absent(t *testing.T, f files.Files, key files.Key) {
	t.Helper()
	if _, err := f.Size(t.Context(), key); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("size: %v", err)
	}
	if c, err := f.Open(t.Context(), key); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("open: %v", err)
		if err == nil {
			c.Close()
		}
	}
}

func assemble(t *testing.T, f files.Files, id string, parts []files.Part, key files.Key) {
	t.Helper()
	if err := f.Assemble(t.Context(), id, parts, key); err != nil {
		t.Fatal(err)
	}
	if err := f.Drop(t.Context(), id, parts); err != nil {
		t.Fatal(err)
	}
}

func onePiece(t *testing.T, desk func() files.Files) {
	f := desk()
	b, key := noise(t, id(1), 3<<20)
	absent(t, f, key)
	assemble(t, f, id(1), write(t, f, id(1), nil, b), key)
	same(t, f, key, b)
	same(t, desk(), key, b)
	for range 2 {
		if err := f.Remove(t.Context(), key); err != nil {
			t.Fatal(err)
		}
		absent(t, f, key)
	}
}

func manyPieces(t *testing.T, desk func() files.Files) {
	f := desk()
	b, key := noise(t, id(1), 1<<20)
	var parts []files.Part
	for at := 0; at < len(b); at += 200_001 {
		parts = write(t, f, id(1), parts, b[at:min(at+200_001, len(b))])
	}
	assemble(t, f, id(1), parts, key)
	same(t, f, key, b)
}

func empty(t *testing.T, desk func() files.Files) {
	f := desk()
	b, key := noise(t, id(1), 0)
	assemble(t, f, id(1), nil, key)
	same(t, f, key, b)
}

// broken: what was not committed is not there when it goes on.
func broken(t *testing.T, desk func() files.Files) {
	f := desk()
	b, key := noise(t, id(1), 500_000)
	parts := write(t, f, id(1), nil, b[:100_000])
	if err := begin(t, f, id(1), parts, []byte("never meant")).Close(); err != nil {
		t.Fatal(err)
	}
	p := begin(t, f, id(1), parts, b[100_000:200_000])
	for _, to := range []int{300_000, 0} {
		part, err := p.Commit(t.Context(), to == 0)
		if err != nil {
			t.Fatal(err)
		}
		parts = Grown(parts, part)
		if to > 0 {
			if _, err := p.Write(b[200_000:to]); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	assemble(t, f, id(1), write(t, f, id(1), parts, b[300_000:]), key)
	same(t, f, key, b)
}

// anotherDesk goes on where the first stopped, and the first after it.
func anotherDesk(t *testing.T, desk func() files.Files) {
	one, two := desk(), desk()
	b, key := noise(t, id(1), 300_000)
	parts := write(t, one, id(1), nil, b[:100_000])
	parts = write(t, two, id(1), parts, b[100_000:200_000])
	parts = write(t, one, id(1), parts, b[200_000:])
	r, err := two.Read(t.Context(), id(1), parts)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err = errors.Join(err, r.Close()); err != nil || !bytes.Equal(got, b) {
		t.Fatalf("read %d bytes: %v", len(got), err)
	}
	assemble(t, two, id(1), parts, key)
	same(t, one, key, b)
}

// twoAtOnce: a desk that was thought to be gone still writes, and spoils nothing.
func twoAtOnce(t *testing.T, desk func() files.Files) {
	one, two := desk(), desk()
	b, key := noise(t, id(1), 300_000)
	parts := write(t, one, id(1), nil, b[:100_000])
	late := begin(t, one, id(1), parts, []byte("other bytes"))
	parts = write(t, two, id(1), parts, b[100_000:])
	if _, err := late.Commit(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	assemble(t, two, id(1), parts, key)
	same(t, one, key, b)
	if err := late.Close(); err != nil {
		t.Fatal(err)
	}
	if err := one.Drop(t.Context(), id(1), parts); err != nil {
		t.Fatal(err)
	}
	same(t, two, key, b)
}

func put(t *testing.T, desk func() files.Files) {
	f := desk()
	b, key := noise(t, id(1), 2<<20)
	for range 2 {
		if err := f.Put(t.Context(), key, bytes.NewReader(b)); err != nil {
			t.Fatal(err)
		}
		same(t, f, key, b)
	}
}

// altered: what is not the key's content never becomes the object.
func altered(t *testing.T, desk func() files.Files) {
	f := desk()
	b, key := noise(t, id(1), 200_000)
	other := bytes.Clone(b)
	other[100]++
	if err := f.Put(t.Context(), key, bytes.NewReader(other)); !errors.Is(err, files.ErrAltered) {
		t.Errorf("put: %v", err)
	}
	if err := f.Put(t.Context(), key, io.MultiReader(bytes.NewReader(b), &breaks{})); !errors.Is(err, errBroke) {
		t.Errorf("broken put: %v", err)
	}
	parts := write(t, f, id(1), nil, other[:100_000])
	parts = write(t, desk(), id(1), parts, other[100_000:])
	if err := f.Assemble(t.Context(), id(1), parts, key); !errors.Is(err, files.ErrAltered) {
		t.Errorf("assemble: %v", err)
	}
	absent(t, f, key)
}

var errBroke = errors.New("broke")

type breaks struct{}

func (breaks) Read([]byte) (int, error) { return 0, errBroke }

func seek(t *testing.T, desk func() files.Files) {
	f := desk()
	b, key := noise(t, id(1), 100_000)
	if err := f.Put(t.Context(), key, bytes.NewReader(b)); err != nil {
		t.Fatal(err)
	}
	c, err := f.Open(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if n, err := c.Seek(0, io.SeekEnd); err != nil || n != int64(len(b)) {
		t.Fatalf("end at %d: %v", n, err)
	}
	got := make([]byte, 1000)
	for _, at := range []int64{99_000, 0, 1000, 50_000} {
		if n, err := c.Seek(at, io.SeekStart); err != nil || n != at {
			t.Fatalf("seek to %d: %d %v", at, n, err)
		}
		if _, err := io.ReadFull(c, got); err != nil || !bytes.Equal(got, b[at:at+1000]) {
			t.Errorf("other bytes at %d: %v", at, err)
		}
	}
	if n, err := c.Seek(-500, io.SeekCurrent); err != nil || n != 50_500 {
		t.Errorf("back to %d: %v", n, err)
	}
	if _, err := c.Seek(-1, io.SeekStart); err == nil {
		t.Error("a place before the beginning")
	}
}

func dropped(t *testing.T, desk func() files.Files) {
	f := desk()
	b, key := noise(t, id(1), 1000)
	parts := write(t, f, id(1), nil, b)
	for range 2 {
		if err := f.Drop(t.Context(), id(1), parts); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Assemble(t.Context(), id(1), parts, key); err == nil {
		t.Error("a dropped file was assembled")
	}
	absent(t, f, key)
}

func tidied(t *testing.T, desk func() files.Files) {
	f := desk()
	b, key := noise(t, id(1), 1000)
	kept, gone := write(t, f, id(1), nil, b), write(t, f, id(2), nil, b)
	if err := desk().Tidy(t.Context(), func(one string) bool { return one == id(1) }); err != nil {
		t.Fatal(err)
	}
	if err := f.Assemble(t.Context(), id(2), gone, key); err == nil {
		t.Error("a file that nobody knows stays")
	}
	assemble(t, f, id(1), kept, key)
	same(t, f, key, b)
}

func taken(t *testing.T, desk func() files.Files) {
	f := desk()
	dir := t.TempDir()
	b, key := noise(t, id(1), 1000)
	path := filepath.Join(dir, "bundle")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Take(t.Context(), path, key); err != nil {
		t.Fatal(err)
	}
	same(t, f, key, b)
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file stays: %v", err)
	}
}

// names: nothing that the database or a backup says becomes a path unlooked at.
func names(t *testing.T, desk func() files.Files) {
	f := desk()
	_, key := noise(t, id(1), 0)
	for _, bad := range []files.Key{"", "../../etc/passwd", key[:64], key + "0", files.Key("/" + string(key[1:]))} {
		if _, err := f.Open(t.Context(), bad); err == nil {
			t.Errorf("opened %q", bad)
		}
		if err := f.Remove(t.Context(), bad); err == nil {
			t.Errorf("removed %q", bad)
		}
		if err := f.Put(t.Context(), bad, bytes.NewReader(nil)); err == nil {
			t.Errorf("put %q", bad)
		}
	}
	for _, bad := range []string{"", "..", "../" + id(1)[3:], id(1) + "a"} {
		if _, err := f.Begin(t.Context(), bad, nil); err == nil {
			t.Errorf("began %q", bad)
		}
		if err := f.Drop(t.Context(), bad, nil); err == nil {
			t.Errorf("dropped %q", bad)
		}
	}
	if _, err := f.Begin(t.Context(), id(1), []files.Part{{Name: "../a", Size: 1}}); err == nil {
		t.Error("a path as a part")
	}
	if _, err := f.Begin(t.Context(), id(1), []files.Part{{At: 7, Name: "aa", Size: 1}}); err == nil {
		t.Error("a gap between parts")
	}
}

func many(t *testing.T, desk func() files.Files) {
	f := desk()
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			b, key := noise(t, id(i), 50_000+i)
			p, err := f.Begin(t.Context(), id(i), nil)
			if err == nil {
				_, err = p.Write(b)
			}
			if err != nil {
				t.Error(err)
				return
			}
			part, err := p.Commit(t.Context(), true)
			err = errors.Join(err, p.Close())
			if err == nil {
				err = f.Assemble(t.Context(), id(i), []files.Part{part}, key)
			}
			if err == nil {
				_, err = f.Size(t.Context(), key)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}
