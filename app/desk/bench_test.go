package desk

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/beistand/beistand/app/client"
)

// BenchmarkUpload prints MB/s of an upload over loopback, verified and synced,
// and beside it, as its limit, copying and syncing the same file on the same disk.
func BenchmarkUpload(b *testing.B) {
	const size = 64 << 20
	path, _ := noiseFile(b, size)
	s, err := New(Config{Dir: b.TempDir(), Listen: "127.0.0.1:0"})
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			b.Error(err)
		}
	}()
	c, err := client.New(s.URL(), client.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer c.CloseIdle()
	var uploading, copying time.Duration
	for b.Loop() {
		n := newTicket() // one each: a ticket takes so many bytes and no more
		now := time.Now()
		made, err := s.store.CreateTicket(ctx, n, now, now.Add(time.Hour))
		if err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		if _, err := c.WithToken(made.Token).Upload(ctx, made.Ticket.Number, path, nil); err != nil {
			b.Fatal(err)
		}
		uploading += time.Since(start)
		start = time.Now()
		if err := copySynced(filepath.Join(b.TempDir(), "copy"), path); err != nil {
			b.Fatal(err)
		}
		copying += time.Since(start)
	}
	rate := func(d time.Duration) float64 { return float64(b.N) * size / 1e6 / d.Seconds() }
	b.ReportMetric(rate(uploading), "upload-MB/s")
	b.ReportMetric(rate(copying), "copy-MB/s")
}

func copySynced(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer out.Close()
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Sync()
}
