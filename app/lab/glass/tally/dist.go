package tally

import (
	"math"
	"slices"

	"github.com/beistand/beistand/app/lab/glass/film"
)

// Dist sums up a set of times in milliseconds.
type Dist struct {
	P50, P95, P99, Max float64
	N                  int
}

func newDist(ms []float64) Dist {
	if len(ms) == 0 {
		return Dist{}
	}
	slices.Sort(ms)
	at := func(q float64) float64 { // nearest rank
		return Round(ms[max(0, int(math.Ceil(q*float64(len(ms))))-1)])
	}
	return Dist{at(0.5), at(0.95), at(0.99), at(1), len(ms)}
}

// Round leaves one decimal.
func Round(x float64) float64 { return math.Round(x*10) / 10 }

func ms(ns int64) float64 { return float64(ns) / 1e6 }

// meanQuality is the mean of the screenshots; 99 dB is left only where all of
// them are as painted.
func meanQuality(all []film.Quality) (m film.Quality) {
	n := float64(len(all))
	if n == 0 {
		return m
	}
	for _, q := range all {
		m.PSNRY += q.PSNRY / n
		m.PSNRText += q.PSNRText / n
		m.PSNRRGB += q.PSNRRGB / n
		m.SSIMText += q.SSIMText / n
		m.Moving += q.Moving / n
		m.Still += q.Still / n
	}
	for _, v := range []*float64{&m.PSNRY, &m.PSNRText, &m.PSNRRGB, &m.Moving, &m.Still} {
		*v = math.Floor(*v*10+1e-6) / 10
	}
	m.SSIMText = math.Round(m.SSIMText*1e4) / 1e4
	return m
}
