//go:build !cgo || !linux || headless

package codec

import "image"

// Encoders are the formats that this build can encode, the best first; none,
// it was built without C or without windows.
func Encoders() []Kind { return nil }

// Decoders are the formats that this build can decode, the best first; none,
// it was built without C or without windows.
func Decoders() []Kind { return nil }

// NewEncoder is ErrKind in this build.
func NewEncoder(Kind, image.Point, EncoderOptions) (Encoder, error) { return nil, ErrKind }

// NewDecoder is ErrKind in this build.
func NewDecoder(Kind) (Decoder, error) { return nil, ErrKind }
