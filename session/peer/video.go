package peer

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"

	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
	"github.com/pion/webrtc/v3"

	"github.com/beistand/beistand/session/pace"
)

const (
	videoClock  = 90000 // Hz, of RTP times
	videoOut    = 2048  // packets of frames waiting to leave
	videoPacket = 1160  // bytes of payload: as long as a datagram, with the extension
	// MaxFrame is the largest encoded frame, in bytes: as many packets as wait.
	MaxFrame = videoOut * videoPacket * 9 / 10
)

// video is the track, on the side that sends it and on the one that takes it.
type video struct {
	codec VideoCodec // "" none; set before anything comes
	from  uint32     // the other side's source, where it sends
	own   uint32     // what this side's control packets come from

	// Where it leaves from.
	track    *track
	mu       sync.Mutex // guards number and cut: frames leave one at a time
	cut      rtp.Payloader
	number   uint16
	out      chan leaving
	told     chan []byte // control packets
	rate     atomic.Int64
	key      chan struct{}
	feedback chan []pace.Arrival

	// Where it arrives.
	in     chan arrived
	frames chan VideoFrame
	unread atomic.Int64  // bytes in frames, about
	ask    chan struct{} // told by AskKey
}

// VideoFrame is one encoded frame.
type VideoFrame struct {
	Data []byte
	At   uint32 // RTP time, in 1/90000 s
	Key  bool   // needs no other
}

// firstPace is what the way may carry before anything is known of it, in bits a second.
const firstPace = 100_000_000

func newVideo() video {
	return video{
		out: make(chan leaving, videoOut), told: make(chan []byte, 64),
		key: make(chan struct{}, 1), feedback: make(chan []pace.Arrival, 32),
		in: make(chan arrived, videoOut), frames: make(chan VideoFrame, framesIn), ask: make(chan struct{}, 1),
	}
}

// addVideo puts the track's section into the next description.
func (c *Conn) addVideo() (*webrtc.RTPTransceiver, error) {
	if !c.media.want.SendVideo {
		return c.pc.AddTransceiverFromKind(webrtc.RTPCodecTypeVideo, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly})
	}
	c.media.video.track = &track{kind: webrtc.RTPCodecTypeVideo, name: "screen"}
	return c.pc.AddTransceiverFromTrack(c.media.video.track, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly})
}

// settleVideo notes what is agreed on, and gives the sources that it comes from.
func (c *Conn) settleVideo(theirs *section, line *codecLine) (from []uint32) {
	v := &c.media.video
	v.codec = line.codec()
	v.rate.Store(firstPace)
	if v.track != nil {
		v.cut = payloader(v.codec)
		s := &sender{v: v, rtt: lately{ask: c.RTT}}
		c.own.Go(func() { s.send(c.done) })
		return nil
	}
	v.from, v.own = theirs.source, rand.Uint32()|1
	r := &receiver{v: v, rtt: lately{ask: c.RTT}, say: c.pc.WriteRTCP, number: line.number, frames: newAssembler(v.codec)}
	if theirs.counter != nil {
		r.counter = uint8(theirs.counter.Value)
	}
	c.own.Go(func() { r.receive(c.done) })
	return []uint32{v.from, probes}
}

// probes is the source of packets without any media: Chromium sends some to
// find out what the way can take, and they count for nothing else.
const probes = 0

// payloader cuts a codec's frames into packets.
func payloader(c VideoCodec) rtp.Payloader {
	switch c {
	case VP8:
		return &codecs.VP8Payloader{EnablePictureID: true}
	case VP9:
		return &codecs.VP9Payloader{}
	case H264:
		return &codecs.H264Payloader{}
	default:
		return &codecs.AV1Payloader{}
	}
}

// VideoCodec is what both sides agreed on; "" none. Only after Opened.
func (c *Conn) VideoCodec() VideoCodec {
	if !c.ready() {
		return ""
	}
	return c.media.video.codec
}

// WriteVideo gives one encoded frame on its way, at an RTP time in 1/90000 s:
// a VP8 or VP9 frame, an H.264 access unit behind start codes, an AV1 temporal
// unit. It copies, and never waits: where the way is stuck it is ErrFull, none
// of the frame leaves, and the next has to be a keyframe.
func (c *Conn) WriteVideo(frame []byte, at uint32) error {
	v := &c.media.video
	switch {
	case len(frame) == 0 || len(frame) > MaxFrame:
		return fmt.Errorf("send a frame of %d bytes: %w", len(frame), ErrTooLarge)
	case c.Err() != nil:
		return c.Err()
	case c.VideoCodec() == "" || v.track == nil:
		return fmt.Errorf("send a frame: %w", ErrNotAgreed)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	packets := v.cut.Payload(videoPacket, frame)
	if len(packets) == 0 {
		return fmt.Errorf("send a frame of %d bytes: it is none of %s", len(frame), v.codec)
	}
	if len(packets) > cap(v.out)-len(v.out) {
		return ErrFull
	}
	for i, p := range packets {
		v.out <- leaving{payload: p, at: at, number: v.number, marker: i == len(packets)-1} // there is room: nobody else writes
		v.number++
	}
	return nil
}

// PaceVideo says how quickly the packets of a frame follow each other, in bits
// a second: 100 Mbit at first; 0 lets all go at once. Twice what the track
// takes or more keeps frames from waiting for each other.
func (c *Conn) PaceVideo(rate int) { c.media.video.rate.Store(int64(rate)) }

// KeyWanted tells when the other side needs a keyframe. It holds one word.
func (c *Conn) KeyWanted() <-chan struct{} { return c.media.video.key }

// Feedback tells what became of the track's packets, if the other side says
// so. It holds a second's words, and loses the oldest.
func (c *Conn) Feedback() <-chan []pace.Arrival { return c.media.video.feedback }

// Video waits for the next frame; the caller owns it. After a gap the next is
// a keyframe. What came before the end is still given.
func (c *Conn) Video(ctx context.Context) (VideoFrame, error) {
	f, err := next(ctx, c, c.media.video.frames)
	c.media.video.unread.Add(-int64(len(f.Data)))
	return f, err
}

// AskKey asks the other side for a keyframe, where a frame was of no use. None
// but a keyframe comes until then.
func (c *Conn) AskKey() {
	select {
	case c.media.video.ask <- struct{}{}:
	default:
	}
}
