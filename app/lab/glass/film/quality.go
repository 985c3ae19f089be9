package film

import (
	"image"
	"math"
)

// Quality compares a received picture with what was painted. PSNR is in dB,
// MaxPSNR where nothing differs.
type Quality struct {
	PSNRY    float64 `json:"psnr_y"`    // luma, whole picture
	PSNRText float64 `json:"psnr_text"` // luma, blocks that hold text or edges
	PSNRRGB  float64 `json:"psnr_rgb"`  // all colour channels, whole picture
	SSIMText float64 `json:"ssim_text"` // luma, blocks that hold text or edges
	Moving   float64 `json:"psnr_film"` // luma, within the scene's film
	Still    float64 `json:"psnr_rest"` // all colour channels, beside the film
}

// MaxPSNR stands for "identical".
const MaxPSNR = 99

const block = 8 // pixels

// Compare judges the whole picture. got may be larger than ref: the picture
// starts at point at. moving is where a film is shown.
func Compare(ref, got *Frame, at image.Point, moving image.Rectangle) Quality {
	var all, text, film sums
	var ssim, blocks float64
	for by := 0; by+block <= ref.H; by += block {
		for bx := 0; bx+block <= ref.W; bx += block {
			s := blockOf(ref, got, at, bx, by)
			all.add(s)
			if s.high-s.low > textContrast {
				text.add(s)
				ssim += s.ssim(block * block)
				blocks++
			}
			if image.Pt(bx, by).In(moving) {
				film.add(s)
			}
		}
	}
	q := Quality{
		PSNRY: psnr(all.luma, all.n), PSNRText: psnr(text.luma, text.n), PSNRRGB: psnr(all.rgb, 3*all.n), SSIMText: 1,
		Moving: psnr(film.luma, film.n), Still: psnr(all.rgb-film.rgb, 3*(all.n-film.n)),
	}
	if blocks > 0 {
		q.SSIMText = ssim / blocks
	}
	return q
}

// sums are squared differences, and of how many pixels.
type sums struct{ luma, rgb, n float64 }

func (s *sums) add(b blockSums) {
	s.luma += b.errY
	s.rgb += b.errRGB
	s.n += block * block
}

func psnr(sum, n float64) float64 {
	if sum == 0 || n == 0 {
		return MaxPSNR
	}
	return min(MaxPSNR, 10*math.Log10(255*255*n/sum))
}

// QuickPSNR is the luma PSNR of every fourth line, for use while measuring.
func QuickPSNR(ref, got *Frame, at image.Point) float64 {
	var sum int64
	n := 0
	for y := 1; y < ref.H; y += 4 {
		a, b := ref.row(y, 0, ref.W), got.row(y+at.Y, at.X, at.X+ref.W)
		for x, p := range a {
			if q := b[x]; p != q {
				d := int64(luma(p) - luma(q))
				sum += d * d
			}
		}
		n += ref.W
	}
	return psnr(float64(sum), float64(n))
}

// QuickSSIM is the mean structural similarity of blocks with text, of every
// fourth row of blocks.
func QuickSSIM(ref, got *Frame, at image.Point) float64 {
	var sum, n float64
	for by := 0; by+block <= ref.H; by += 4 * block {
		for bx := 0; bx+block <= ref.W; bx += block {
			if s := blockOf(ref, got, at, bx, by); s.high-s.low > textContrast {
				sum += s.ssim(block * block)
				n++
			}
		}
	}
	if n == 0 {
		return 1
	}
	return sum / n
}

// Same says whether every pixel is as painted.
func Same(ref, got *Frame, at image.Point) bool {
	for y := range ref.H {
		a, b := ref.row(y, 0, ref.W), got.row(y+at.Y, at.X, at.X+ref.W)
		for x, p := range a {
			if (p^b[x])&0xffffff != 0 {
				return false
			}
		}
	}
	return true
}
