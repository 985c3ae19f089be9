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
)

// lossy stands between two connections: it carries what one sends to an
// address of the other, and back, but for media that it loses.
type lossy struct {
	front, back *net.UDPConn
	caller      atomic.Pointer[net.UDPAddr]
	all         sync.WaitGroup
}

// newLossy loses a share of the media packets to an address, from 0 to 1.
func newLossy(t *testing.T, to string, share float64) *lossy {
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
	l := &lossy{front: front, back: back}
	random := rand.New(rand.NewPCG(3, 4))
	var mu sync.Mutex // guards random
	lose := func(packet []byte) bool {
		mu.Lock()
		defer mu.Unlock()
		return isMedia(packet) && random.Float64() < share
	}
	l.all.Go(func() {
		b := make([]byte, 2000)
		for {
			n, from, err := front.ReadFromUDP(b)
			if err != nil {
				return
			}
			if l.caller.Store(from); !lose(b[:n]) {
				_, _ = back.Write(b[:n]) // lost is lost
			}
		}
	})
	l.all.Go(func() {
		b := make([]byte, 2000)
		for {
			n, err := back.Read(b)
			if err != nil && strings.Contains(err.Error(), "refused") { // nobody listens any more
				continue
			}
			if err != nil {
				return
			}
			if to := l.caller.Load(); to != nil && !lose(b[:n]) {
				_, _ = front.WriteToUDP(b[:n], to)
			}
		}
	})
	t.Cleanup(func() { front.Close(); back.Close(); l.all.Wait() })
	return l
}

// connectedOver gives two connections whose only way loses a share of media.
func connectedOver(ctx context.Context, t *testing.T, share float64, first, second Config) (a, b *Conn) {
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
		r[fieldPort] = fmt.Sprint(newLossy(t, at.String(), share).front.LocalAddr().(*net.UDPAddr).Port)
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
