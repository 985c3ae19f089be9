package desk

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
	"github.com/beistand/beistand/app/desk/store"
)

// hang begins a PATCH of which only a part ever comes, and gives the answer's status in time.
func (h *house) hang(path, token string, part []byte, whole int) <-chan int {
	h.t.Helper()
	conn, err := net.Dial("tcp", h.Addr())
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { conn.Close() })
	_, err = fmt.Fprintf(conn, "PATCH %s HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer %s\r\nTus-Resumable: 1.0.0\r\n"+
		"Content-Type: %s\r\nUpload-Offset: 0\r\nContent-Length: %d\r\n\r\n%s", path, token, patchType, whole, part)
	if err != nil {
		h.t.Fatal(err)
	}
	status := make(chan int, 1)
	go func() {
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			status <- 0
			return
		}
		resp.Body.Close()
		status <- resp.StatusCode
	}()
	return status
}

// partial is how large an upload's file is by now.
func (h *house) partial(path string) int64 {
	parts, err := filepath.Glob(filepath.Join(h.cfg.Dir, "uploads", path[strings.LastIndex(path, "/")+1:]+"*"))
	if err != nil || len(parts) == 0 {
		return 0
	}
	st, err := os.Stat(parts[0])
	if err != nil {
		return 0
	}
	return st.Size()
}

// cutter is a proxy that cuts its first connections after so many bytes from the client.
type cutter struct {
	net.Listener
	to    string
	cuts  []int64
	made  atomic.Int64
	conns sync.WaitGroup
}

func newCutter(t *testing.T, to string, cuts ...int64) *cutter {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cutter{Listener: l, to: to, cuts: cuts}
	c.conns.Go(c.serve)
	t.Cleanup(func() { l.Close(); c.conns.Wait() })
	return c
}

func (c *cutter) serve() {
	for {
		in, err := c.Accept()
		if err != nil {
			return
		}
		n := c.made.Add(1)
		c.conns.Go(func() {
			defer in.Close()
			out, err := net.Dial("tcp", c.to)
			if err != nil {
				return
			}
			defer out.Close()
			c.conns.Go(func() { _, _ = io.Copy(in, out); in.Close() })
			if int(n) <= len(c.cuts) {
				_, _ = io.CopyN(out, in, c.cuts[n-1])
				return // both ends are cut
			}
			_, _ = io.Copy(out, in)
		})
	}
}

// TestUploadBroken cuts the way to the desk three times in the middle.
func TestUploadBroken(t *testing.T) {
	h := open(t)
	made := h.ticket()
	proxy := newCutter(t, h.Addr(), 5<<20, 300, 6<<20)
	path, content := noiseFile(t, 18<<20)
	b, err := dial(t, "http://"+proxy.Addr().String(), made.Token).Upload(t.Context(), made.Ticket.Number, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	h.same(made, b, content)
	if proxy.made.Load() < 4 {
		t.Errorf("%d connections: the breaks did not happen", proxy.made.Load())
	}
	if _, err := os.Stat(path + ".upload"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the note stays behind: %v", err)
	}
}

// same compares a bundle at the desk with what was sent.
func (h *house) same(made api.CreatedTicket, b api.Bundle, content []byte) {
	h.t.Helper()
	var got bytes.Buffer
	if err := h.client(made.Token).Download(h.t.Context(), made.Ticket.Number, b.ID, &got, nil); err != nil {
		h.t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), content) {
		h.t.Fatalf("%d bytes differ from the %d that were sent", got.Len(), len(content))
	}
}

// TestDownloadBroken cuts the way back.
func TestDownloadBroken(t *testing.T) {
	h := open(t)
	made := h.ticket()
	path, content := noiseFile(t, 6<<20)
	b, err := h.client(made.Token).Upload(t.Context(), made.Ticket.Number, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	var cut atomic.Bool
	back := func(w http.ResponseWriter, r *http.Request) {
		req, err := http.NewRequestWithContext(r.Context(), r.Method, h.URL()+r.URL.Path, nil)
		if err != nil {
			t.Error(err)
			return
		}
		req.Header = r.Header
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Error(err)
			return
		}
		defer resp.Body.Close()
		for k, v := range resp.Header {
			w.Header()[k] = v
		}
		w.WriteHeader(resp.StatusCode)
		if strings.Contains(r.URL.Path, "bundles") && cut.CompareAndSwap(false, true) {
			_, _ = io.CopyN(w, resp.Body, 2<<20)
			panic(http.ErrAbortHandler)
		}
		_, _ = io.Copy(w, resp.Body)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := &http.Server{Handler: http.HandlerFunc(back)}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	defer func() { srv.Close(); <-done }()
	var got bytes.Buffer
	c := dial(t, "http://"+l.Addr().String(), made.Token)
	defer c.CloseIdle()
	if err := c.Download(t.Context(), made.Ticket.Number, b.ID, &got, nil); err != nil || !bytes.Equal(got.Bytes(), content) {
		t.Fatalf("%v, %d bytes", err, got.Len())
	}
	if !cut.Load() {
		t.Error("the break did not happen")
	}
}

// child is a desk in a process of its own, that can be killed.
func child(t *testing.T, dir, listen string) (addr string, kill func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir, childListen+"="+listen)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill = sync.OnceFunc(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // killed, which is the point
	})
	t.Cleanup(kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(line)[0], kill
}

