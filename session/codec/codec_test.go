package codec_test

import (
	"errors"
	"image"
	"slices"
	"testing"

	"github.com/beistand/beistand/session/codec"
	"github.com/beistand/beistand/session/codec/codectest"
)

// Every pair of this build passes the suite.
func TestPairs(t *testing.T) {
	for _, k := range codec.Encoders() {
		if !slices.Contains(codec.Decoders(), k) {
			t.Errorf("%s is encoded and not decoded", k)
			continue
		}
		t.Run(string(k), func(t *testing.T) {
			codectest.Suite(t, codectest.Pair{
				Encoder: func(size image.Point, o codec.EncoderOptions) (codec.Encoder, error) {
					return codec.NewEncoder(k, size, o)
				},
				Decoder: func() (codec.Decoder, error) { return codec.NewDecoder(k) },
			})
		})
	}
}

// What a build does not have it says.
func TestUnknownFormat(t *testing.T) {
	if _, err := codec.NewEncoder("MPEG", image.Pt(16, 16), codec.EncoderOptions{}); !errors.Is(err, codec.ErrKind) {
		t.Errorf("an encoder: %v", err)
	}
	if _, err := codec.NewDecoder("MPEG"); !errors.Is(err, codec.ErrKind) {
		t.Errorf("a decoder: %v", err)
	}
	if _, _, err := codec.FrameSize("MPEG", []byte{1, 2, 3}); !errors.Is(err, codec.ErrKind) {
		t.Errorf("a size: %v", err)
	}
}
