package peer

import (
	"context"
	"errors"
	"syscall"
	"testing"
	"time"
)

// BenchmarkDatagrams is what one datagram costs this machine, both sides
// together, from SendDatagram to Datagram: packets a second, and processor
// time for each Mbit.
func BenchmarkDatagrams(b *testing.B) {
	ctx, cancel := context.WithTimeout(b.Context(), time.Minute)
	defer cancel()
	one, other := pair(ctx, b, Config{Media: withDatagrams})
	packet := make([]byte, MaxDatagram)
	b.SetBytes(MaxDatagram)
	b.ReportAllocs()
	came := make(chan struct{}, 1<<20)
	go func() {
		for {
			if _, err := other.Datagram(ctx); err != nil {
				close(came)
				return
			}
			came <- struct{}{}
		}
	}()
	const window = 200 // under way at once
	before := cpu()
	begin := time.Now()
	sent, arrived, lost := 0, 0, 0
	for b.Loop() {
		for sent-arrived-lost >= window {
			select {
			case <-came:
				arrived++
			case <-time.After(100 * time.Millisecond):
				lost = sent - arrived
			}
		}
		if err := one.SendDatagram(packet); err != nil && !errors.Is(err, ErrFull) {
			b.Fatal(err)
		}
		sent++
	}
	took, used := time.Since(begin), cpu()-before
	b.ReportMetric(float64(sent)/took.Seconds(), "packets/s")
	b.ReportMetric(float64(used.Microseconds())/(float64(sent)*MaxDatagram*8/1e6), "µs-cpu/Mbit")
	b.ReportMetric(float64(lost), "lost")
}

func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// pair is two connections that are open, for a benchmark.
func pair(ctx context.Context, b *testing.B, config Config) (one, other *Conn) {
	b.Helper()
	for _, c := range []**Conn{&one, &other} {
		var err error
		if *c, err = New(config); err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = (*c).Close() })
	}
	offer, err := one.Offer()
	if err != nil {
		b.Fatal(err)
	}
	answer, err := other.Answer(offer)
	if err != nil {
		b.Fatal(err)
	}
	if err := one.Accept(answer); err != nil {
		b.Fatal(err)
	}
	for _, way := range [][2]*Conn{{one, other}, {other, one}} {
		for c := range way[0].Candidates() {
			if err := way[1].AddCandidate(c); err != nil {
				b.Fatal(err)
			}
		}
	}
	for _, c := range []*Conn{one, other} {
		if err := c.wait(ctx, c.Opened()); err != nil {
			b.Fatal(err)
		}
	}
	return one, other
}
