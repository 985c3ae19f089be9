package tally

import (
	"fmt"
	"slices"
	"strings"
)

// Head is the head of a table of results, in Markdown.
const Head = "| peer | scene | link | p50 | p95 | p99 | max | fps | freeze | legible, sharp, lossless (pages) | PSNR-Y | text | film | beside | host CPU | view CPU | X src/view CPU | MB/min | host/view MB | other CPU |\n" +
	"|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"

// Row is the result as a row of it.
func (r *Result) Row() string {
	if r.Failed != "" {
		return fmt.Sprintf("| %s | %s | %s | %s |\n", r.Peer, r.Scene, r.link(), r.Failed)
	}
	page, freeze := "", fmt.Sprintf("%.0f", r.Freeze)
	if r.Scene == "switch" {
		page, freeze = fmt.Sprintf("%.0f, %.0f, %.0f (%s)", r.Legible.P50, r.Sharp.P50, r.Lossless.P50, r.LosslessPages), ""
	}
	q := []string{"", "", "", ""}
	if r.Shots > 0 {
		for i, v := range []float64{r.Quality.PSNRY, r.Quality.PSNRText, r.Quality.Moving, r.Quality.Still} {
			if q[i] = fmt.Sprintf("%.1f", v); i >= 2 && r.Scene != "video" {
				q[i] = ""
			}
		}
	}
	l := r.Latency
	return fmt.Sprintf("| %s | %s | %s | %.0f | %.0f | %.0f | %.0f | %.1f/%.1f | %s | %s | %s | %.1f | %.1f | %.1f/%.1f | %.2f | %.0f/%.0f | %.1f |\n",
		r.Peer, r.Scene, r.link(), l.P50, l.P95, l.P99, l.Max, r.DeliveredFPS, r.PaintFPS, freeze, page,
		strings.Join(q, " | "), r.HostCPU, r.ViewCPU, r.SourceXCPU, r.ViewXCPU, r.DownMB+r.UpMB, r.HostMB, r.ViewMB, r.OtherCPU)
}

func (r *Result) link() string {
	if r.Size == "" || r.Size == FullHD {
		return r.Net
	}
	return r.Net + ", " + r.Size
}

// FullHD is the size of a display unless something else is said.
const FullHD = "1920x1080"

func (r *Result) same(o Result) bool {
	return o.Peer == r.Peer && o.Scene == r.Scene && o.Net == r.Net && o.Size == r.Size
}

// Best keeps, of equal runs, the one that the rest of the machine has disturbed least.
func Best(all []Result) (best []Result) {
	for _, r := range all {
		i := slices.IndexFunc(best, r.same)
		switch {
		case i < 0:
			best = append(best, r)
		case best[i].Failed != "" || r.Failed == "" && r.OtherCPU < best[i].OtherCPU:
			best[i] = r
		}
	}
	return best
}
