package flow

import (
	"bytes"
	"container/heap"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/beistand/beistand/session/pace"
)

// way is one direction of a path: what happens to its packets.
type way struct {
	delay, jitter time.Duration
	loss, twice   float64
	dead          func(at time.Duration) bool // nil: never
}

// event is a packet that comes, or a frame that is put.
type event struct {
	at     time.Duration
	order  int
	to     byte // 'r'eceiver, 's'ender, 'p'ut
	packet []byte
}

type events []event

func (e events) Len() int { return len(e) }
func (e events) Less(i, j int) bool {
	return e[i].at < e[j].at || e[i].at == e[j].at && e[i].order < e[j].order
}
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e *events) Push(x any)   { *e = append(*e, x.(event)) }
func (e *events) Pop() any     { x := (*e)[len(*e)-1]; *e = (*e)[:len(*e)-1]; return x }

// both are a sender and a receiver with two ways between them, in simulated time.
type both struct {
	t       testing.TB
	s       *Sender
	r       *Receiver
	there   way
	back    way
	random  *rand.Rand
	queue   events
	order   int
	now     time.Duration
	got     [][]byte
	gotAt   []time.Duration
	packets int
}

var zero = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

func newBoth(t testing.TB, there, back way) *both {
	b := &both{t: t, s: NewSender(1), r: NewReceiver(), there: there, back: back, random: rand.New(rand.NewPCG(7, 8))}
	b.s.SetRate(zero, 50_000_000, 4<<20)
	return b
}

func (b *both) add(at time.Duration, to byte, packet []byte) {
	b.order++
	heap.Push(&b.queue, event{at, b.order, to, bytes.Clone(packet)})
}

func (b *both) carry(w way, to byte, packet []byte) {
	for again := true; again; again = b.random.Float64() < w.twice {
		if b.random.Float64() >= w.loss && (w.dead == nil || !w.dead(b.now)) {
			at := b.now + w.delay
			if w.jitter > 0 {
				at += time.Duration(b.random.Int64N(int64(w.jitter)))
			}
			b.add(at, to, packet)
		}
	}
}

// run goes on until nothing happens any more, or until end.
func (b *both) run(end time.Duration) {
	b.t.Helper()
	for {
		now := zero.Add(b.now)
		wait := Never
		for {
			p, w := b.s.Next(now)
			wait = min(wait, w)
			if p == nil {
				break
			}
			wait = Never
			b.packets++
			b.carry(b.there, 'r', p)
		}
		p, w := b.r.Feedback(now)
		if p != nil {
			b.carry(b.back, 's', p)
			_, w = b.r.Feedback(now)
		}
		wait = min(wait, w)
		if wait <= 0 {
			b.t.Fatal("nothing to do and no time to wait")
		}
		at := end
		if wait < end-b.now {
			at = b.now + wait
		}
		if len(b.queue) > 0 && b.queue[0].at <= at {
			e := heap.Pop(&b.queue).(event)
			b.now = max(b.now, e.at)
			b.happen(e)
			continue
		}
		if b.now = at; at >= end || wait == Never {
			return
		}
	}
}

func (b *both) happen(e event) {
	b.t.Helper()
	now := zero.Add(b.now)
	switch e.to {
	case 'r':
		frames, err := b.r.Packet(now, e.packet)
		if err != nil {
			b.t.Fatal(err)
		}
		for _, f := range frames {
			b.got, b.gotAt = append(b.got, f), append(b.gotAt, b.now)
		}
	case 's':
		if _, err := b.s.Feedback(now, e.packet); err != nil {
			b.t.Fatal(err)
		}
	case 'p':
		if err := b.s.Put(e.packet); err != nil {
			b.t.Fatal(err)
		}
	}
}

const ms = time.Millisecond

