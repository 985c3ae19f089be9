package flow

import (
	"bytes"
	"errors"
	"testing"
	"time"
)

// Whatever comes, a Receiver holds little, and gives an answer that a Sender
// can read.
func FuzzReceiver(f *testing.F) {
	s := NewSender(1)
	_ = s.Put([]byte("frame"))
	p, _ := s.Next(zero)
	f.Add(bytes.Clone(p), []byte{0, 1, 2})
	f.Add(append(appendHead(nil, head{false, 7, 1 << 40, 4000}), 0xff, 0xff, 0xff, 0x7f), []byte{9})
	f.Add(append(appendHead(nil, head{false, 1, 3, 0}), 0x80, 0x80, 0x80, 0x08), []byte{0})
	f.Add(appendHead(nil, head{false, 1, 3, 0}), []byte{})
	f.Fuzz(func(t *testing.T, first, rest []byte) {
		r, now := NewReceiver(), zero
		packets := [][]byte{first}
		for i, c := range rest[:min(len(rest), 300)] { // packets like the first, moved about
			p := append(appendHead(nil, head{c&32 != 0, uint32(1 + c>>6), uint64(i), uint64(c & 15)}), first[min(len(first), headSize):]...)
			packets = append(packets, p[:min(len(p), MaxPacket)])
		}
		for _, p := range packets {
			frames, err := r.Packet(now, p)
			if err != nil && (!errors.Is(err, ErrPacket) || frames != nil) {
				t.Fatalf("%v with %d frames", err, len(frames))
			}
			for _, f := range frames {
				if len(f) == 0 || len(f) > MaxFrame {
					t.Fatalf("a frame of %d bytes", len(f))
				}
			}
			if cap(r.joiner.frame) > 4*(len(r.joiner.frame)+trusted) || r.top-r.next > window || len(r.spare) > fewSpare {
				t.Fatalf("%d bytes for %d, %d segments, %d spare", cap(r.joiner.frame), len(r.joiner.frame), r.top-r.next, len(r.spare))
			}
			now = now.Add(20 * time.Millisecond)
			if p, wait := r.Feedback(now); p != nil {
				var a answer
				if err := a.parse(p); err != nil || len(p) > MaxPacket {
					t.Fatalf("an answer of %d bytes: %v", len(p), err)
				}
			} else if wait <= 0 {
				t.Fatal("no answer and no time to wait")
			}
		}
	})
}

// Whatever comes back, a Sender keeps count, and what a receiver really tells
// then still ends everything.
func FuzzSender(f *testing.F) {
	a := answer{epoch: 1, clock: 100, next: 3, have: []byte{5}, count: 2}
	a.arrivals[0], a.arrivals[1] = arrival{4, 90}, arrival{2, 80}
	f.Add(appendAnswer(nil, &a), []byte{1, 2, 3})
	f.Add(appendAnswer(nil, &answer{epoch: 1, next: 8}), []byte{0, 0, 0})
	f.Add([]byte{kindAnswer}, []byte{255, 1, 128})
	f.Fuzz(func(t *testing.T, foreign, steps []byte) {
		s, r, now := NewSender(1), NewReceiver(), zero
		put, got := 0, 0
		next := func(lose bool) {
			p, _ := s.Next(now)
			if p == nil || lose {
				return
			}
			frames, err := r.Packet(now, p)
			if err != nil {
				t.Fatal(err)
			}
			got += len(frames)
		}
		for i, c := range steps[:min(len(steps), 200)] {
			now = now.Add(time.Duration(c) * time.Millisecond)
			switch c % 4 {
			case 0:
				if s.Put(make([]byte, 1+int(c)*20)) == nil {
					put++
				}
			case 1, 2:
				next(c%8 == 1)
			case 3:
				_, err := s.Feedback(now, foreign)
				if err != nil && !errors.Is(err, ErrPacket) {
					t.Fatal(err)
				}
				if err == nil && len(foreign) > 5 && bytes.Equal(foreign[1:5], []byte{0, 0, 0, 1}) {
					return // it claimed what is not so; only that nothing breaks counts
				}
			}
			if s.open < 0 || s.queued < 0 || s.flight < 0 {
				t.Fatalf("step %d: %d open, %d queued, %d flying", i, s.open, s.queued, s.flight)
			}
		}
		for range 20_000 {
			if s.Queued()+s.Unacked() == 0 {
				break
			}
			now = now.Add(2 * time.Millisecond)
			next(false)
			if p, _ := r.Feedback(now); p != nil {
				if _, err := s.Feedback(now, p); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got != put {
			t.Fatalf("%d frames of %d; %d queued, %d open", got, put, s.Queued(), s.Unacked())
		}
	})
}

func FuzzAnswer(f *testing.F) {
	a := answer{epoch: 1, clock: 1000, next: 3, have: []byte{5}, count: 2}
	a.arrivals[0], a.arrivals[1] = arrival{4, 900}, arrival{2, 800}
	f.Add(appendAnswer(nil, &a))
	f.Add(appendAnswer(nil, &answer{}))
	f.Fuzz(func(t *testing.T, p []byte) {
		var a, again answer
		if err := a.parse(p); err != nil {
			return
		}
		q := appendAnswer(nil, &a)
		if len(q) > MaxPacket {
			t.Fatalf("%d bytes", len(q))
		}
		if err := again.parse(q); err != nil {
			t.Fatal(err)
		}
		if again.count < a.count && len(q) < MaxPacket-40 || again.next != a.next || !bytes.Equal(again.have, a.have) {
			t.Fatalf("%+v became %+v", a, again)
		}
		for i, r := range again.arrivals[:again.count] {
			if r != a.arrivals[i] {
				t.Fatalf("arrival %d: %v became %v", i, a.arrivals[i], r)
			}
		}
	})
}
