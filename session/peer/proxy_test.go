package peer

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// startProxy is a proxy (RFC 9110, section 9.3.6) that finds every name on loopback.
func startProxy(t *testing.T) (url string, asked func() int) {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	var mu sync.Mutex // guards open and count
	open, count := map[net.Conn]bool{}, 0
	keep := func(c net.Conn) net.Conn {
		mu.Lock()
		defer mu.Unlock()
		open[c] = true
		return c
	}
	all.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer keep(conn).Close()
				early := bufio.NewReader(conn)
				r, err := http.ReadRequest(early)
				if err != nil || r.Method != http.MethodConnect {
					return
				}
				_, port, _ := strings.Cut(r.Host, ":")
				to, err := net.Dial("tcp4", "127.0.0.1:"+port)
				if err != nil {
					return
				}
				defer keep(to).Close()
				mu.Lock()
				count++
				mu.Unlock()
				_, _ = io.WriteString(conn, "HTTP/1.1 200 Here\r\n\r\n") // one who has gone does not read
				all.Go(func() { _, _ = io.Copy(to, early); _ = to.Close() })
				_, _ = io.Copy(conn, to)
			})
		}
	})
	t.Cleanup(func() {
		listener.Close()
		mu.Lock()
		for c := range open {
			c.Close()
		}
		mu.Unlock()
		all.Wait()
	})
	return "http://" + listener.Addr().String(), func() int {
		mu.Lock()
		defer mu.Unlock()
		return count
	}
}

// Where nothing but a proxy leads out, datagrams and video go through it, to
// the relay.
func TestMediaThroughAProxy(t *testing.T) {
	_, tcp := startRelay(t)
	proxy, asked := startProxy(t)
	t.Setenv("HTTPS_PROXY", proxy)
	t.Setenv("NO_PROXY", "")
	_, port, _ := strings.Cut(strings.TrimPrefix(tcp.URLs[0], "turn:"), ":")
	tcp.URLs = []string{"turn:relay.example.com:" + port}
	ctx := testContext(t)
	from, to := sides(VP8)
	for _, c := range []*Config{&from, &to} {
		c.Servers, c.RelayOnly = []Server{tcp}, true
	}
	a, b := connected(ctx, t, from, to)
	if asked() < 2 {
		t.Errorf("the proxy was asked %d times", asked())
	}
	exchange(ctx, t, a, b)
	exchange(ctx, t, b, a)
	frame := frameOf(VP8, 1, true, 100_000)
	if err := a.WriteVideo(frame, 0); err != nil {
		t.Fatal(err)
	}
	if f, err := b.Video(ctx); err != nil || len(f.Data) != len(frame) {
		t.Errorf("Video = %d bytes, %v", len(f.Data), err)
	}
}
