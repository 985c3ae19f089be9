package tally

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/beistand/beistand/app/lab/glass/film"
)

func write(t *testing.T, name, text string) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestLogsAreMerged(t *testing.T) {
	// Frames 10..13 each 100 ms; 11 is skipped, 12 is complete only when the
	// bottom shows it, 13 never arrives; 9000 is a leftover.
	p := write(t, "p", "10,0,1000000000\n11,0,1100000000\n12,0,1200000000\n13,0,1300000000\n")
	w := write(t, "w", `{"kind":"seen","t":1000500000,"n":9000,"end":"top"}
{"kind":"seen","t":1020000000,"n":10,"end":"top"}
{"kind":"seen","t":1020000000,"n":10,"end":"bottom"}
{"kind":"seen","t":1240000000,"n":12,"end":"top"}
{"kind":"seen","t":1250000000,"n":12,"end":"bottom"}
`)
	var r Result
	if err := r.ReadLogs(p, w, 1e9, 14e8); err != nil {
		t.Fatal(err)
	}
	// Latencies: 20, 150 (by frame 12), 50, and at least 100 for the missing.
	if r.Latency != (Dist{50, 150, 150, 150, 4}) {
		t.Errorf("latency %+v", r.Latency)
	}
	if r.Delivered != (Dist{20, 50, 50, 50, 2}) || r.Missing != 1 || r.Tear.Max != 10 {
		t.Errorf("delivered %+v, missing %d, tear %+v", r.Delivered, r.Missing, r.Tear)
	}
	if r.Freeze != 230 || r.DeliveredFPS != 5 {
		t.Errorf("freeze %v, fps %v", r.Freeze, r.DeliveredFPS)
	}
}

// A page that is never as painted counts as if it took until the next one.
func TestPages(t *testing.T) {
	p := write(t, "p", "1,0,1000000000\n2,0,3000000000\n")
	w := write(t, "w", `{"kind":"seen","t":1020000000,"n":1,"end":"top"}
{"kind":"seen","t":1020000000,"n":1,"end":"bottom"}
{"kind":"legible","t":1020000000,"n":1}
{"kind":"sharp","t":1030000000,"n":1}
{"kind":"lossless","t":1050000000,"n":1}
{"kind":"seen","t":3020000000,"n":2,"end":"top"}
{"kind":"seen","t":3020000000,"n":2,"end":"bottom"}
{"kind":"legible","t":3040000000,"n":2}
`)
	r := Result{Scene: "switch"}
	if err := r.ReadLogs(p, w, 1e9, 5e9); err != nil {
		t.Fatal(err)
	}
	if r.Legible.Max != 40 || r.Sharp.P50 != 30 || r.Sharp.Max != pageTime || r.Lossless.P50 != 50 || r.LosslessPages != "1/2" {
		t.Errorf("%+v", r)
	}
}

func TestStillSceneHasNoLatency(t *testing.T) {
	p := write(t, "p", "1,0,1000000000\n")
	w := write(t, "w", `{"kind":"quality","t":5000000000,"n":1,"q":{"psnr_rgb":99}}`)
	var r Result
	if err := r.ReadLogs(p, w, 3e9, 11e9); err != nil {
		t.Fatal(err)
	}
	if r.Seconds != 8 || r.Latency.N != 0 || r.Quality.PSNRRGB != film.MaxPSNR {
		t.Errorf("%+v", r)
	}
}

// One screenshot with one wrong pixel is not lossless, whatever the others are.
func TestMeanOfQualityIsNotRoundedUp(t *testing.T) {
	all := slices.Repeat([]film.Quality{{PSNRRGB: film.MaxPSNR}}, 200)
	if q := meanQuality(all); q.PSNRRGB != film.MaxPSNR {
		t.Errorf("%v, though all are the same", q.PSNRRGB)
	}
	all = append(all, film.Quality{PSNRRGB: 90})
	if q := meanQuality(all); q.PSNRRGB >= film.MaxPSNR {
		t.Errorf("%v, though one differs", q.PSNRRGB)
	}
}

func TestVerdicts(t *testing.T) {
	ours := Result{
		Peer: Ours, Scene: "typing", Net: "clean", Size: FullHD, Latency: Dist{P50: 10, P95: 25},
		Quality: film.Quality{PSNRRGB: film.MaxPSNR}, Shots: 9, HostCPU: 0.8, HostMB: 90, HostFirst: 40,
	}
	disturbed := ours
	disturbed.OtherCPU, disturbed.Latency.P95 = 50, 400
	peer := Result{Peer: "x0vnc", Scene: "typing", Net: "clean", Size: FullHD, Latency: Dist{P50: 15, P95: 18}, Quality: film.Quality{PSNRRGB: 55}, Shots: 9, HostMB: 17}
	large := ours
	large.Size = "3840x2160"
	got := Verdicts([]Result{disturbed, ours, peer, large})
	for _, want := range []string{
		"| clean, typing | p50 12 ms, p95 20 ms, picture lossless, host 1 s CPU/min | p50 10 ms, p95 25 ms, picture lossless, host 0.8 s CPU/min | no: p95 25 ms | p50 15 ms, p95 18 ms, picture 55 dB, host 0 s CPU/min | 0.8 s/min, 90 MB |",
		"| clean, typing, 3840x2160 |",
		"| host memory | 80 MB for the session | 50 MB over the 40 before it | yes | 17 MB in all |",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	head := strings.Count(strings.SplitN(got, "\n", 2)[0], "|")
	for line := range strings.Lines(got) {
		if n := strings.Count(line, "|"); n != head {
			t.Errorf("%d columns, not %d: %s", n, head, line)
		}
	}
	if strings.Contains(got, "wan") {
		t.Errorf("a row of what was not measured:\n%s", got)
	}
}

func TestResultsAreKept(t *testing.T) {
	name := filepath.Join(t.TempDir(), "r")
	for _, peer := range []string{"a", "b"} {
		if err := (&Result{Peer: peer, Quality: film.Quality{PSNRY: 40}}).Save(name); err != nil {
			t.Fatal(err)
		}
	}
	all, err := Read(name)
	if err != nil || len(all) != 2 || all[1].Peer != "b" || all[1].Quality.PSNRY != 40 {
		t.Errorf("%+v, %v", all, err)
	}
}

// A frame is there only when its film is, too, which may come another way.
func TestFilmIsWaitedFor(t *testing.T) {
	p := write(t, "p", "1,0,1000000000\n2,0,1100000000\n")
	w := write(t, "w", `{"kind":"seen","t":1010000000,"n":1,"end":"top"}
{"kind":"seen","t":1010000000,"n":1,"end":"bottom"}
{"kind":"seen","t":1030000000,"n":1,"end":"film"}
{"kind":"seen","t":1110000000,"n":2,"end":"top"}
{"kind":"seen","t":1110000000,"n":2,"end":"bottom"}
{"kind":"seen","t":1150000000,"n":2,"end":"film"}
`)
	r := Result{Scene: "video"}
	if err := r.ReadLogs(p, w, 1e9, 2e9); err != nil {
		t.Fatal(err)
	}
	if r.Latency != (Dist{30, 50, 50, 50, 2}) {
		t.Errorf("latency %+v", r.Latency)
	}
}
