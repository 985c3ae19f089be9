// Package codec turns pictures that keep moving into video and back.
package codec

import (
	"errors"
	"fmt"
	"image"
	"time"

	"github.com/beistand/beistand/session/pixel"
)

// Kind is a video format, by the name that SDP gives it (RFC 7741, RFC 9628).
type Kind string

// The formats that there are drivers for.
const (
	VP8 Kind = "VP8"
	VP9 Kind = "VP9"
)

// What a picture may measure. VP8 has 14 bits a side; as many pixels as four
// screens of 3840x2160 have, which a decoder holds some 60 bytes for at most.
const (
	MaxSide   = 16383
	MaxPixels = 4 * 3840 * 2160
)

// Errors that callers tell apart.
var (
	ErrKind   = errors.New("this build has no such video format")
	ErrSize   = errors.New("the picture has another size")
	ErrClosed = errors.New("the video is closed")
	ErrData   = errors.New("not a video frame")
	ErrKey    = errors.New("the video needs a keyframe") // all until the next one is lost
)

// EncoderOptions say how an encoder works. The zero value is made for motion
// at 30 frames a second and one thread.
type EncoderOptions struct {
	Rate    int  // bits a second; 0: a rate that gives the size's film about 36 dB
	FPS     int  // at most so many frames come in a second; 0: 30
	Threads int  // 0: one
	Text    bool // windows and text: legible before small. Else film: the rate is kept
}

// Encoder makes video of one size. It may be used by several goroutines, one
// at a time.
type Encoder interface {
	// Encode encodes the part r of p, which has the encoder's size (else
	// ErrSize) and lies in p. Time rises from frame to frame. With key the frame
	// can be decoded without those before it, as the first can always.
	Encode(p *pixel.Bitmap, r image.Rectangle, at time.Duration, key bool) (Packet, error)
	// SetRate changes the bits a second from the next frame on.
	SetRate(bits int)
	// Close gives back what the encoder holds. After it Encode says ErrClosed.
	Close()
}

// Packet is one encoded frame. It is the caller's.
type Packet struct {
	Data []byte
	Key  bool // can be decoded by itself
}

// Decoder makes pictures of video. What it is given may be hostile. It may be
// used by several goroutines, one at a time.
type Decoder interface {
	// Decode decodes the next frame into all of dst, which has the frame's
	// size: else ErrSize, before memory is taken and with nothing decoded, so
	// that the same frame can be given again with another dst. FrameSize tells a
	// keyframe's size before. A frame that cannot be decoded is ErrData;
	// from then on all but a keyframe are ErrKey. dst is not touched on errors.
	Decode(data []byte, dst *pixel.Bitmap) error
	// Close gives back what the decoder holds. After it Decode says ErrClosed.
	Close()
}

// checkSize is ErrSize for what no encoder and decoder takes.
func checkSize(size image.Point) error {
	if size.X < 1 || size.Y < 1 || size.X > MaxSide || size.Y > MaxSide || size.X*size.Y > MaxPixels {
		return fmt.Errorf("%w: %dx%d cannot be video", ErrSize, size.X, size.Y)
	}
	return nil
}
