package peer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func testContext(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func newConn(t testing.TB, config Config) *Conn {
	t.Helper()
	c, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return c
}

// signal carries descriptions and candidates between a and b; alter may change a description.
func signal(ctx context.Context, t testing.TB, a, b *Conn, alter func(string) string) {
	t.Helper()
	signalSome(ctx, t, a, b, alter, func(Candidate) bool { return true })
}

// signalStreams is signal with candidates of TCP alone.
func signalStreams(ctx context.Context, t *testing.T, a, b *Conn) {
	t.Helper()
	signalSome(ctx, t, a, b, nil, func(c Candidate) bool { return strings.Contains(c.Line, " tcp ") })
}

func signalSome(ctx context.Context, t testing.TB, a, b *Conn, alter func(string) string, some func(Candidate) bool) {
	t.Helper()
	if alter == nil {
		alter = func(s string) string { return s }
	}
	offer, err := a.Offer()
	if err != nil {
		t.Fatal(err)
	}
	answer, err := b.Answer(offer)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Accept(alter(answer)); err != nil {
		t.Fatal(err)
	}
	trickle := func(from, to *Conn) {
		for {
			select {
			case c, ok := <-from.Candidates():
				if !ok {
					return
				}
				if !some(c) {
					continue
				}
				if err := to.AddCandidate(c); err != nil {
					t.Errorf("candidate %+v: %v", c, err)
				}
			case <-ctx.Done():
				t.Error("gathering did not end")
				return
			}
		}
	}
	trickle(a, b)
	trickle(b, a)
}

func opened(ctx context.Context, t testing.TB, conns ...*Conn) {
	t.Helper()
	for _, c := range conns {
		if err := c.wait(ctx, c.Opened()); err != nil {
			t.Fatalf("the channel did not open: %v", err)
		}
	}
}

func TestMessagesInOrder(t *testing.T) {
	ctx := testContext(t)
	a, b := newConn(t, Config{}), newConn(t, Config{})
	signal(ctx, t, a, b, nil)
	opened(ctx, t, a, b)
	if a.Relayed() || b.Relayed() {
		t.Error("a direct connection says that it is relayed")
	}
	const count = 200 // 12 MB: several times what may be under way
	sent := make(chan error, 1)
	go func() {
		for i := range count {
			if err := a.Send(ctx, bytes.Repeat([]byte{byte(i)}, MaxMessage)); err != nil {
				sent <- err
				return
			}
			if buffered := a.data.BufferedAmount(); buffered > highWater+MaxMessage {
				sent <- fmt.Errorf("%d bytes under way, at most %d are allowed", buffered, highWater+MaxMessage)
				return
			}
		}
		sent <- a.Flush(ctx)
	}()
	for i := range count {
		m, err := b.Receive(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if len(m) != MaxMessage || m[0] != byte(i) || m[MaxMessage-1] != byte(i) {
			t.Fatalf("message %d is not as it was sent", i)
		}
	}
	if err := <-sent; err != nil {
		t.Fatal(err)
	}
	if err := a.Send(ctx, make([]byte, MaxMessage+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("Send of too much = %v, want %v", err, ErrTooLarge)
	}
}

// A receiver that does not read holds the sender up, and neither grows.
func TestFullWay(t *testing.T) {
	ctx := testContext(t)
	a, b := newConn(t, Config{}), newConn(t, Config{})
	signal(ctx, t, a, b, nil)
	opened(ctx, t, a, b)
	stopped, cancel := context.WithCancel(ctx)
	count, full := 0, false
	for !full {
		done := make(chan error, 1)
		go func() { done <- a.Send(stopped, make([]byte, MaxMessage)) }()
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			count++
			if count*MaxMessage > 16<<20 {
				t.Fatal("16 MB were taken though nobody reads")
			}
		case <-time.After(500 * time.Millisecond):
			full = true
			cancel()
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("a stopped Send gave %v", err)
			}
		}
	}
	cancel()
	for range count {
		if _, err := b.Receive(ctx); err != nil {
			t.Fatal(err)
		}
	}
}

func TestGoodbye(t *testing.T) {
	ctx := testContext(t)
	a, b := newConn(t, Config{}), newConn(t, Config{})
	signal(ctx, t, a, b, nil)
	opened(ctx, t, a, b)
	if err := a.Send(ctx, []byte("bye")); err != nil {
		t.Fatal(err)
	}
	if err := a.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := a.Send(ctx, []byte("more")); !errors.Is(err, ErrClosed) {
		t.Errorf("Send after Close = %v, want %v", err, ErrClosed)
	}
	if m, err := b.Receive(ctx); err != nil || string(m) != "bye" {
		t.Errorf("Receive = %q, %v", m, err)
	}
	if _, err := b.Receive(ctx); !errors.Is(err, ErrGone) {
		t.Errorf("Receive at the end = %v, want %v", err, ErrGone)
	}
	if !errors.Is(b.Err(), ErrGone) {
		t.Errorf("Err = %v, want %v", b.Err(), ErrGone)
	}
}

// A certificate that is not the one in the description never carries a message.
func TestFingerprint(t *testing.T) {
	ctx := testContext(t)
	a, b := newConn(t, Config{}), newConn(t, Config{})
	signal(ctx, t, a, b, func(sdp string) string {
		at := strings.Index(sdp, "a=fingerprint:sha-256 ") + len("a=fingerprint:sha-256 ")
		digit := byte('0')
		if sdp[at] == '0' {
			digit = '1'
		}
		return sdp[:at] + string(digit) + sdp[at+1:]
	})
	if err := a.wait(ctx, a.Opened()); err == nil || ctx.Err() != nil {
		t.Errorf("the channel opened, or nothing was noticed: %v", err)
	}
}

func TestDescriptionsRefused(t *testing.T) {
	good := "a=fingerprint:sha-256 " + strings.TrimSuffix(strings.Repeat("AB:", 32), ":") + "\r\n"
	for name, test := range map[string]struct {
		sdp string
		ok  bool
	}{
		"one":           {good, true},
		"twice the one": {good + good, true},
		"none":          {"v=0\r\n", false},
		"two":           {good + strings.Replace(good, "AB", "AC", 1), false},
		"another hash":  {strings.Replace(good, "sha-256", "sha-1", 1), false},
		"short":         {strings.Replace(good, "AB:", "", 1), false},
		"no digits":     {strings.Replace(good, "AB", "XY", 1), false},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := fingerprint(test.sdp); (err == nil) != test.ok {
				t.Errorf("fingerprint: %v", err)
			}
		})
	}
	c := newConn(t, Config{})
	for _, sdp := range []string{"", "v=0\r\n", good, strings.Repeat("a", 1<<16)} {
		if _, err := c.Answer(sdp); err == nil {
			t.Errorf("Answer(%.20q) was taken", sdp)
		}
		if err := c.Accept(sdp); err == nil {
			t.Errorf("Accept(%.20q) was taken", sdp)
		}
	}
}

