package film

import "image"

// textContrast is the difference in luma from which a block holds text or edges.
const textContrast = 64

// luma is BT.601 luma, 0..255.
func luma(p uint32) int32 {
	return int32((77*(p>>16&0xff) + 150*(p>>8&0xff) + 29*(p&0xff)) >> 8)
}

// blockSums gathers what PSNR and SSIM need of one block.
type blockSums struct {
	started          bool
	low, high        int32
	errY, errRGB     float64
	a, b, aa, bb, ab float64
}

func blockOf(ref, got *Frame, at image.Point, bx, by int) (s blockSums) {
	for y := by; y < by+block; y++ {
		a, b := ref.row(y, bx, bx+block), got.row(y+at.Y, at.X+bx, at.X+bx+block)
		for x := range a {
			s.add(a[x], b[x])
		}
	}
	return s
}

func (s *blockSums) add(p, q uint32) {
	lp, lq := luma(p), luma(q)
	if !s.started {
		s.low, s.high, s.started = lp, lp, true
	}
	s.low, s.high = min(s.low, lp), max(s.high, lp)
	s.errY += float64((lp - lq) * (lp - lq))
	for shift := 0; shift < 24; shift += 8 {
		d := int32(p>>shift&0xff) - int32(q>>shift&0xff)
		s.errRGB += float64(d * d)
	}
	x, y := float64(lp), float64(lq)
	s.a += x
	s.b += y
	s.aa += x * x
	s.bb += y * y
	s.ab += x * y
}

// ssim is the structural similarity of the block, of n pixels (Wang et al.,
// Image Quality Assessment, 2004).
func (s *blockSums) ssim(n float64) float64 {
	const c1, c2 = (0.01 * 255) * (0.01 * 255), (0.03 * 255) * (0.03 * 255)
	ma, mb := s.a/n, s.b/n
	va, vb, cov := s.aa/n-ma*ma, s.bb/n-mb*mb, s.ab/n-ma*mb
	return (2*ma*mb + c1) * (2*cov + c2) / ((ma*ma + mb*mb + c1) * (va + vb + c2))
}

// Legible is the structural similarity from which text can be read: with four
// shades a channel it is above, with a quarter of the lines and columns below.
const Legible = 0.8
