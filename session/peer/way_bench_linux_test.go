package peer

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/beistand/beistand/session/flow"
	"github.com/beistand/beistand/session/pace"
)

// BenchmarkWays is what a way carries of updates, each by the channel and by
// datagrams with what makes them a stream again: the same way of 20 Mbit/s, 50
// ms there and back, without loss and with 1 % each way.
func BenchmarkWays(b *testing.B) {
	for _, lose := range []float64{0, 0.01} {
		w := way{lose: lose, delay: 25 * time.Millisecond, rate: 20_000_000}
		for name, carry := range map[string]func(context.Context, *testing.B, *Conn, *Conn, int){"channel": carryChannel, "datagrams": carryDatagrams} {
			b.Run(fmt.Sprintf("%s/loss=%v", name, lose), func(b *testing.B) {
				ctx, cancel := context.WithTimeout(b.Context(), 2*time.Minute)
				defer cancel()
				from, to := connectedOver(ctx, b, w, Config{Media: withDatagrams}, Config{Media: withDatagrams})
				const updates = 80 // of 50 kB
				for b.Loop() {
					begin := time.Now()
					carry(ctx, b, from, to, updates)
					b.ReportMetric(updates*updateSize*8/1e6/time.Since(begin).Seconds(), "Mbit/s")
				}
			})
		}
	}
}

const updateSize = 50_000

func carryChannel(ctx context.Context, b *testing.B, from, to *Conn, count int) {
	go func() {
		for range count {
			if from.Send(ctx, make([]byte, updateSize)) != nil {
				return
			}
		}
	}()
	for range count {
		if _, err := to.Receive(ctx); err != nil {
			b.Fatal(err)
		}
	}
}

func carryDatagrams(ctx context.Context, b *testing.B, from, to *Conn, count int) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	answers := make(chan []byte, 1000)
	go func() {
		for {
			answer, err := from.Datagram(ctx)
			if err != nil {
				return
			}
			answers <- answer
		}
	}()
	go send(ctx, from, answers, count)
	r := flow.NewReceiver()
	came := make(chan []byte, datagramsIn)
	go func() {
		for {
			packet, err := to.Datagram(ctx)
			if err != nil {
				return
			}
			came <- packet
		}
	}()
	timer := time.NewTimer(0)
	for got := 0; got < count; {
		select {
		case packet := <-came:
			frames, err := r.Packet(time.Now(), packet)
			if err != nil {
				b.Fatal(err)
			}
			got += len(frames)
		case <-timer.C:
		case <-ctx.Done():
			b.Fatalf("%d of %d updates", got, count)
		}
		answer, wait := r.Feedback(time.Now())
		if answer != nil {
			_ = to.SendDatagram(answer) // the next says it again
		}
		timer.Reset(wait)
	}
}

func send(ctx context.Context, from *Conn, answers <-chan []byte, count int) {
	s, c := flow.NewSender(uint32(time.Now().UnixMilli())), pace.New()
	timer := time.NewTimer(0)
	for {
		for count > 0 && s.Queued() < 4*updateSize && s.Put(make([]byte, updateSize)) == nil {
			count--
		}
		now := time.Now()
		s.SetRate(now, c.Rate(), c.UnderWay())
		packet, wait := s.Next(now)
		if packet != nil {
			c.Sent(now, pace.Tiles, len(packet))
			_ = from.SendDatagram(packet) // lost is sent again
			continue
		}
		timer.Reset(min(wait, time.Hour))
		select {
		case answer := <-answers:
			if arrivals, err := s.Feedback(time.Now(), answer); err == nil {
				c.Feedback(time.Now(), pace.Tiles, arrivals)
			}
		case <-timer.C:
		case <-ctx.Done():
			return
		}
	}
}
