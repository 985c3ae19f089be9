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
	one, other := connected(ctx, b, Config{Media: withDatagrams}, Config{Media: withDatagrams})
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
