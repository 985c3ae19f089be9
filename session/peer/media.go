package peer

import (
	"errors"
	"sync/atomic"

	"github.com/pion/webrtc/v3"
)

// VideoCodec is a codec's name as descriptions have it.
type VideoCodec string

// The codecs that can be agreed on: their payload formats are RFC 7741, RFC
// 9628, RFC 6184 (packetization mode 1, Annex B on this side) and the AV1 RTP
// specification (low overhead temporal units on this side).
const (
	VP8  VideoCodec = "VP8"
	VP9  VideoCodec = "VP9"
	H264 VideoCodec = "H264"
	AV1  VideoCodec = "AV1"
)

// Media is what a connection carries beside its channel, if the other side
// agrees: the zero value nothing.
type Media struct {
	Datagrams bool         // between two of these programs; browsers refuse them
	Video     []VideoCodec // one track; most wanted first, and what the answering side wants counts
	SendVideo bool         // the track leaves this side; otherwise it arrives
}

// Reasons that callers branch on.
var (
	ErrNotAgreed = errors.New("the other side has not agreed to it")
	ErrFull      = errors.New("the way is full")                                // this one was dropped, later ones may leave
	ErrMedia     = errors.New("the other side sent media that nobody asked it") // and was cut off
)

// media is what of a connection is not its channel.
type media struct {
	want    Media
	sources *sources // which packets reach pion at all

	datagrams datagrams
	video     video
	streams   atomic.Int32 // that pion has opened, by what the other side sent
	flooded   func()       // called when those are too many
}

func newMedia(want Media, from *sources, flooded func()) media {
	return media{want: want, sources: from, flooded: flooded, datagrams: newDatagrams(), video: newVideo()}
}

// settle notes what is agreed on, before pion knows.
func (c *Conn) settle(theirs *sections, p plan) {
	m := &c.media
	var from []uint32
	if p.datagrams != nil {
		from = append(from, theirs.datagrams.source)
		m.datagrams.agree(theirs.datagrams.source)
		c.own.Go(func() { m.datagrams.send(c.done) })
	}
	if p.video != nil {
		from = append(from, c.settleVideo(theirs.video, p.video)...)
	}
	m.sources.know(from...)
}

// ready says whether the channel is open.
func (c *Conn) ready() bool {
	select {
	case <-c.open:
		return true
	default:
		return false
	}
}

// track is webrtc.TrackLocal for packets that are made here. That the other
// side has refused it is no mistake: then it is never bound.
type track struct {
	kind  webrtc.RTPCodecType
	name  string
	bound atomic.Pointer[bound]
}

// bound is where a track's packets go.
type bound struct {
	stream    webrtc.TrackLocalWriter
	ssrc      uint32
	payload   uint8
	wholeWay  uint8 // the number of the header extension for transport-wide sequence numbers; 0 none
	codecName string
}

// Bind is webrtc.TrackLocal's.
func (t *track) Bind(c webrtc.TrackLocalContext) (webrtc.RTPCodecParameters, error) {
	codecs := c.CodecParameters()
	if len(codecs) == 0 {
		return webrtc.RTPCodecParameters{}, nil
	}
	b := &bound{stream: c.WriteStream(), ssrc: uint32(c.SSRC()), payload: uint8(codecs[0].PayloadType), codecName: codecs[0].MimeType}
	for _, e := range c.HeaderExtensions() {
		if e.URI == wholeWayURI && e.ID > 0 && e.ID < 15 {
			b.wholeWay = uint8(e.ID)
		}
	}
	t.bound.Store(b)
	return codecs[0], nil
}

// Unbind is webrtc.TrackLocal's.
func (t *track) Unbind(webrtc.TrackLocalContext) error {
	t.bound.Store(nil)
	return nil
}

// ID is webrtc.TrackLocal's.
func (t *track) ID() string { return t.name }

// RID is webrtc.TrackLocal's.
func (*track) RID() string { return "" }

// StreamID is webrtc.TrackLocal's.
func (*track) StreamID() string { return "beistand" }

// Kind is webrtc.TrackLocal's.
func (t *track) Kind() webrtc.RTPCodecType { return t.kind }
