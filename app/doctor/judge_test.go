package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/pion/stun/v3"

	"github.com/beistand/beistand/session/lock"
	"github.com/beistand/beistand/session/lock/locktest"
)

var now = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

func TestClock(t *testing.T) {
	for name, c := range map[string]struct {
		apart time.Duration
		want  State
	}{
		"same": {0, OK}, "a little": {59 * time.Second, OK}, "behind": {-2 * time.Minute, Warning}, "before": {2 * time.Minute, Warning},
		"far": {5 * time.Minute, Failed}, "a year": {-365 * 24 * time.Hour, Failed},
	} {
		if got := judgeClock(now.Add(c.apart).Format(http.TimeFormat), now); got.State != c.want {
			t.Errorf("%s: %s, %q", name, got.State, got.Sentence(nil))
		}
	}
	for _, date := range []string{"", "soon"} {
		if got := judgeClock(date, now); got.State != Skipped {
			t.Errorf("%q: %s", date, got.State)
		}
	}
}

func TestCertificate(t *testing.T) {
	ends := func(days ...int) (chain []*x509.Certificate) {
		for _, d := range days {
			chain = append(chain, &x509.Certificate{NotAfter: now.AddDate(0, 0, d)})
		}
		return chain
	}
	for name, c := range map[string]struct {
		chains [][]*x509.Certificate
		want   State
		until  string
	}{
		"good":             {[][]*x509.Certificate{ends(90, 900)}, OK, "2026-04-02"},
		"ends soon":        {[][]*x509.Certificate{ends(13, 900)}, Warning, "2026-01-15"},
		"the root's does":  {[][]*x509.Certificate{ends(90, 3)}, Warning, "2026-01-05"},
		"another way goes": {[][]*x509.Certificate{ends(90, 3), ends(90, 900)}, OK, "2026-04-02"},
	} {
		got := judgeTLS(&tls.ConnectionState{VerifiedChains: c.chains}, now)
		if got.State != c.want || got.Data["Until"] != c.until {
			t.Errorf("%s: %s, %q", name, got.State, got.Sentence(nil))
		}
	}
}

// mirror answers bindings with an address of the test's, after noise.
func mirror(t *testing.T, says net.UDPAddr, noise ...func(question *stun.Message) []byte) string {
	t.Helper()
	return mirrorOn(t, "udp4", "127.0.0.1:0", says, noise...)
}

func mirrorOn(t *testing.T, network, at string, says net.UDPAddr, noise ...func(question *stun.Message) []byte) string {
	t.Helper()
	conn, err := net.ListenPacket(network, at)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		b := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(b)
			if err != nil {
				return
			}
			q := &stun.Message{Raw: b[:n]}
			if q.Decode() != nil {
				continue
			}
			for _, f := range noise {
				_, _ = conn.WriteTo(f(q), from)
			}
			a := stun.MustBuild(stun.NewTransactionIDSetter(q.TransactionID), stun.BindingSuccess, &stun.XORMappedAddress{IP: says.IP, Port: says.Port})
			_, _ = conn.WriteTo(a.Raw, from)
		}
	}()
	t.Cleanup(func() { conn.Close(); <-done })
	return "stun:" + conn.LocalAddr().String()
}

func TestMapping(t *testing.T) {
	one, two := net.UDPAddr{IP: net.IPv4(9, 9, 9, 9), Port: 1000}, net.UDPAddr{IP: net.IPv4(9, 9, 9, 9), Port: 1001}
	for name, c := range map[string]struct {
		servers []string
		state   State
		says    string
	}{
		"translated":         {[]string{mirror(t, one)}, OK, stunBehind},
		"the same for all":   {[]string{mirror(t, one), mirror(t, one)}, OK, stunBehind},
		"another for each":   {[]string{mirror(t, one), mirror(t, two)}, Warning, stunMoving},
		"its own":            {[]string{mirror(t, net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 7})}, OK, stunDirect},
		"with noise between": {[]string{mirror(t, one, nonsense, stranger, request)}, OK, stunBehind},
	} {
		t.Run(name, func(t *testing.T) {
			all := checkWays(t.Context(), c.servers, true)
			expect(t, all, "stun", c.state, c.says)
			expect(t, all, "udp", OK, udpThrough)
		})
	}
}