// Whatever the way does, every frame comes once, whole and in order.
func TestEveryFrameComes(t *testing.T) {
	sizes := []int{1, 60, 60, 1000, maxPayload - 2, maxPayload - 1, maxPayload, 6000, 120_000, 3, 1_500_000, 1}
	for name, test := range map[string]struct{ there, back way }{
		"clean":            {},
		"far":              {way{delay: 20 * ms}, way{delay: 20 * ms}},
		"lossy":            {way{delay: 20 * ms, loss: 0.1}, way{delay: 20 * ms, loss: 0.1}},
		"very lossy":       {way{delay: 20 * ms, loss: 0.5}, way{delay: 20 * ms, loss: 0.5}},
		"out of order":     {way{delay: 5 * ms, jitter: 30 * ms}, way{delay: 5 * ms, jitter: 30 * ms}},
		"twice":            {way{delay: 5 * ms, twice: 0.3}, way{delay: 5 * ms, twice: 0.3}},
		"everything":       {way{delay: 9 * ms, jitter: 9 * ms, loss: 0.05, twice: 0.1}, way{delay: 9 * ms, jitter: 9 * ms, loss: 0.3, twice: 0.1}},
		"answers get lost": {way{delay: 20 * ms}, way{delay: 20 * ms, loss: 0.8}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBoth(t, test.there, test.back)
			var want [][]byte
			for i, n := range sizes {
				for j := range 5 {
					f := make([]byte, n)
					for k := range f {
						f[k] = byte(k*31 + i*7 + j)
					}
					want = append(want, f)
					b.add(time.Duration(i)*40*ms+time.Duration(j)*3*ms, 'p', f)
				}
			}
			b.run(10 * time.Minute)
			if len(b.got) != len(want) {
				t.Fatalf("%d frames of %d came; %+v", len(b.got), len(want), b.s.Figures())
			}
			for i := range want {
				if !bytes.Equal(b.got[i], want[i]) {
					t.Fatalf("frame %d differs", i)
				}
			}
			if b.s.Queued() != 0 || b.s.Unacked() != 0 || b.s.flight != 0 {
				t.Errorf("%d queued, %d open, %d flying in the end", b.s.Queued(), b.s.Unacked(), b.s.flight)
			}
			if f := b.s.Figures(); name == "clean" && (f.Lost > 0 || f.Resent > 0 || f.Probes > 0) {
				t.Errorf("without losses %+v", f)
			}
		})
	}
}

// A pause: what was put before is never sent after it.
func TestRestart(t *testing.T) {
	b := newBoth(t, way{delay: 20 * ms, jitter: 10 * ms, loss: 0.1}, way{delay: 20 * ms})
	for i := range 50 {
		b.add(time.Duration(i)*ms, 'p', bytes.Repeat([]byte{1}, 20_000))
	}
	b.run(150 * ms)
	before := len(b.got)
	if before == 0 || before == 50 {
		t.Fatalf("%d frames came before", before)
	}
	b.s.Restart(2)
	if b.s.Queued() != 0 || b.s.Unacked() != 0 {
		t.Error("something is left")
	}
	if p, wait := b.s.Next(zero.Add(b.now)); p != nil || wait != Never {
		t.Errorf("a packet of %d bytes, wait %v", len(p), wait)
	}
	if err := b.s.Put(bytes.Repeat([]byte{2}, 5000)); err != nil {
		t.Fatal(err)
	}
	b.run(time.Minute)
	if epoch, ok := b.r.Epoch(); !ok || epoch != 2 {
		t.Errorf("epoch %d", epoch)
	}
	if last := b.got[len(b.got)-1]; last[0] != 2 || len(last) != 5000 {
		t.Errorf("the last frame is %d of %d", last[0], len(last))
	}
	for i, f := range b.got[:len(b.got)-1] {
		if f[0] != 1 {
			t.Errorf("frame %d is of the new epoch", i)
		}
	}
	if b.r.Figures().Late == 0 {
		t.Error("no packet of the old epoch came late: the test shows nothing")
	}
	b.s.Restart(1)
	if b.s.Epoch() != 3 {
		t.Errorf("epoch %d after one that was too low", b.s.Epoch())
	}
}

