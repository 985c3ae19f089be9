package peer

import (
	"encoding/binary"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"

	"github.com/beistand/beistand/session/pace"
)

// tail is after how long a rest the last packet goes once more: nothing behind
// it would tell that it is missing.
const tail = 50 * time.Millisecond

// sender owns what of the track has left.
type sender struct {
	v       *video
	rtt     lately
	spacing spacing
	history history
	left    departures
	header  rtp.Header
	counted [2]byte // the header's extension

	last   leaving
	rested bool      // it went once more
	key    time.Time // one was last wanted
}

// send lets packets leave until the connection is over.
func (s *sender) send(done <-chan struct{}) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	s.rested = true
	for {
		s.spacing.rate = int(s.v.rate.Load())
		now := time.Now()
		out, wait := s.v.out, s.spacing.wait(now)
		if wait > 0 {
			out = nil
		}
		if rest := tail + s.rtt.get(now) - now.Sub(s.last.left); !s.rested && len(s.v.out) == 0 {
			wait = max(wait, rest, time.Millisecond)
		}
		timer.Stop()
		if wait > 0 {
			timer.Reset(wait)
		}
		select { // what was missed goes first
		case packet := <-s.v.told:
			s.listen(packet)
			continue
		default:
		}
		select {
		case p := <-out:
			now := time.Now()
			p.left = now
			s.last, s.rested = p, false
			s.history.keep(now, p)
			s.write(now, &p)
		case packet := <-s.v.told:
			s.listen(packet)
		case <-timer.C:
			if now := time.Now(); !s.rested && len(s.v.out) == 0 && now.Sub(s.last.left) >= tail {
				s.rested = true
				s.write(now, &s.last)
			}
		case <-done:
			return
		}
	}
}

func (s *sender) resend(number uint16) {
	now := time.Now()
	if p := s.history.ask(now, number, s.rtt.get(now)); p != nil {
		s.write(now, p)
	}
}

func (s *sender) write(now time.Time, p *leaving) {
	to := s.v.track.bound.Load()
	if to == nil {
		return
	}
	s.header.Version, s.header.Marker, s.header.SequenceNumber, s.header.Timestamp = 2, p.marker, p.number, p.at
	s.header.PayloadType, s.header.SSRC = to.payload, to.ssrc
	if to.wholeWay != 0 {
		if !s.header.Extension {
			_ = s.header.SetExtension(to.wholeWay, s.counted[:]) // a number from 1 to 14 and two bytes are no mistake
		}
		binary.BigEndian.PutUint16(s.counted[:], s.left.leave(now, len(p.payload)))
	}
	s.spacing.sent(now, len(p.payload))
	_, _ = to.stream.WriteRTP(&s.header, p.payload) // what does not leave is lost, as anywhere
}

// listen reads the other side's control packets.
func (s *sender) listen(packet []byte) {
	all, err := rtcp.Unmarshal(packet)
	if err != nil {
		return
	}
	for _, one := range all {
		switch p := one.(type) {
		case *rtcp.TransportLayerNack:
			for _, pair := range p.Nacks {
				pair.Range(func(number uint16) bool {
					s.resend(number)
					return true
				})
			}
		case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
			s.wanted(time.Now())
		case *rtcp.TransportLayerCC:
			s.v.tell(s.left.told(p))
		}
	}
}

// oneWord is within how long words that a keyframe is needed are one: they are
// said more than once, in case one is lost.
const oneWord = 150 * time.Millisecond

func (s *sender) wanted(now time.Time) {
	if now.Sub(s.key) < oneWord {
		return
	}
	s.key = now
	select {
	case s.v.key <- struct{}{}:
	default:
	}
}

// tell passes on what became of packets; the oldest word gives way.
func (v *video) tell(arrivals []pace.Arrival) {
	if len(arrivals) == 0 {
		return
	}
	for {
		select {
		case v.feedback <- arrivals:
			return
		default:
		}
		select {
		case <-v.feedback:
		default:
		}
	}
}

// hear is called with each control packet of the other side's.
func (v *video) hear(packet []byte) {
	select {
	case v.told <- append([]byte(nil), packet...):
	default: // it says so again
	}
}
