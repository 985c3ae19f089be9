package flow

import (
	"bytes"
	"testing"
	"time"
)

// A packet's way through both ends, with the answers; the floor is copying its
// bytes from frame to segment and from packet to frame.
func BenchmarkPackets(b *testing.B) {
	frame := make([]byte, 112_600)
	b.Run("floor copy", func(b *testing.B) {
		packet, whole := make([]byte, maxPayload), make([]byte, len(frame))
		b.SetBytes(maxPayload)
		for i := 0; b.Loop(); i = (i + 1) % 100 {
			copy(packet, frame[i*maxPayload:])
			copy(whole[i*maxPayload:], packet)
		}
	})
	for name, lossy := range map[string]bool{"clean": false, "one of 100 lost": true} {
		b.Run(name, func(b *testing.B) {
			s, r, now := NewSender(1), NewReceiver(), zero
			s.SetRate(now, 1_000_000_000, 1<<30)
			b.SetBytes(maxPayload)
			b.ReportAllocs()
			packets, came, want := 0, 0, 0
			for b.Loop() {
				var p []byte
				for {
					if p, _ = s.Next(now); p != nil {
						break
					}
					if s.Queued() == 0 {
						want++
						if err := s.Put(frame); err != nil {
							b.Fatal(err)
						}
					}
					now = now.Add(10 * time.Microsecond)
					if p, _ := r.Feedback(now); p != nil {
						if _, err := s.Feedback(now, p); err != nil {
							b.Fatal(err)
						}
					}
				}
				if packets++; lossy && packets%100 == 7 {
					continue
				}
				frames, err := r.Packet(now, p)
				if err != nil {
					b.Fatal(err)
				}
				came += len(frames)
				if p, _ := r.Feedback(now); p != nil {
					if _, err := s.Feedback(now, p); err != nil {
						b.Fatal(err)
					}
				}
			}
			if came < want-50 {
				b.Fatalf("%d of %d frames came", came, want)
			}
			b.ReportMetric(float64(packets)/b.Elapsed().Seconds(), "packets/s")
		})
	}
}

// The same update again and again, a letter's: what one costs on both ends.
func BenchmarkLetter(b *testing.B) {
	s, r, now := NewSender(1), NewReceiver(), zero
	letter := bytes.Repeat([]byte("a"), 60)
	b.ReportAllocs()
	for b.Loop() {
		now = now.Add(60 * time.Millisecond)
		if err := s.Put(letter); err != nil {
			b.Fatal(err)
		}
		p, _ := s.Next(now)
		if frames, err := r.Packet(now, p); err != nil || len(frames) != 1 {
			b.Fatal(err)
		}
		p, _ = r.Feedback(now)
		if _, err := s.Feedback(now, p); err != nil || s.Unacked() != 0 {
			b.Fatal(err)
		}
	}
}

// The worst that a hostile sender or receiver can have the other end do for one
// packet.
func BenchmarkHostile(b *testing.B) {
	b.Run("segments far apart", func(b *testing.B) {
		r, now := NewReceiver(), zero
		b.ReportAllocs()
		for n := uint64(0); b.Loop(); n++ {
			p := appendHead(nil, head{epoch: 1, number: 2 * n, segment: window - 1 - n%2})
			if _, err := r.Packet(now, append(p, 1)); err != nil {
				b.Fatal(err)
			}
			r.Feedback(now)
		}
	})
	b.Run("a new epoch each", func(b *testing.B) {
		r, now := NewReceiver(), zero
		b.ReportAllocs()
		for n := uint32(1); b.Loop(); n++ {
			p := appendHead(nil, head{epoch: n, segment: window - 1})
			if _, err := r.Packet(now, append(p, 1)); err != nil {
				b.Fatal(err)
			}
			r.Feedback(now)
		}
	})
	b.Run("a long length", func(b *testing.B) {
		r, now := NewReceiver(), zero
		b.ReportAllocs()
		for n := uint32(1); b.Loop(); n++ {
			p := appendHead(nil, head{epoch: n})
			if _, err := r.Packet(now, append(p, 0x80, 0x80, 0x80, 0x08)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("answers of nothing", func(b *testing.B) {
		s, now := NewSender(1), zero
		s.SetRate(now, 1_000_000_000, 1<<30)
		if err := s.Put(make([]byte, MaxFrame)); err != nil {
			b.Fatal(err)
		}
		for p, wait := s.Next(now); s.number < window; p, wait = s.Next(now) {
			if p == nil {
				now = now.Add(wait)
			}
		}
		a := answer{epoch: 1, have: bytes.Repeat([]byte{0x55}, window/8-1)}
		p := appendAnswer(nil, &a)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.Feedback(now, p); err != nil {
				b.Fatal(err)
			}
		}
	})
}