func TestCandidatesBounded(t *testing.T) {
	c := newConn(t, Config{})
	for range maxCandidates {
		if err := c.AddCandidate(Candidate{Line: "nonsense"}); err == nil {
			t.Fatal("nonsense was taken")
		}
	}
	if err := c.AddCandidate(Candidate{Line: "candidate:1 1 udp 1 127.0.0.1 9 typ host"}); err == nil || !strings.Contains(err.Error(), "too many") {
		t.Errorf("one too many = %v", err)
	}
}

// A candidate that is said again is no other one.
func TestCandidateAgain(t *testing.T) {
	a, b := newConn(t, Config{}), newConn(t, Config{})
	offer, err := a.Offer()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Answer(offer); err != nil {
		t.Fatal(err)
	}
	for n := range 2 * maxCandidates {
		if err := b.AddCandidate(Candidate{Line: "candidate:1 1 udp 1 127.0.0.1 9 typ host"}); err != nil {
			t.Fatalf("after %d times: %v", n, err)
		}
	}
	if err := b.AddCandidate(Candidate{Line: "candidate:1 1 udp 1 127.0.0.1 10 typ host"}); err != nil {
		t.Errorf("another one: %v", err)
	}
}

// Every wait ends with its context or with Close.
func TestCloseUnconnected(t *testing.T) {
	c := newConn(t, Config{})
	if _, err := c.Offer(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 2)
	go func() { done <- c.Send(context.Background(), []byte("x")) }()
	go func() { _, err := c.Receive(context.Background()); done <- err }()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := <-done; !errors.Is(err, ErrClosed) {
			t.Errorf("got %v, want %v", err, ErrClosed)
		}
	}
}
