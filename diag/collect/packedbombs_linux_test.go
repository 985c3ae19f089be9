package collect

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/ulikunitz/xz"
)

// TestPackedBombs unpacks much that is nothing, in little memory, and stops
// when it is told to.
func TestPackedBombs(t *testing.T) {
	dir := t.TempDir()
	bombs := map[string]string{
		"a.log.1.gz":  "head -c 24M /dev/zero | tr '\\0' 'a' | gzip -1",
		"b.log.1.bz2": "head -c 24M /dev/zero | tr '\\0' 'a' | bzip2",
		"c.log.1.zst": "head -c 24M /dev/zero | tr '\\0' 'a' | zstd -q -19",
		"d.log.1.xz":  "head -c 24M /dev/zero | tr '\\0' 'a' | xz -1",
	}
	for name, program := range bombs {
		t.Run(name, func(t *testing.T) {
			put(t, dir, name, packedBy(t, "", "sh", "-c", program), noon())
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			s := &memSink{}
			err := newLogFile(1, Log{Path: filepath.Join(dir, name), MaxBytes: 1 << 20}, window{}).Collect(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			runtime.ReadMemStats(&after)
			if f := s.only(t); f.Len() > 1<<20+1 || !strings.Contains(f.Cut, "left out") {
				t.Errorf("%d bytes, cut %q", f.Len(), f.Cut)
			}
			if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > 48<<20 {
				t.Errorf("the heap grew by %d bytes", grown)
			}
		})
	}
	for name := range bombs {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		if err := newLogFile(1, Log{Path: filepath.Join(dir, name)}, window{}).Collect(ctx, &memSink{}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s, stopped: %v", name, err)
		}
		cancel()
	}
}

// TestTurnsToUnpack holds that one log's dictionary is in memory at a time.
func TestTurnsToUnpack(t *testing.T) {
	path := put(t, t.TempDir(), "a.log.1.xz", packedBy(t, hours(0, 2), "xz"), noon())
	l := newLogFile(1, Log{Path: path}, window{})
	if err := l.turns.take(t.Context()); err != nil { // another one unpacks
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := l.Collect(ctx, &memSink{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it did not wait: %v", err)
	}
	<-l.turns
	if err := l.Collect(t.Context(), &memSink{}); err != nil {
		t.Error(err)
	}
	if err := l.turns.take(ctx); len(l.turns) != 1 && !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the turn was not given back: %v", err)
	}
}

// FuzzUnpack packs a text, damages it, and unpacks: what comes out without an
// error is the text, and whatever comes in, nothing breaks.
func FuzzUnpack(f *testing.F) {
	for _, packed := range []string{
		packedBy(f, hours(0, 1), "xz"), packedBy(f, hours(0, 1), "xz", "-T2", "-C", "sha256", "--block-size=999"), zipOf(f, zip.Deflate, hours(0, 1), "a"), zipOf(f, zip.Store, hours(0, 1), "a"),
		packedBy(f, hours(0, 1), "zstd", "-q"), packedBy(f, hours(0, 1), "bzip2"), packedBy(f, hours(0, 1), "gzip"),
		packedBy(f, "", "xz"), zipOf(f, zip.Deflate, "", "a", "b"), "PK\x05\x06" + string(make([]byte, 22)),
	} {
		f.Add([]byte(packed), 0, byte(0))
		f.Add([]byte(packed), len(packed)/2, byte(1))
	}
	f.Fuzz(func(t *testing.T, b []byte, at int, flip byte) {
		unpack := func(b []byte) ([]byte, error) {
			p := packingOf(b)
			r, err := p.open(io.NewSectionReader(bytes.NewReader(b), 0, int64(len(b))))
			if err != nil {
				return nil, err
			}
			defer r.Close()
			return io.ReadAll(io.LimitReader(r, 4<<20))
		}
		if len(b) > 0 {
			b[max(0, at)%len(b)] ^= flip
		}
		text, err := unpack(b)
		if err != nil || len(text) == 4<<20 {
			return
		}
		var packed bytes.Buffer
		w, err := xz.NewWriter(&packed)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(text)
		w.Close()
		again, err := unpack(packed.Bytes())
		if err != nil || !bytes.Equal(again, text) {
			t.Errorf("%d bytes became %d, %v", len(text), len(again), err)
		}
	})
}
