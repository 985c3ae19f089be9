package collect

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// hashSink takes files as a bundle does, but for the packing: it has each one's SHA-256.
type hashSink struct{ n int64 }

type hashFile struct {
	s *hashSink
	h hash.Hash
}

func (s *hashSink) Create(string, FileInfo) (io.WriteCloser, error) {
	return &hashFile{s, sha256.New()}, nil
}

func (f *hashFile) Write(p []byte) (int, error) {
	f.s.n += int64(len(p))
	return f.h.Write(p)
}

func (f *hashFile) Close() error { return nil }

// manyLogs writes 2 GB of log lines into 20 files, one line every 50 ms.
func manyLogs(b *testing.B) (paths []string, last time.Time) {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("opened closed failed connection customer order invoice stored read written timeout retry session user database table row lock wait done begin commit rollback")
	dir := b.TempDir()
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	for i := range 20 {
		path := filepath.Join(dir, fmt.Sprintf("app-%02d.log", i))
		f, err := os.Create(path)
		if err != nil {
			b.Fatal(err)
		}
		var text bytes.Buffer
		for size := 0; size < 100<<20; {
			text.Reset()
			for text.Len() < 1<<20 {
				at = at.Add(50 * time.Millisecond)
				text.Write(at.AppendFormat(text.AvailableBuffer(), "2006-01-02T15:04:05.000Z"))
				fmt.Fprintf(&text, " INFO [worker-%d] %s %s %s id=%08x took %d ms\n", r.IntN(32), words[r.IntN(len(words))], words[r.IntN(len(words))], words[r.IntN(len(words))], r.Uint32(), r.IntN(5000))
			}
			if _, err := f.Write(text.Bytes()); err != nil {
				b.Fatal(err)
			}
			size += text.Len()
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
		os.Chtimes(path, at, at)
		paths = append(paths, path)
	}
	return paths, at
}

// mostMemory is the most that this program has held since the last call, in
// bytes (proc(5), VmHWM and clear_refs).
func mostMemory(b *testing.B) int64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	var kB int64
	for line := range strings.Lines(string(text)) {
		fmt.Sscanf(line, "VmHWM: %d kB", &kB)
	}
	os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
	return kB << 10
}

// processorTime is what this program and those it has run have taken of
// processors; it means the same while others take the rest.
func processorTime(b *testing.B) time.Duration {
	var sum time.Duration
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if err := syscall.Getrusage(who, &u); err != nil {
			b.Fatal(err)
		}
		sum += time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	return sum
}

// BenchmarkManyLogs collects 2 GB of logs in 20 files on one core: all of it,
// what a run takes of it without being told otherwise, and an hour of it. Its
// limit is what zstd -1 and sha256sum take for the same bytes, one after the other.
func BenchmarkManyLogs(b *testing.B) {
	paths, last := manyLogs(b)
	var size int64
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		size += info.Size()
	}
	runtime.GC()
	for _, c := range []struct {
		name string
		l    Log
		w    window
	}{
		{"all", Log{MaxBytes: 1 << 40}, window{}},
		{"usual", Log{}, window{}},
		{"an hour", Log{MaxBytes: 1 << 40}, window{since: last.Add(-6 * time.Hour), until: last.Add(-5 * time.Hour)}},
	} {
		b.Run(c.name, func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			b.SetBytes(size)
			mostMemory(b)
			begin := processorTime(b)
			var s hashSink
			for b.Loop() {
				for i, path := range paths {
					c.l.Path = path
					if err := newLogFile(i+1, c.l, c.w).Collect(b.Context(), &s); err != nil && !errors.Is(err, ErrAbsent) {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric((processorTime(b)-begin).Seconds()/float64(b.N), "cpu-s/op")
			b.ReportMetric(float64(s.n)/float64(b.N)/1e6, "MB-taken/op")
			b.ReportMetric(float64(mostMemory(b))/1e6, "MB-memory")
		})
	}
	b.Run("zstd -1 and sha256sum", func(b *testing.B) {
		b.SetBytes(size)
		null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
		if err != nil {
			b.Fatal(err)
		}
		defer null.Close()
		begin := processorTime(b)
		for b.Loop() {
			for _, path := range paths {
				zstd := exec.Command("zstd", "-q", "-1", "--single-thread", "-c", path)
				zstd.Stdout = null
				if err := zstd.Run(); err != nil {
					b.Fatal(err)
				}
				if err := exec.Command("sha256sum", path).Run(); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric((processorTime(b)-begin).Seconds()/float64(b.N), "cpu-s/op")
	})
}
