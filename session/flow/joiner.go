package flow

import (
	"fmt"
)

// joiner makes frames of segments.
type joiner struct {
	frame  []byte // as far as it is there
	length int    // of the frame, as far as it is read
	shift  uint   // bits of the length that are read
	inside bool   // the length is read, the frame is not whole
}

// trusted is how much memory a length is given before the bytes are there.
const trusted = 16 << 10

// add goes on with a segment and appends the frames that become whole.
func (j *joiner) add(frames *[][]byte, payload []byte) error {
	for starts := 0; len(payload) > 0; {
		if j.inside {
			n := min(len(payload), j.length-len(j.frame))
			if len(j.frame)+n > cap(j.frame) {
				j.frame = append(make([]byte, 0, min(j.length, 4*cap(j.frame))), j.frame...)
			}
			j.frame = append(j.frame, payload[:n]...)
			payload = payload[n:]
			if len(j.frame) == j.length {
				*frames = append(*frames, j.frame)
				*j = joiner{}
			}
			continue
		}
		if j.shift == 0 {
			starts++
		}
		c := payload[0]
		payload = payload[1:]
		j.length |= int(c&0x7f) << j.shift
		j.shift += 7
		if c < 0x80 {
			j.inside = true
			j.frame = make([]byte, 0, min(max(j.length, 0), trusted))
		}
		if starts > maxStarts || j.length > MaxFrame || j.shift > 28 || j.inside && (j.length == 0 || c == 0) {
			return fmt.Errorf("frame of %d bytes or more, %d in a segment: %w", j.length, starts, ErrPacket)
		}
	}
	return nil
}
