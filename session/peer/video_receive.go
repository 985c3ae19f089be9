package peer

import (
	"encoding/binary"
	"time"

	"github.com/pion/interceptor/pkg/twcc"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
)

const (
	framesIn  = 60                    // put together and not yet read
	bytesIn   = 8 << 20               // of them
	wholeWord = 40 * time.Millisecond // between words on which packets came
)

// arrived is a packet of the track's.
type arrived struct {
	packet []byte
	at     time.Time
}

// receiver owns what of the track has arrived.
type receiver struct {
	v       *video
	rtt     lately
	say     func([]rtcp.Packet) error
	number  uint8 // of the codec
	counter uint8 // of the header extension that counts packets; 0 none
	frames  *assembler

	came  *twcc.Recorder
	begin time.Time
	spoke time.Time
}

// take is called with each packet of the other side's track.
func (v *video) take(packet []byte) {
	select {
	case v.in <- arrived{append([]byte(nil), packet...), time.Now()}:
	default: // it is missed, and asked for
	}
}

// receive makes frames until the connection is over.
func (r *receiver) receive(done <-chan struct{}) {
	r.begin = time.Now()
	r.came = twcc.NewRecorder(r.v.own)
	timer := time.NewTimer(mostHeal)
	defer timer.Stop()
	for {
		select {
		case p := <-r.v.in:
			r.take(p)
		case <-r.v.ask:
			r.frames.keyless, r.frames.patient = true, false
		case <-timer.C:
		case <-done:
			return
		}
		for {
			select {
			case p := <-r.v.in:
				r.take(p)
				continue
			default:
			}
			break
		}
		r.give()
		timer.Reset(r.speak(time.Now()))
	}
}

func (r *receiver) take(p arrived) {
	var h rtp.Header
	n, err := h.Unmarshal(p.packet)
	if err != nil {
		return
	}
	payload := p.packet[n:]
	if h.Padding {
		if len(payload) == 0 || int(payload[len(payload)-1]) > len(payload) {
			return
		}
		payload = payload[:len(payload)-int(payload[len(payload)-1])]
	}
	if count := h.GetExtension(r.counter); r.counter != 0 && len(count) == 2 {
		r.came.Record(h.SSRC, binary.BigEndian.Uint16(count), p.at.Sub(r.begin).Microseconds())
	}
	if h.SSRC == r.v.from && h.PayloadType == r.number {
		r.frames.take(p.at, &h, payload)
	}
}

// give gives the frames that are whole to whoever reads them. One who does not
// gets none before the next keyframe.
func (r *receiver) give() {
	for {
		f, ok := r.frames.whole()
		if !ok {
			return
		}
		if r.v.unread.Load() > bytesIn {
			r.frames.keyless = true
			continue
		}
		select {
		case r.v.frames <- f:
			r.v.unread.Add(int64(len(f.Data)))
		default:
			r.frames.keyless = true
		}
	}
}

// speak asks for what is missing and says what came; it gives when to speak again.
func (r *receiver) speak(now time.Time) time.Duration {
	missing, key, wait := r.frames.due(now, r.rtt.get(now))
	var words []rtcp.Packet
	if len(missing) > 0 {
		words = append(words, &rtcp.TransportLayerNack{SenderSSRC: r.v.own, MediaSSRC: r.v.from, Nacks: rtcp.NackPairsFromSequenceNumbers(missing)})
	}
	if key {
		words = append(words, &rtcp.PictureLossIndication{SenderSSRC: r.v.own, MediaSSRC: r.v.from})
	}
	if r.came.PacketsHeld() > 0 {
		if ago := now.Sub(r.spoke); ago >= wholeWord {
			words = append(words, r.came.BuildFeedbackPacket()...)
			r.spoke = now
		} else {
			wait = min(wait, wholeWord-ago)
		}
	}
	for _, word := range words { // each in a packet of its own: together they might be too long for one
		_ = r.say([]rtcp.Packet{word}) // what is lost is said again
	}
	return wait
}
