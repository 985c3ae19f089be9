//go:build !headless

package surface

import (
	"image"

	"github.com/beistand/beistand/session/pixel"
)

// whole is the sum of the weights that make one pixel.
const whole = 256

// taps are which pixels of a line make one of the scaled line, and how much
// each counts. Weights of one pixel add up to whole.
type taps struct {
	first  []int32  // by the scaled line's pixel
	last   []int32  // exclusive
	start  []int32  // of its weights
	weight []uint32 // 1 to whole
}

// newTaps is for a line of from pixels that becomes one of to: each pixel the
// mean of what it covers when the line becomes shorter, which keeps thin
// strokes, and mixed from two neighbours when it becomes longer.
func newTaps(from, to int) taps {
	t := taps{first: make([]int32, to), last: make([]int32, to), start: make([]int32, to)}
	for i := range to {
		var lo, n int
		var share [2]float64
		if to >= from {
			at := max(0, (float64(i)+0.5)*float64(from)/float64(to)-0.5)
			lo, n = int(at), 2
			share = [2]float64{1 - (at - float64(lo)), at - float64(lo)}
			if lo >= from-1 {
				lo, n, share[0] = from-1, 1, 1
			}
		} else {
			lo = i * from / to
			n = ((i+1)*from+to-1)/to - lo
		}
		t.first[i], t.start[i] = int32(lo), int32(len(t.weight))
		left := whole
		for k := range n {
			w := 0
			switch {
			case k == n-1:
				w = left
			case to >= from:
				w = int(share[k]*whole + 0.5)
			default:
				w = int(overlap(lo+k, i, from, to)*whole + 0.5)
			}
			w = min(w, left)
			left -= w
			t.weight = append(t.weight, uint32(w))
		}
		t.last[i] = t.first[i] + int32(n)
	}
	return t
}

// overlap is how much of the scaled pixel i comes from pixel k, from 0 to 1.
func overlap(k, i, from, to int) float64 {
	lo, hi := max(k*to, i*from), min((k+1)*to, (i+1)*from)
	return float64(hi-lo) / float64(from)
}

// scaler makes pictures of one size to pictures of another. Not safe for
// concurrent use.
type scaler struct {
	from, to image.Point
	x, y     taps
	line     []uint64 // one line, scaled in height only: blue, green and red in 16 bits each
}

func newScaler(from, to image.Point) *scaler {
	return &scaler{from: from, to: to, x: newTaps(from.X, to.X), y: newTaps(from.Y, to.Y), line: make([]uint64, from.X)}
}

// half rounds each of a line's colours.
const half = whole/2 | whole/2<<16 | whole/2<<32

// channels leaves the lower eight bits of each of a line's colours.
const channels = 0xff | 0xff<<16 | 0xff<<32

func spread(p uint32) uint64 {
	v := uint64(p)
	return v&0xff | v&0xff00<<8 | v&0xff0000<<16
}

// scale writes r of dst, whose pixels are the scaled picture's, from src.
func (s *scaler) scale(dst, src *pixel.Bitmap, r image.Rectangle) {
	if r = r.Intersect(dst.Rect); r.Empty() {
		return
	}
	x0, x1 := int(s.x.first[r.Min.X]), int(s.x.last[r.Max.X-1])
	for y := r.Min.Y; y < r.Max.Y; y++ {
		s.mixRows(src, y, x0, x1)
		s.mixPixels(dst.Row(y, r.Min.X, r.Max.X), r.Min.X)
	}
}

// mixRows makes line from x0 to x1 of the rows that make row y.
func (s *scaler) mixRows(src *pixel.Bitmap, y, x0, x1 int) {
	line := s.line[x0:x1]
	weight := s.y.weight[s.y.start[y]:]
	for k := s.y.first[y]; k < s.y.last[y]; k++ {
		w := uint64(weight[k-s.y.first[y]])
		row := src.Row(int(k), x0, x1)
		if k == s.y.first[y] {
			for i, p := range row {
				line[i] = spread(p)*w + half
			}
			continue
		}
		if w == 0 {
			continue
		}
		for i, p := range row {
			line[i] += spread(p) * w
		}
	}
	for i, v := range line {
		line[i] = v >> 8 & channels
	}
}

// mixPixels makes a row of pixels, the first of which is x, from line.
func (s *scaler) mixPixels(row []uint32, x int) {
	for i := range row {
		first, last := s.x.first[x+i], s.x.last[x+i]
		weight := s.x.weight[s.x.start[x+i]:]
		sum := uint64(half)
		for k, v := range s.line[first:last] {
			sum += v * uint64(weight[k])
		}
		sum = sum >> 8 & channels
		row[i] = uint32(sum&0xff | sum>>8&0xff00 | sum>>16&0xff0000)
	}
}