// An update that is lost alone is there after about a round trip more; where
// losses were seen, its double is there at once.
func TestLoneUpdateLost(t *testing.T) {
	b := newBoth(t, way{delay: 20 * ms}, way{delay: 20 * ms})
	for i := range 20 {
		b.add(time.Duration(i)*60*ms, 'p', []byte("key"))
	}
	b.run(20 * 60 * ms)
	sent := b.packets
	lose := func(from, until time.Duration) {
		start := b.now
		b.there.dead = func(at time.Duration) bool { return at >= start+from && at < start+until }
	}
	latency := func() time.Duration {
		t.Helper()
		put, n := b.now, len(b.got)
		b.add(put, 'p', []byte("echo"))
		b.run(put + 500*ms)
		if len(b.got) != n+1 {
			t.Fatal("it did not come")
		}
		return b.gotAt[n] - put
	}
	if sent != 20 {
		t.Errorf("%d packets for 20 updates", sent)
	}
	lose(0, ms)
	if d := latency(); d < 60*ms || d > 80*ms {
		t.Errorf("lost alone, it came after %v, want 20 and a round trip of 40 and 10 or so", d)
	}
	lose(0, ms)
	if d := latency(); d > 25*ms {
		t.Errorf("lost again, it came after %v, want its double after 24 ms", d)
	}
	if f := b.s.Figures(); f.Probes != 1 || f.Doubled == 0 {
		t.Errorf("%+v", f)
	}
}

// Where losses are expected, one lost packet of a row costs no round trip.
func TestParity(t *testing.T) {
	for _, size := range []int{2 * maxPayload, 6000, 9000, 30_000} {
		packets := (size + maxPayload) / maxPayload
		for lost := range packets {
			b := newBoth(t, way{delay: 20 * ms}, way{delay: 20 * ms})
			for i := range 10 { // credit for parities, and a first round trip
				b.add(time.Duration(i)*30*ms, 'p', make([]byte, 3000))
			}
			b.run(time.Second)
			b.s.lossy = time.Hour
			count := 0
			b.there.dead = func(time.Duration) bool { count++; return count == lost+1 }
			f := make([]byte, size)
			for i := range f {
				f[i] = byte(i * 7)
			}
			b.add(b.now, 'p', f)
			put := b.now
			b.run(put + time.Second)
			if len(b.got) != 11 || !bytes.Equal(b.got[10], f) {
				t.Fatalf("%d bytes, packet %d lost: %d frames", size, lost, len(b.got))
			}
			if d := b.gotAt[10] - put; d > 40*ms {
				t.Errorf("%d bytes, packet %d lost: came after %v, want 20 ms and little more", size, lost, d)
			}
		}
	}
}

// A gap is mended one round trip after it is seen, not later.
func TestGapMendedAtOnce(t *testing.T) {
	b := newBoth(t, way{delay: 20 * ms}, way{delay: 20 * ms})
	b.add(0, 'p', []byte("first"))
	b.run(200 * ms)
	first := true
	b.there.dead = func(time.Duration) bool { defer func() { first = false }(); return first }
	b.add(200*ms, 'p', make([]byte, 50_000))
	b.run(time.Second)
	if d := b.gotAt[1] - 200*ms; d > 62*ms {
		t.Errorf("came after %v, want three times 20 ms and little more", d)
	}
	if f := b.s.Figures(); f.Resent != 1 || f.Lost != 1 || f.Probes != 0 {
		t.Errorf("%+v", f)
	}
}

// An outage ends with everything arriving soon after, and few packets in it.
func TestOutage(t *testing.T) {
	b := newBoth(t, way{delay: 20 * ms}, way{delay: 20 * ms})
	b.s.SetRate(zero, 20_000_000, 100_000)
	dark := func(at time.Duration) bool { return at > 500*ms && at < 3500*ms }
	b.there.dead, b.back.dead = dark, dark
	for i := range 150 {
		b.add(time.Duration(i)*33*ms, 'p', make([]byte, 6000))
	}
	b.run(500 * ms)
	before := b.packets
	b.run(3500 * ms)
	if n := b.packets - before; n > 110 {
		t.Errorf("%d packets in the outage, want what may be under way and a few probes", n)
	}
	b.run(time.Minute)
	if len(b.got) != 150 {
		t.Fatalf("%d frames came", len(b.got))
	}
	if at := b.gotAt[100]; at > 4400*ms {
		t.Errorf("frame 100 came at %v, the outage ended at 3.5 s", at)
	}
}

