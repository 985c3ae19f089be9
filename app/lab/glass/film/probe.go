package film

import (
	"image"
	"math"
)

// Probe finds out which frame of a scene's film is shown, by a small part of it: the
// film may be on another way to the viewer than the markers beside it.
type Probe struct {
	Area  image.Rectangle // of the picture
	parts [][]int32       // as it is in each frame
}

// probeSize is large enough for frames to differ, small enough to be read often.
const probeW, probeH = 160, 12

// NewProbe draws so many frames; nil for a scene without a film.
func NewProbe(s Scene, w, h, frames int) *Probe {
	if _, ok := s.(*video); !ok {
		return nil
	}
	mid := filmArea(w, h)
	p := &Probe{Area: image.Rect(0, 0, probeW, probeH).Add(mid.Min.Add(mid.Size().Div(2)))}
	f := NewFrame(w, h)
	for i := range frames {
		s.Step(f, i)
		p.parts = append(p.parts, contrast(f.Crop(p.Area)))
	}
	return p
}

// contrast is a part's luma against its mean: codecs shift brightness.
func contrast(part *Frame) []int32 {
	all := make([]int32, len(part.Pix))
	var sum int32
	for i, p := range part.Pix {
		all[i] = luma(p)
		sum += all[i]
	}
	mean := sum / int32(len(all))
	for i := range all {
		all[i] -= mean
	}
	return all
}

// Find is the frame from first up to before end that the part looks most like;
// it must explain at least a quarter of the part's contrast.
func (p *Probe) Find(part *Frame, first, end int) (frame int, ok bool) {
	got := contrast(part)
	least := int32(math.MaxInt32)
	for i := max(0, first); i < min(end, len(p.parts)); i++ {
		var sum, all int32
		for k, want := range p.parts[i] {
			d := want - got[k]
			sum += max(d, -d)
			all += max(want, -want)
		}
		if sum < least && 4*sum < 3*all {
			least, frame, ok = sum, i, true
		}
	}
	return frame, ok
}
