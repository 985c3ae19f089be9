package peer

import (
	"fmt"

	"github.com/pion/sdp/v3"
	"github.com/pion/webrtc/v3"
)

// wholeWayURI names the header extension that counts a connection's packets
// (draft-holmer-rmcat-transport-wide-cc-extensions-01).
const wholeWayURI = sdp.TransportCCURI

// datagramCodec is a codec of nobody else's. Its section says audio, because
// pion agrees on codecs once for each kind; the name settles what it is.
var datagramCodec = webrtc.RTPCodecParameters{
	RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: "audio/" + datagramName, ClockRate: datagramClock},
	PayloadType:        118,
}

const (
	datagramName  = "x-beistand-datagrams"
	datagramClock = 90000
)

// videoCodecs are what descriptions say of each codec: payload type and
// parameters. H.264 is the constrained baseline that every browser has.
var videoCodecs = map[VideoCodec]webrtc.RTPCodecParameters{
	VP8:  videoCodec(VP8, 96, ""),
	VP9:  videoCodec(VP9, 98, "profile-id=0"),
	H264: videoCodec(H264, 102, "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"),
	AV1:  videoCodec(AV1, 45, "profile=0"),
}

func videoCodec(c VideoCodec, number webrtc.PayloadType, parameters string) webrtc.RTPCodecParameters {
	feedback := []webrtc.RTCPFeedback{{Type: "nack"}, {Type: "nack", Parameter: "pli"}, {Type: "ccm", Parameter: "fir"}, {Type: "transport-cc"}}
	return webrtc.RTPCodecParameters{
		RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: "video/" + string(c), ClockRate: videoClock, SDPFmtpLine: parameters, RTCPFeedback: feedback},
		PayloadType:        number,
	}
}

// engine knows the codecs that are wanted, and no others.
func (m *media) engine() (*webrtc.MediaEngine, error) {
	e := &webrtc.MediaEngine{}
	if m.want.Datagrams {
		if err := e.RegisterCodec(datagramCodec, webrtc.RTPCodecTypeAudio); err != nil {
			return nil, err
		}
	}
	for _, c := range m.want.Video {
		known, ok := videoCodecs[c]
		if !ok {
			return nil, fmt.Errorf("video as %q is not known", c)
		}
		if err := e.RegisterCodec(known, webrtc.RTPCodecTypeVideo); err != nil {
			return nil, err
		}
	}
	if len(m.want.Video) > 0 {
		if err := e.RegisterHeaderExtension(webrtc.RTPHeaderExtensionCapability{URI: wholeWayURI}, webrtc.RTPCodecTypeVideo); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// add puts sections for what is to be agreed on into the next description.
func (c *Conn) add(datagrams bool, video []VideoCodec) error {
	m := &c.media
	if len(video) > 0 {
		t, err := c.addVideo()
		if err != nil {
			return fmt.Errorf("make a video track: %w", err)
		}
		var order []webrtc.RTPCodecParameters
		for _, v := range video {
			codec := videoCodecs[v]
			codec.PayloadType = 0 // whatever number is agreed on
			order = append(order, codec)
		}
		if err := t.SetCodecPreferences(order); err != nil {
			return fmt.Errorf("choose video codecs: %w", err)
		}
	}
	if datagrams {
		m.datagrams.track = &track{kind: webrtc.RTPCodecTypeAudio, name: "datagrams"}
		both := webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendrecv}
		if _, err := c.pc.AddTransceiverFromTrack(m.datagrams.track, both); err != nil {
			return fmt.Errorf("make a way for datagrams: %w", err)
		}
	}
	return nil
}