// TestDeskKilled kills the desk in the middle of an upload; the client goes on with the one that comes after it.
func TestDeskKilled(t *testing.T) {
	dir := t.TempDir()
	addr, kill := child(t, dir, "127.0.0.1:0")
	customer := dial(t, "http://"+addr, "")
	made, err := customer.CreateTicket(t.Context(), newTicket())
	if err != nil {
		t.Fatal(err)
	}
	customer = customer.WithToken(made.Token)
	path, content := noiseFile(t, 24<<20)
	var once sync.Once
	again := make(chan struct{})
	b, err := customer.Upload(t.Context(), made.Ticket.Number, path, func(sent, total int64) {
		if sent > total/2 {
			once.Do(func() {
				kill()
				go func() { child(t, dir, addr); close(again) }()
			})
		}
	})
	<-again
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := customer.Download(t.Context(), made.Ticket.Number, b.ID, &got, nil); err != nil || !bytes.Equal(got.Bytes(), content) {
		t.Fatalf("%v, %d bytes", err, got.Len())
	}
}

// TestClientKilled proves that another process goes on where a client stopped.
func TestClientKilled(t *testing.T) {
	h := open(t)
	made := h.ticket()
	path, content := noiseFile(t, 12<<20)
	proxy := newCutter(t, h.Addr(), 9<<20)
	first := dial(t, "http://"+proxy.Addr().String(), made.Token)
	ctx, stop := context.WithCancel(t.Context())
	_, err := first.Upload(ctx, made.Ticket.Number, path, func(sent, _ int64) {
		if sent > 8<<20 {
			stop()
		}
	})
	if err == nil {
		t.Fatal("it was not stopped")
	}
	least := int64(1 << 62)
	second := dial(t, "http://"+proxy.Addr().String(), made.Token)
	b, err := second.Upload(t.Context(), made.Ticket.Number, path, func(sent, _ int64) { least = min(least, sent) })
	if err != nil {
		t.Fatal(err)
	}
	if least < 4<<20 {
		t.Errorf("the second process began at byte %d", least)
	}
	h.same(made, b, content)
}

// small is a disk that is full after so many bytes.
type small struct {
	left atomic.Int64
}

type smallFile struct {
	*os.File
	disk *small
}

func (f smallFile) WriteAt(p []byte, at int64) (int, error) {
	if f.disk.left.Add(-int64(len(p))) < 0 {
		n, _ := f.File.WriteAt(p[:len(p)/2], at)
		return n, &fs.PathError{Op: "write", Path: f.Name(), Err: syscall.ENOSPC}
	}
	return f.File.WriteAt(p, at)
}

// TestDiskFull fills the desk's disk in the middle of an upload: it is refused by name, reading goes on, and with room again so does the upload.
func TestDiskFull(t *testing.T) {
	disk := &small{}
	disk.left.Store(6 << 20)
	h := open(t, func(c *Config) {
		c.seams.store.OpenFile = func(name string, flag int, perm fs.FileMode) (store.File, error) {
			f, err := os.OpenFile(name, flag, perm)
			return smallFile{f, disk}, err
		}
	})
	made := h.ticket()
	path, content := noiseFile(t, 13<<20)
	customer := h.client(made.Token)
	_, err := customer.Upload(t.Context(), made.Ticket.Number, path, nil)
	var e *client.Error
	if !errors.As(err, &e) || e.Status != http.StatusInsufficientStorage || e.Kind != api.KindNoSpace {
		t.Fatalf("full disk: %v", err)
	}
	if _, err := customer.Ticket(t.Context(), made.Ticket.Number); err != nil {
		t.Fatalf("reading with a full disk: %v", err)
	}
	disk.left.Store(1 << 40)
	b, err := customer.Upload(t.Context(), made.Ticket.Number, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	h.same(made, b, content)
}

// TestReserve refuses what would not fit before a byte of it is sent.
func TestReserve(t *testing.T) {
	h := open(t, func(c *Config) {
		c.seams.store.Free = func(string) (uint64, error) { return store.Reserve + 100, nil }
	})
	made := h.ticket()
	for size, want := range map[string]int{"100": 201, "101": 507} {
		status, _, body := h.do("POST", api.PathUploads, made.Token, nil,
			"Upload-Length", size, "Upload-Metadata", metadata(made.Ticket.Number, "a.zip", nil))
		if status != want {
			t.Errorf("%s bytes: %d %s", size, status, body)
		}
	}
}

// TestFileChanged proves that a file that changes while it is sent does not pass as a bundle.
func TestFileChanged(t *testing.T) {
	h := open(t)
	made := h.ticket()
	path, content := noiseFile(t, 9<<20)
	var once sync.Once
	_, err := h.client(made.Token).Upload(t.Context(), made.Ticket.Number, path, func(sent, total int64) {
		once.Do(func() {
			content[len(content)-1]++
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Error(err)
			}
		})
	})
	if client.KindOf(err) != api.KindChecksum {
		t.Fatalf("changed file: %v", err)
	}
	whole, err := h.store.Ticket(t.Context(), made.Ticket.Number)
	if err != nil || len(whole.Bundles) != 0 {
		t.Fatalf("%+v %v", whole.Bundles, err)
	}
}