func nonsense(*stun.Message) []byte { return []byte{0, 1, 2} }
func stranger(*stun.Message) []byte {
	return stun.MustBuild(stun.TransactionID, stun.BindingSuccess, &stun.XORMappedAddress{IP: net.IPv4(1, 1, 1, 1), Port: 1}).Raw
}
func request(q *stun.Message) []byte { return q.Raw }

// A relay that takes anybody is no relay of ours, and one that says nothing is none.
func TestWants(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	answers := make(chan []byte, 10)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			b := make([]byte, 1500)
			n, _ := conn.Read(b)
			q := &stun.Message{Raw: b[:n]}
			if q.Decode() == nil {
				answer := <-answers
				if len(answer) > 20 {
					copy(answer[8:20], q.TransactionID[:])
				}
				_, _ = conn.Write(answer)
			}
			conn.Close()
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	u, err := stun.ParseURI("turn:" + l.Addr().String() + "?transport=tcp")
	if err != nil {
		t.Fatal(err)
	}
	failure := stun.NewType(stun.MethodAllocate, stun.ClassErrorResponse)
	for name, c := range map[string]struct {
		answer []byte
		want   bool
	}{
		"wants to know":   {stun.MustBuild(stun.TransactionID, failure, stun.CodeUnauthorized).Raw, true},
		"is full":         {stun.MustBuild(stun.TransactionID, failure, stun.CodeInsufficientCapacity).Raw, false},
		"takes anybody":   {stun.MustBuild(stun.TransactionID, stun.NewType(stun.MethodAllocate, stun.ClassSuccessResponse), stun.NewSoftware("x")).Raw, false},
		"says a lot":      {append([]byte{1, 0x13, 0xff, 0xfc, 0x21, 0x12, 0xa4, 0x42}, make([]byte, 100)...), false},
		"says too little": {[]byte{1, 0x13}, false},
	} {
		answers <- c.answer
		if got := wants(t.Context(), u); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	question := allocate()
	f.Add(stun.MustBuild(stun.NewTransactionIDSetter(question.TransactionID), stun.NewType(stun.MethodAllocate, stun.ClassErrorResponse), stun.CodeUnauthorized).Raw)
	f.Add(stun.MustBuild(stun.NewTransactionIDSetter(question.TransactionID), stun.BindingSuccess, &stun.XORMappedAddress{IP: net.IPv4(1, 2, 3, 4), Port: 5}).Raw)
	f.Add(question.Raw)
	f.Add([]byte{1, 1, 0, 4, 0x21, 0x12, 0xa4, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0}) // an empty XOR-MAPPED-ADDRESS
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := read(b, question)
		if err != nil {
			return
		}
		if m.TransactionID != question.TransactionID {
			t.Fatal("the answer to another question is taken")
		}
		var at stun.XORMappedAddress
		var code stun.ErrorCodeAttribute
		_, _ = at.GetFrom(m), code.GetFrom(m) // must not panic
	})
}

// Cancelling ends everything at once.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := overUDP(ctx, conn, conn.LocalAddr().String(), allocate()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if c := find(t, checkDesk(ctx, Options{Desk: "https://192.0.2.1", Now: time.Now}), "desk"); c.State != Failed {
		t.Errorf("the desk: %s", c.State)
	}
}

// What the desktop does not tell of its lock is no fault.
func TestCheckLock(t *testing.T) {
	nobody := lock.NewBoard(1)
	nobody.Lost(0)
	for name, c := range map[string]struct {
		lock lock.Lock
		err  error
		want State
	}{
		"told":       {locktest.New(), nil, OK},
		"nobody":     {nobody, nil, Skipped},
		"not at all": {nil, lock.ErrUnavailable, Skipped},
	} {
		t.Run(name, func(t *testing.T) {
			if got := checkLock(t.Context(), func() (lock.Lock, error) { return c.lock, c.err }); got.State != c.want || got.Says == "" {
				t.Errorf("got %+v, want %v", got, c.want)
			}
		})
	}
}
