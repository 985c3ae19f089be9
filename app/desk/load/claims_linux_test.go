package load

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/client"
)

func selfSpent(b *testing.B) time.Duration { return spent(b, os.Getpid()) }

// BenchmarkClaims asks for sessions 10,000 times a second from one address,
// with tokens that do not hold and with one that does, while somebody else
// works. The limit for 99 of 100 of their calls is 1 s.
func BenchmarkClaims(b *testing.B) {
	for name, signedIn := range map[string]bool{"strangers": false, "signed in": true} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				claims(b, signedIn)
			}
		})
	}
}

func claims(b *testing.B, signedIn bool) {
	const (
		rate  = 10_000 // a second
		conns = 50
		lasts = 20 * time.Second
	)
	dir := b.TempDir()
	all := cases(b, dir, 2)
	p := start(b, dir, "127.0.0.1:0", "")
	defer p.kill()
	ctx, stop := context.WithTimeout(b.Context(), lasts)
	defer stop()
	before := spent(b, p.cmd.Process.Pid)
	var asked, answered atomic.Int64
	var work sync.WaitGroup
	for i := range conns {
		work.Go(func() {
			token := func(n int) string { return fmt.Sprintf("guess-%d-%d", i, n) }
			if signedIn {
				token = func(int) string { return all[0].staff }
			}
			claim(ctx, b, p.addr, all[0].number, rate/conns, token, &asked, &answered)
		})
	}
	calls := honest(ctx, b, p.addr, all[1])
	work.Wait()
	slices.Sort(calls)
	b.ReportMetric(float64(answered.Load())/lasts.Seconds(), "claims/s")
	b.ReportMetric(float64(asked.Load())/lasts.Seconds(), "offered/s")
	b.ReportMetric(float64(len(calls)), "honest-calls")
	if len(calls) > 0 {
		b.ReportMetric(float64(calls[len(calls)/2])/1e6, "p50-ms")
		b.ReportMetric(float64(calls[len(calls)*99/100])/1e6, "p99-ms")
		b.ReportMetric(float64(calls[len(calls)-1])/1e6, "max-ms")
	}
	b.ReportMetric(100*float64(spent(b, p.cmd.Process.Pid)-before)/float64(lasts), "desk-CPU-%")
	b.ReportMetric(load1(b), "load1")
}

// claim is one of the connections. It writes as many requests as the time
// gives it and reads the answers beside: waiting for each would ask for less.
func claim(ctx context.Context, b *testing.B, addr string, number int64, rate int, token func(int) string, asked, answered *atomic.Int64) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		b.Error(err)
		return
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	go func() {
		r := bufio.NewReader(conn)
		for {
			resp, err := http.ReadResponse(r, nil)
			if err != nil {
				return
			}
			if _, err := r.Discard(int(max(0, resp.ContentLength))); err != nil {
				return
			}
			answered.Add(1)
		}
	}()
	const body = `{"rights":["see"]}`
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	begin, n := time.Now(), 0
	for {
		var batch strings.Builder
		for due := int(time.Since(begin).Seconds() * float64(rate)); n < due; n++ {
			fmt.Fprintf(&batch, "POST %s HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
				api.SessionsPath(number), token(n), len(body), body)
			asked.Add(1)
		}
		if _, err := conn.Write([]byte(batch.String())); err != nil {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// honest is somebody at another address who works: reads, asks, marks.
func honest(ctx context.Context, b *testing.B, addr string, one oneCase) (took []time.Duration) {
	d := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}}
	tr := &http.Transport{DialContext: d.DialContext}
	defer tr.CloseIdleConnections()
	c, err := client.New("http://"+addr, client.Options{Token: one.customer, HTTP: &http.Client{Transport: tr}})
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; ctx.Err() == nil; i++ {
		begin := time.Now()
		var err error
		switch i % 3 {
		case 0:
			_, err = c.Ticket(ctx, one.number)
		case 1:
			_, err = c.ICE(ctx, one.session)
		case 2:
			err = c.MarkSession(ctx, one.session, api.SessionMark{What: api.MarkStarted})
		}
		if ctx.Err() != nil {
			break
		}
		if err != nil {
			b.Errorf("an honest call: %v", err)
			break
		}
		took = append(took, time.Since(begin))
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Millisecond):
		}
	}
	return took
}
