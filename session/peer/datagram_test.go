package peer

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"testing"
	"time"

	"github.com/pion/rtp"
)

var withDatagrams = Media{Datagrams: true}

// connected gives two connections that are open.
func connected(ctx context.Context, t testing.TB, first, second Config) (a, b *Conn) {
	t.Helper()
	a, b = newConn(t, first), newConn(t, second)
	signal(ctx, t, a, b, nil)
	opened(ctx, t, a, b)
	return a, b
}

// exchange sends datagrams of every length from one side to the other until
// each has come: they may be lost, and then are sent again.
func exchange(ctx context.Context, t *testing.T, from, to *Conn) {
	t.Helper()
	want := map[int]bool{}
	for n := 1; n <= MaxDatagram; n += 131 {
		want[n] = true
	}
	want[MaxDatagram] = true
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	arrived := make(chan []byte)
	reading, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		defer close(arrived)
		for {
			b, err := to.Datagram(reading)
			if err != nil {
				return
			}
			select {
			case arrived <- b:
			case <-reading.Done():
			}
		}
	}()
	for {
		for n := range want {
			if err := from.SendDatagram(bytes.Repeat([]byte{byte(n)}, n)); err != nil && !errors.Is(err, ErrFull) {
				t.Fatalf("send %d bytes: %v", n, err)
			}
		}
		for waiting := true; waiting; {
			select {
			case b := <-arrived:
				if !bytes.Equal(b, bytes.Repeat([]byte{byte(len(b))}, len(b))) {
					t.Fatalf("%d bytes came as others were sent", len(b))
				}
				if delete(want, len(b)); len(want) == 0 {
					stop()
					for range arrived { // until the reader has ended
					}
					return
				}
			case <-again.C:
				waiting = false
			case <-ctx.Done():
				t.Fatalf("%d lengths did not come", len(want))
			}
		}
	}
}

func TestDatagrams(t *testing.T) {
	ctx := testContext(t)
	a, b := newConn(t, Config{Media: withDatagrams}), newConn(t, Config{Media: withDatagrams})
	if err := a.SendDatagram([]byte("early")); !errors.Is(err, ErrNotAgreed) {
		t.Errorf("before there is a connection: %v, want %v", err, ErrNotAgreed)
	}
	signal(ctx, t, a, b, nil)
	opened(ctx, t, a, b)
	if !a.Datagrams() || !b.Datagrams() {
		t.Fatal("two sides that want datagrams did not agree on them")
	}
	exchange(ctx, t, a, b)
	exchange(ctx, t, b, a)
	for _, n := range []int{0, MaxDatagram + 1} {
		if err := a.SendDatagram(make([]byte, n)); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%d bytes: %v, want %v", n, err, ErrTooLarge)
		}
	}
	if err := a.Send(ctx, []byte("beside")); err != nil {
		t.Fatal(err)
	}
	if m, err := b.Receive(ctx); err != nil || string(m) != "beside" {
		t.Errorf("the channel beside them gave %q, %v", m, err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := a.SendDatagram([]byte("late")); !errors.Is(err, ErrClosed) {
		t.Errorf("after the end: %v, want %v", err, ErrClosed)
	}
	if _, err := a.Datagram(ctx); !errors.Is(err, ErrClosed) {
		t.Errorf("waiting after the end: %v, want %v", err, ErrClosed)
	}
}

// One side that does not want them is enough for there being none, and the
// channel does not mind.
func TestDatagramsRefused(t *testing.T) {
	for name, test := range map[string]struct{ first, second Media }{
		"by the answer": {withDatagrams, Media{}},
		"by the offer":  {Media{}, withDatagrams},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := testContext(t)
			a, b := connected(ctx, t, Config{Media: test.first}, Config{Media: test.second})
			for _, c := range []*Conn{a, b} {
				if c.Datagrams() {
					t.Error("datagrams of one side's wish")
				}
				if err := c.SendDatagram([]byte("x")); !errors.Is(err, ErrNotAgreed) {
					t.Errorf("SendDatagram = %v, want %v", err, ErrNotAgreed)
				}
			}
			if err := a.Send(ctx, []byte("through")); err != nil {
				t.Fatal(err)
			}
			if m, err := b.Receive(ctx); err != nil || string(m) != "through" {
				t.Errorf("Receive = %q, %v", m, err)
			}
		})
	}
}

// Nobody reads: what does not fit is dropped, and neither side waits or grows.
func TestDatagramsUnread(t *testing.T) {
	ctx := testContext(t)
	a, b := connected(ctx, t, Config{Media: withDatagrams}, Config{Media: withDatagrams})
	packet := make([]byte, MaxDatagram)
	full := 0
	for number := uint64(1); len(b.media.datagrams.in) < datagramsIn; number++ {
		binary.BigEndian.PutUint64(packet, number)
		if err := a.SendDatagram(packet); errors.Is(err, ErrFull) {
			full++
			if err := a.Send(ctx, []byte("the way beside")); err != nil { // takes as long as the way needs
				t.Fatal(err)
			}
			if _, err := b.Receive(ctx); err != nil {
				t.Fatal(err)
			}
		} else if err != nil {
			t.Fatal(err)
		}
		if ctx.Err() != nil {
			t.Fatalf("%d of %d came", len(b.media.datagrams.in), datagramsIn)
		}
	}
	last := uint64(0)
	for range datagramsIn {
		m, err := b.Datagram(ctx)
		if err != nil || len(m) != MaxDatagram {
			t.Fatalf("%d bytes, %v", len(m), err)
		}
		last = binary.BigEndian.Uint64(m)
	}
	if last == 0 {
		t.Error("what came is not what was sent")
	}
	t.Logf("the way out was full %d times, %d packets were numbered", full, last)
}

// Through a relay, over UDP or TCP, and in the streams of ICE over TCP the
// same packets pass.
func TestDatagramsOnEveryWay(t *testing.T) {
	udp, tcp := startRelay(t)
	for name, config := range map[string]Config{
		"relay over UDP": {Servers: []Server{udp}, RelayOnly: true, Media: withDatagrams},
		"relay over TCP": {Servers: []Server{tcp}, RelayOnly: true, Media: withDatagrams},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := testContext(t)
			a, b := connected(ctx, t, config, config)
			exchange(ctx, t, a, b)
			exchange(ctx, t, b, a)
		})
	}
	t.Run("streams", func(t *testing.T) {
		ctx := testContext(t)
		a, b := newConn(t, Config{Media: withDatagrams}), newConn(t, Config{Media: withDatagrams})
		signalStreams(ctx, t, a, b)
		opened(ctx, t, a, b)
		exchange(ctx, t, a, b)
		exchange(ctx, t, b, a)
	})
}

// What could not leave for a while does not leave later: newer ones count.
func TestStaleDatagrams(t *testing.T) {
	d := newDatagrams()
	left := make(chan string, 10)
	d.track = &track{}
	d.track.bound.Store(&bound{stream: writer(func(b []byte) { left <- string(b) })})
	d.out <- &waiting{[]byte("old"), time.Now().Add(-stale)}
	d.out <- &waiting{[]byte("new"), time.Now().Add(time.Hour)}
	done := make(chan struct{})
	over := make(chan struct{})
	go func() {
		defer close(over)
		d.send(done)
	}()
	if got := <-left; got != "new" {
		t.Errorf("%q has left", got)
	}
	close(done)
	<-over
}

// writer is a way to write to that says what it was given.
type writer func([]byte)

func (w writer) WriteRTP(_ *rtp.Header, b []byte) (int, error) {
	w(b)
	return len(b), nil
}

func (w writer) Write(b []byte) (int, error) { return len(b), nil }
