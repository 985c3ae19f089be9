package peer

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// lossy stands between two connections: it carries what one sends to an
// address of the other, and back, as badly as its way is.
type lossy struct {
	way
	front, back *net.UDPConn
	caller      atomic.Pointer[net.UDPAddr]
	all         sync.WaitGroup
}

// way is what happens to packets, in each direction.
type way struct {
	lose      float64       // the share that is lost, from 0 to 1
	mediaOnly bool          // and of what
	delay     time.Duration // until one comes
	rate      int           // bits a second; 0 any. What would wait for more than 100 ms is lost
}

// newLossy is such a way to an address.
func newLossy(t testing.TB, to string, w way) *lossy {
	t.Helper()
	address, err := net.ResolveUDPAddr("udp4", to)
	if err != nil {
		t.Fatal(err)
	}
	front, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	back, err := net.DialUDP("udp4", nil, address)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []*net.UDPConn{front, back} {
		if err := c.SetReadBuffer(receiveBuffer); err != nil {
			t.Fatal(err)
		}
	}
	l := &lossy{way: w, front: front, back: back}
	forth := l.line(3, func(b []byte) { _, _ = back.Write(b) }) // lost is lost
	fro := l.line(4, func(b []byte) {
		if to := l.caller.Load(); to != nil {
			_, _ = front.WriteToUDP(b, to)
		}
	})
	l.all.Go(func() {
		defer forth(nil)
		b := make([]byte, 2000)
		for {
			n, from, err := front.ReadFromUDP(b)
			if err != nil {
				return
			}
			l.caller.Store(from)
			forth(b[:n])
		}
	})
	l.all.Go(func() {
		defer fro(nil)
		b := make([]byte, 2000)
		for {
			n, err := back.Read(b)
			if err != nil && strings.Contains(err.Error(), "refused") { // nobody listens any more
				continue
			}
			if err != nil {
				return
			}
			fro(b[:n])
		}
	})
	t.Cleanup(func() { front.Close(); back.Close(); l.all.Wait() })
	return l
}

// line is one direction: what it is given comes out as late as the way is
// long; nil ends it.
func (l *lossy) line(seed uint64, out func([]byte)) func([]byte) {
	type packet struct {
		data []byte
		due  time.Time
	}
	random := rand.New(rand.NewPCG(seed, seed))
	under := make(chan packet, 1<<14)
	l.all.Go(func() {
		for p := range under {
			if wait := time.Until(p.due); wait > 0 {
				<-time.After(wait)
			}
			out(p.data)
		}
	})
	var free time.Time // when the way has carried what it was given
	return func(b []byte) {
		if b == nil {
			close(under)
			return
		}
		if (isMedia(b) || !l.mediaOnly) && random.Float64() < l.lose {
			return
		}
		now := time.Now()
		if free.Before(now) {
			free = now
		}
		if l.rate != 0 {
			if free.Sub(now) > 100*time.Millisecond {
				return
			}
			free = free.Add(time.Duration(len(b)+28) * 8 * time.Second / time.Duration(l.rate))
		}
		under <- packet{append([]byte(nil), b...), free.Add(l.delay)}
	}
}

// connectedOver gives two connections with one way between them.
func connectedOver(ctx context.Context, t testing.TB, w way, first, second Config) (a, b *Conn) {
	t.Helper()
	a, b = newConn(t, first), newConn(t, second)
	offer, err := a.Offer()
	if err != nil {
		t.Fatal(err)
	}
	answer, err := b.Answer(offer)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Accept(answer); err != nil {
		t.Fatal(err)
	}
	placed := false
	for c := range b.Candidates() {
		r, err := parseCandidate(c.Line)
		if err != nil {
			t.Fatal(err)
		}
		at, ok := r.at()
		if !ok || placed || r[fieldTransport] != "udp" || !at.Addr().Is4() || !at.Addr().IsLoopback() {
			continue
		}
		r[fieldPort] = fmt.Sprint(newLossy(t, at.String(), w).front.LocalAddr().(*net.UDPAddr).Port)
		c.Line = r.String()
		if err := a.AddCandidate(c); err != nil {
			t.Fatal(err)
		}
		placed = true
	}
	if !placed {
		t.Fatal("there is no candidate on loopback")
	}
	opened(ctx, t, a, b)
	return a, b
}
