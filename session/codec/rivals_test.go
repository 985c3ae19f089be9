//go:build bench && cgo && linux

package codec_test

import (
	"image"

	"github.com/beistand/beistand/session/codec"
	"github.com/beistand/beistand/session/codec/rivals"
)

// others are the formats that were not chosen.
func others() []driver {
	var all []driver
	for _, k := range rivals.Kinds() {
		all = append(all, driver{
			string(k),
			func(size image.Point, o codec.EncoderOptions) (codec.Encoder, error) {
				return rivals.NewEncoder(k, size, o)
			},
			func() (codec.Decoder, error) { return rivals.NewDecoder(k) },
		})
	}
	return all
}

// threads is how many encoders may take.
var threads = []int{1, 2}
