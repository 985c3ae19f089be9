package tally

import (
	"fmt"
	"math"

	"github.com/beistand/beistand/app/lab/glass/film"
)

// Target is what one scene over one link is to reach.
type Target struct {
	Net, Scene, Size string
	Peer             string // the variant of ours that it is for, "" for the ordinary one
	Wants            []Want
}

// Want is one figure and its limit.
type Want struct {
	Name    string
	Unit    string
	Limit   float64
	AtLeast bool // else at most
	Of      func(*Result) float64
}

func (w Want) met(r *Result) bool {
	v := w.Of(r)
	if w.AtLeast {
		return v >= w.Limit
	}
	return v <= w.Limit
}

func (w Want) text() string {
	if w.Limit == film.MaxPSNR && w.AtLeast {
		return w.Name + " lossless"
	}
	return fmt.Sprintf("%s %g%s", w.Name, w.Limit, w.Unit)
}

// value is the figure as it was measured.
func (w Want) value(r *Result) string {
	v := w.Of(r)
	if w.Limit == film.MaxPSNR && w.AtLeast && v >= film.MaxPSNR {
		return w.Name + " lossless"
	}
	if w.Unit == decibel && r.Shots == 0 {
		return w.Name + " never whole"
	}
	return w.Name + " " + figure(v) + w.Unit
}

// figure has three digits, or all before the point.
func figure(v float64) string {
	if v >= 100 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.3g", v)
}

const decibel = " dB"

// Figures that targets name.
var (
	p50 = func(ms float64) Want {
		return Want{"p50", " ms", ms, false, func(r *Result) float64 { return r.Latency.P50 }}
	}
	p95 = func(ms float64) Want {
		return Want{"p95", " ms", ms, false, func(r *Result) float64 { return r.Latency.P95 }}
	}
	frames   = func(n float64) Want { return Want{"frames", "", n, true, deliveredOf30} }
	megabyte = func(n float64) Want {
		return Want{"", " MB/min", n, false, func(r *Result) float64 { return r.DownMB + r.UpMB }}
	}
	hostCPU = func(s float64) Want {
		return Want{"host", " s CPU/min", s, false, func(r *Result) float64 { return r.HostCPU }}
	}
	legible = func(ms float64) Want {
		return Want{"legible", " ms", ms, false, func(r *Result) float64 { return r.Legible.P50 }}
	}
	lossless = func(ms float64) Want {
		return Want{"lossless", " ms", ms, false, func(r *Result) float64 { return r.Lossless.P50 }}
	}
	exact  = Want{"picture", decibel, film.MaxPSNR, true, func(r *Result) float64 { return r.Quality.PSNRRGB }}
	beside = Want{"beside", decibel, film.MaxPSNR, true, func(r *Result) float64 { return r.Quality.Still }}
	inFilm = func(db float64) Want {
		return Want{"film", decibel, db, true, func(r *Result) float64 { return r.Quality.Moving }}
	}
)

// deliveredOf30 is how many of thirty painted frames were shown, rounded.
func deliveredOf30(r *Result) float64 {
	if r.Latency.N == 0 {
		return 0
	}
	return math.Round(30 * float64(r.Delivered.N) / float64(r.Latency.N))
}

// keepAlive is what may be sent while nothing happens, in MB a minute, both
// ways: ICE's checks (RFC 7675), the session's own beat, the video track's
// reports once there was a film, and the desk's room.
const keepAlive = 0.08

// Targets are those of make bench-picture.
func Targets() []Target {
	t := func(net, scene string, wants ...Want) Target {
		return Target{Net: net, Scene: scene, Size: FullHD, Wants: wants}
	}
	return []Target{
		t("clean", "typing", p50(12), p95(20), exact, hostCPU(1)),
		t("clean", "scroll", frames(30), p50(20), exact, megabyte(60), hostCPU(12)),
		t("clean", "switch", lossless(38)),
		t("clean", "drag", frames(30), p50(18), megabyte(60)),
		t("clean", "video", frames(28), p50(45), inFilm(36), beside, megabyte(30)),
		t("wan", "typing", p50(33), p95(60)),
		t("wan", "scroll", frames(25), p50(80)),
		t("wan", "switch", lossless(200)),
		t("thin", "typing", p50(35), p95(80)),
		t("thin", "scroll", frames(20), p50(120)),
		t("thin", "switch", legible(300), lossless(800)),
		t("poor", "typing", p95(120)),
		t("poor", "switch", lossless(900)),
		t("clean", "still", hostCPU(0.3), megabyte(keepAlive)),
		{Net: "clean", Scene: "typing", Size: FullHD, Peer: "browser", Wants: []Want{p50(40)}},
	}
}
