package peer

import "github.com/pion/webrtc/v3"

const videoClock = 90000 // Hz, of RTP times

// video is the track.
type video struct {
	track *track // nil on the side that it arrives at
}

// addVideo puts the track's section into the next description.
func (c *Conn) addVideo() (*webrtc.RTPTransceiver, error) {
	if !c.media.want.SendVideo {
		return c.pc.AddTransceiverFromKind(webrtc.RTPCodecTypeVideo, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly})
	}
	c.media.video.track = &track{kind: webrtc.RTPCodecTypeVideo, name: "screen"}
	return c.pc.AddTransceiverFromTrack(c.media.video.track, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly})
}