// Another path beneath: what was under way is sent again at once.
func TestRerouted(t *testing.T) {
	b := newBoth(t, way{delay: 100 * ms}, way{delay: 100 * ms})
	for i := range 10 {
		b.add(time.Duration(i)*50*ms, 'p', make([]byte, 20_000))
	}
	b.run(470 * ms)
	b.queue = nil // all that was under way is gone
	b.there.delay, b.back.delay = 5*ms, 5*ms
	b.s.Rerouted(zero.Add(b.now))
	if b.s.Unacked() != 0 || b.s.Queued() == 0 || b.s.RTT() != 0 {
		t.Errorf("%d open, %d queued, round trip %v", b.s.Unacked(), b.s.Queued(), b.s.RTT())
	}
	put := b.now
	b.add(put, 'p', []byte("on the new path"))
	b.run(put + 200*ms)
	if n := len(b.got); n != 11 || b.gotAt[n-1]-put > 60*ms {
		t.Errorf("%d frames, the last at %v", n, b.gotAt[n-1]-put)
	}
	if rtt := b.s.RTT(); rtt < 9*ms || rtt > 25*ms {
		t.Errorf("round trip %v", rtt)
	}
}

// The receiver's clock is told as it is, whichever Sender hears of it: a stream
// that begins anew must not look like a queue.
func TestArrivalsKeepTheirClock(t *testing.T) {
	r := NewReceiver()
	var told []pace.Arrival
	carry := func(s *Sender, now time.Time) {
		t.Helper()
		if err := s.Put([]byte("update")); err != nil {
			t.Fatal(err)
		}
		p, _ := s.Next(now)
		if _, err := r.Packet(now.Add(20*ms), p); err != nil {
			t.Fatal(err)
		}
		p, _ = r.Feedback(now.Add(20 * ms))
		all, err := s.Feedback(now.Add(40*ms), p)
		if err != nil || len(all) != 1 || all[0].Sent != now {
			t.Fatalf("%v, %v", all, err)
		}
		told = append(told, all...)
	}
	carry(NewSender(1), zero)
	later := NewSender(2)
	later.Next(zero.Add(time.Second))
	carry(later, zero.Add(time.Minute))
	if d := told[1].Arrived.Sub(told[0].Arrived); d != time.Minute {
		t.Errorf("a minute between two packets is told as %v", d)
	}
}

func TestBounds(t *testing.T) {
	s := NewSender(1)
	if err := s.Put(nil); !errors.Is(err, ErrSize) {
		t.Errorf("nothing: %v", err)
	}
	if err := s.Put(make([]byte, MaxFrame+1)); !errors.Is(err, ErrSize) {
		t.Errorf("too large: %v", err)
	}
	big := make([]byte, MaxFrame)
	for i := range 2 {
		err := s.Put(big)
		if (err == nil) != (i == 0) || err != nil && !errors.Is(err, ErrFull) {
			t.Errorf("large update %d: %v", i, err)
		}
	}
	now := zero
	for range window {
		now = now.Add(ms)
		s.SetRate(now, 1_000_000_000, 1<<40)
		if p, _ := s.Next(now); p == nil {
			t.Fatal("nothing to send")
		}
	}
	s.open = 0 // no probes
	if p, _ := s.Next(now.Add(ms)); p != nil {
		t.Error("more segments under way than the receiver keeps")
	}
}

// Packets leave as the rate says, and a burst is short.
func TestPacing(t *testing.T) {
	for _, rate := range []int{300_000, 2_000_000, 20_000_000, 200_000_000} {
		t.Run(fmt.Sprint(rate), func(t *testing.T) {
			s := NewSender(1)
			s.SetRate(zero, rate, 1<<40)
			if err := s.Put(make([]byte, 4_000_000)); err != nil {
				t.Fatal(err)
			}
			now, sent := zero, 0
			for {
				p, wait := s.Next(now)
				if p != nil {
					sent += len(p) + 74
					continue
				}
				if now = now.Add(wait); now.Sub(zero) > 100*ms {
					break
				}
			}
			want := float64(rate) / 8 / 10
			if got := float64(sent); got < want || got > want+manyBytes+2500 {
				t.Errorf("%d bytes in 100 ms, want %.0f and a burst", sent, want)
			}
		})
	}
}
