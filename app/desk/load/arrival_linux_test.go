package load

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

// BenchmarkArrival lets tickets arrive with a bundle of 2 MB each for 15 s, and
// prints how many a second; then it writes as much as fast as the disk can
// without a desk: a file of 2 MB, synced, renamed, its folder synced. The target
// is 500 a second on two cores until the disk is the limit, in 300 MB.
func BenchmarkArrival(b *testing.B) {
	const (
		size    = 2 << 20
		senders = 24
		lasts   = 15 * time.Second
	)
	for b.Loop() {
		dir := b.TempDir()
		p := start(b, dir, "127.0.0.1:0", "")
		ctx, stop := context.WithTimeout(b.Context(), lasts)
		var arrived atomic.Int64
		var most float64
		var all sync.WaitGroup
		before, begin, own := spent(b, p.cmd.Process.Pid), time.Now(), selfSpent(b)
		for n := range senders {
			all.Go(func() {
				s := newSender(p.addr, n, size)
				defer s.http.CloseIdleConnections()
				for ctx.Err() == nil {
					if err := s.one(ctx); err != nil {
						if ctx.Err() == nil {
							b.Error(err)
						}
						return
					}
					arrived.Add(1)
				}
			})
		}
		tick := time.NewTicker(200 * time.Millisecond)
		for ctx.Err() == nil {
			select {
			case <-tick.C:
				most = max(most, p.rss())
			case <-ctx.Done():
			}
		}
		tick.Stop()
		stop()
		all.Wait()
		took := time.Since(begin)
		b.ReportMetric(float64(arrived.Load())/took.Seconds(), "tickets/s")
		b.ReportMetric(float64(arrived.Load())*size/1e6/took.Seconds(), "MB/s")
		b.ReportMetric(100*float64(spent(b, p.cmd.Process.Pid)-before)/float64(took), "desk-CPU-%")
		b.ReportMetric(100*float64(selfSpent(b)-own)/float64(took), "clients-CPU-%")
		b.ReportMetric(most/1e6, "RSS-MB")
		p.kill()
		bare := disk(b, filepath.Join(dir, "bare"), senders, size, lasts)
		b.ReportMetric(bare, "disk-files/s")
		b.ReportMetric(bare*size/1e6, "disk-MB/s")
		b.ReportMetric(load1(b), "load1")
	}
}

// disk is how many files a second the disk takes, written as an upload is.
func disk(b *testing.B, dir string, writers, size int, lasts time.Duration) float64 {
	b.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithTimeout(b.Context(), lasts)
	defer stop()
	var files atomic.Int64
	var all sync.WaitGroup
	begin := time.Now()
	for n := range writers {
		all.Go(func() {
			content := make([]byte, size)
			for i := 0; ctx.Err() == nil; i++ {
				if err := write(dir, fmt.Sprint(n, ".", i), content); err != nil {
					b.Error(err)
					return
				}
				files.Add(1)
			}
		})
	}
	all.Wait()
	return float64(files.Load()) / time.Since(begin).Seconds()
}

func write(dir, name string, content []byte) error {
	at := filepath.Join(dir, name)
	f, err := os.Create(at)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(at, at+".bundle"); err != nil {
		return err
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// sender is a customer's program without a window, at addresses of its own:
// nobody files so many from one.
type sender struct {
	url     string
	http    *http.Client
	dialer  *net.Dialer
	n, i    int
	content []byte
}

func newSender(addr string, n, size int) *sender {
	s := &sender{url: "http://" + addr, dialer: &net.Dialer{}, n: n, content: bytes.Repeat([]byte("0123456789abcdef"), size/16)}
	s.http = &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, network, to string) (net.Conn, error) {
		return s.dialer.DialContext(ctx, network, to)
	}}}
	return s
}

func (s *sender) one(ctx context.Context) error {
	if s.i%15 == 0 { // before an address has filed too many
		s.http.CloseIdleConnections()
		s.dialer.LocalAddr = &net.TCPAddr{IP: net.IPv4(127, byte(2+s.n), byte(s.i/15/250), byte(1+s.i/15%250))}
	}
	s.i++
	binary.BigEndian.PutUint64(s.content, uint64(s.n)<<32|uint64(s.i))
	body, err := json.Marshal(api.NewTicket{
		ID: client.NewTicketID(), Title: "Arrival", Description: "x", Product: "x", Priority: api.Normal, Name: "x", Contact: "x", Language: "en",
	})
	if err != nil {
		return err
	}
	text, _, err := s.do(ctx, "POST", api.PathTickets, "", body, http.Header{"Content-Type": {"application/json"}}, http.StatusCreated)
	if err != nil {
		return err
	}
	var made api.CreatedTicket
	if err := json.Unmarshal(text, &made); err != nil {
		return err
	}
	sum := sha256.Sum256(s.content)
	b64 := base64.StdEncoding.EncodeToString
	_, head, err := s.do(ctx, "POST", api.PathUploads, made.Token, nil, http.Header{
		"Tus-Resumable": {"1.0.0"}, "Upload-Length": {strconv.Itoa(len(s.content))},
		"Upload-Metadata": {"ticket " + b64([]byte(strconv.FormatInt(made.Ticket.Number, 10))) + ",filename " + b64([]byte("case.zip")) +
			",sha256 " + b64([]byte(hex.EncodeToString(sum[:])))},
	}, http.StatusCreated)
	if err != nil {
		return err
	}
	_, _, err = s.do(ctx, "PATCH", head.Get("Location"), made.Token, s.content, http.Header{
		"Tus-Resumable": {"1.0.0"}, "Content-Type": {"application/offset+octet-stream"}, "Upload-Offset": {"0"},
		"Upload-Checksum": {"sha256 " + b64(sum[:])},
	}, http.StatusNoContent)
	return err
}

func (s *sender) do(ctx context.Context, method, at, token string, body []byte, header http.Header, want int) ([]byte, http.Header, error) {
	r, err := http.NewRequestWithContext(ctx, method, s.url+at, bytes.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	r.Header = header
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := s.http.Do(r)
	if err != nil {
		return nil, nil, err
	}
	text, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err == nil && resp.StatusCode != want {
		err = fmt.Errorf("%s %s: %s %s", method, at, resp.Status, text)
	}
	return text, resp.Header, err
}
