package film

import (
	"bytes"
	"time"

	"github.com/at-wat/ebml-go"
	"github.com/at-wat/ebml-go/webm"
)

// The places that can be jumped to: so many at most, each in so many bytes.
const (
	cuesMost = 512
	cueLen   = 32
	cuesLen  = cuesMost*cueLen + 64
)

// index is where keyframes are. When it is full every second is forgotten, and
// of those to come as many: it never grows.
type index struct {
	points []webm.CuePoint
	step   int // one of so many is kept
	passed int // since the last that was kept
}

// add takes a keyframe in, in the cluster that begins at pos in the segment.
func (x *index) add(at time.Duration, pos int64) {
	if x.passed++; x.passed < x.step {
		return
	}
	x.passed = 0
	if len(x.points) == cuesMost {
		for i := range cuesMost / 2 {
			x.points[i] = x.points[2*i]
		}
		x.points = x.points[:cuesMost/2]
		x.step = max(2, x.step*2)
	}
	x.points = append(x.points, webm.CuePoint{
		CueTime:           uint64(at / unit),
		CueTrackPositions: []webm.CueTrackPosition{{CueTrack: 1, CueClusterPosition: uint64(pos)}},
	})
}

// cues is the element, filled up to its room.
func (x *index) cues() []byte {
	var buf bytes.Buffer
	if len(x.points) > 0 {
		c := struct {
			Cues webm.Cues `ebml:"Cues"`
		}{webm.Cues{CuePoint: x.points}}
		_ = ebml.Marshal(&c, &buf) // the form is right, and a buffer takes all
	}
	return append(buf.Bytes(), void(cuesLen-buf.Len())...)
}
