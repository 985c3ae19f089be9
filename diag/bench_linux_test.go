package diag

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// writeLogs makes logs as programs write them: no two lines are the same.
func writeLogs(tb testing.TB, dir string, files int, size int64) []string {
	tb.Helper()
	words := strings.Fields("connection accepted from user session timeout while reading response header upstream database query took cache miss hit order booked invoice printed retry error warning started stopped")
	var paths []string
	for i := range files {
		path := filepath.Join(dir, fmt.Sprintf("app-%02d.log", i))
		paths = append(paths, path)
		f, err := os.Create(path)
		if err != nil {
			tb.Fatal(err)
		}
		w := bufio.NewWriterSize(f, 1<<20)
		r := rand.New(rand.NewPCG(uint64(i), 7))
		at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
		for n := int64(0); n < size; {
			at = at.Add(time.Duration(r.IntN(900)) * time.Millisecond)
			line := at.AppendFormat(nil, "2006-01-02 15:04:05.000")
			line = fmt.Appendf(line, " [%d]", r.IntN(400))
			for range 4 + r.IntN(8) {
				line = append(append(line, ' '), words[r.IntN(len(words))]...)
			}
			line = fmt.Appendf(line, " id=%08x ip=10.%d.%d.%d ms=%d\n", r.Uint32(), r.IntN(4), r.IntN(256), r.IntN(256), r.IntN(5000))
			m, err := w.Write(line)
			if err != nil {
				tb.Fatal(err)
			}
			n += int64(m)
		}
		if err := w.Flush(); err != nil {
			tb.Fatal(err)
		}
		if err := f.Close(); err != nil {
			tb.Fatal(err)
		}
	}
	return paths
}

// BenchmarkLogs collects 2 GB of logs in 20 files, beside zstd -1 and
// sha256sum over the same bytes, one after the other and each on one core.
func BenchmarkLogs(b *testing.B) {
	const files, size = 20, 100 << 20
	dir := b.TempDir()
	o := Options{Profile: BuiltinProfile(), MaxTime: time.Hour, MaxSize: 3 << 30}
	paths := writeLogs(b, dir, files, size)
	for _, path := range paths {
		o.Profile.Logs = append(o.Profile.Logs, Log{Path: path, Bytes: 2 * size})
	}
	read(b, paths) // so that neither reads from the disk
	b.Run("run", func(b *testing.B) {
		b.SetBytes(files * size)
		bundlePath := filepath.Join(b.TempDir(), "case.zip")
		before := used(unix.RUSAGE_SELF)
		for b.Loop() {
			m, err := Run(b.Context(), bundlePath, o, nil)
			if err != nil || len(m.Files) < files {
				b.Fatal(m, err)
			}
		}
		b.ReportMetric((used(unix.RUSAGE_SELF)-before).Seconds()/float64(b.N), "cpu-s/op")
		if info, err := os.Stat(bundlePath); err == nil {
			b.ReportMetric(float64(info.Size())/(1<<20), "MB")
		}
	})
	b.Run("zstd+sha256sum", func(b *testing.B) {
		b.SetBytes(files * size)
		before := used(unix.RUSAGE_CHILDREN)
		packed := filepath.Join(b.TempDir(), "packed.zst")
		for b.Loop() {
			for _, path := range paths {
				for _, peer := range [][]string{{"zstd", "-q", "-f", "-1", "--single-thread", path, "-o", packed}, {"sha256sum", path}} {
					if out, err := exec.Command(peer[0], peer[1:]...).CombinedOutput(); err != nil {
						b.Fatalf("%v: %s", err, out)
					}
				}
			}
		}
		b.ReportMetric((used(unix.RUSAGE_CHILDREN)-before).Seconds()/float64(b.N), "cpu-s/op")
	})
}

func read(b *testing.B, paths []string) {
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		io.Copy(io.Discard, f)
		f.Close()
	}
}

func used(who int) time.Duration {
	var r unix.Rusage
	_ = unix.Getrusage(who, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
