package peer

import (
	"testing"
	"time"

	"github.com/pion/interceptor/pkg/twcc"
	"github.com/pion/rtcp"
)

// What the receiver records is what the sender is told: packet for packet, with
// the times between arrivals.
func TestArrivals(t *testing.T) {
	var d departures
	d.next = 65500 // wraps
	r := twcc.NewRecorder(1)
	begin := time.Unix(1000, 0)
	lost := map[int]bool{7: true, 40: true, 41: true}
	const count = 60
	for i := range count {
		number := d.leave(begin.Add(time.Duration(i)*time.Millisecond), 100+i)
		if !lost[i] {
			r.Record(7, number, int64(5_000_000+i*2000))
		}
	}
	told := 0
	var first time.Time
	for range 2 { // the second time it is no news
		for _, p := range r.BuildFeedbackPacket() {
			raw, err := p.Marshal()
			if err != nil {
				t.Fatal(err)
			}
			all, err := rtcp.Unmarshal(raw)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range d.told(all[0].(*rtcp.TransportLayerCC)) {
				i := a.Bytes - 100
				if told == 0 {
					first = a.Arrived
				}
				if !a.Sent.Equal(begin.Add(time.Duration(i) * time.Millisecond)) {
					t.Errorf("packet %d left %v after the first", i, a.Sent.Sub(begin))
				}
				if a.Lost != lost[i] {
					t.Errorf("packet %d: lost is %v", i, a.Lost)
				}
				if got, want := a.Arrived.Sub(first), time.Duration(i)*2*time.Millisecond; !a.Lost && (got-want).Abs() > time.Millisecond {
					t.Errorf("packet %d came %v after the first, want %v", i, got, want)
				}
				told++
			}
		}
	}
	if told != count {
		t.Errorf("%d of %d are told", told, count)
	}
}

func TestReferenceTimes(t *testing.T) {
	var d departures
	for i, test := range []struct {
		reference uint32
		want      int64
	}{{0xfffffe, 0xfffffe}, {0xffffff, 0xffffff}, {1, 0x1000001}, {0, 0x1000000}, {0x7fffff, 0x17fffff}} {
		if got := d.unwrap(test.reference); got != test.want {
			t.Errorf("%d: %#x becomes %#x, want %#x", i, test.reference, got, test.want)
		}
	}
}

func TestHistory(t *testing.T) {
	var h history
	now, rtt := time.Unix(1000, 0), 40*time.Millisecond
	for number := range uint16(remembered + 10) {
		h.keep(now, leaving{payload: []byte{1}, number: number})
	}
	if h.ask(now.Add(time.Second), 9, rtt) != nil {
		t.Error("one that is long gone is sent again")
	}
	if h.ask(now, 100, rtt) == nil {
		t.Error("one is not sent again at once")
	}
	if h.ask(now.Add(rtt/4), 100, rtt) != nil {
		t.Error("one is sent again that may be on its way")
	}
	times := 1
	for range 100 {
		now = now.Add(rtt)
		if h.ask(now, 100, rtt) != nil {
			times++
		}
	}
	if times != mostAgain {
		t.Errorf("one was sent again %d times, want %d", times, mostAgain)
	}
}

// However much is given at once, what leaves is spread as the rate says, but
// for the burst.
func TestSpacing(t *testing.T) {
	s := spacing{rate: 8_000_000} // 1000 bytes a millisecond
	begin := time.Unix(1000, 0)
	now := begin
	const packet, count = 1000, 200
	for range count {
		if wait := s.wait(now); wait > 0 {
			now = now.Add(wait)
		}
		s.sent(now, packet)
	}
	want := time.Duration(count-burst/packet) * time.Millisecond
	if got := now.Sub(begin); got < want-5*time.Millisecond || got > want+5*time.Millisecond {
		t.Errorf("%d packets took %v, want %v", count, got, want)
	}
	s.rate = 0
	if wait := s.wait(now); wait != 0 {
		t.Errorf("without a rate one waits %v", wait)
	}
}

// FuzzControl is a control packet of the other side's: it is read, and answered
// to within bounds.
func FuzzControl(f *testing.F) {
	for _, p := range []rtcp.Packet{
		&rtcp.PictureLossIndication{SenderSSRC: 1, MediaSSRC: 2},
		&rtcp.FullIntraRequest{SenderSSRC: 1, MediaSSRC: 2, FIR: []rtcp.FIREntry{{SSRC: 2}}},
		&rtcp.TransportLayerNack{SenderSSRC: 1, MediaSSRC: 2, Nacks: []rtcp.NackPair{{PacketID: 3, LostPackets: 0xffff}}},
		&rtcp.ReceiverReport{SSRC: 1, Reports: []rtcp.ReceptionReport{{SSRC: 2}}},
	} {
		b, err := p.Marshal()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	r := twcc.NewRecorder(1)
	for i := range uint16(100) {
		r.Record(2, i*i, int64(i)*1500)
	}
	for _, p := range r.BuildFeedbackPacket() {
		b, err := p.Marshal()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, packet []byte) {
		v := newVideo()
		v.track = &track{}
		s := &sender{v: &v, rtt: lately{ask: func() time.Duration { return 0 }}}
		for i := range uint16(300) {
			s.history.keep(time.Time{}, leaving{payload: []byte{1}, number: i})
			s.left.leave(time.Unix(1000, 0), 1)
		}
		s.listen(packet)
		select {
		case arrivals := <-v.feedback:
			if len(arrivals) > 300 {
				t.Errorf("%d of 300 packets", len(arrivals))
			}
		default:
		}
	})
}
