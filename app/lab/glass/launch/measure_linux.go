package launch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/beistand/beistand/app/lab/glass/count"
	"github.com/beistand/beistand/app/lab/glass/play"
	"github.com/beistand/beistand/app/lab/glass/tally"
)

// Run starts the peer and measures it scene by scene. keep is given each
// result, also of a scene or a start that came to nothing.
func Run(ctx context.Context, o Options, scenes []string, keep func(*tally.Result) error) (err error) {
	load := count.Load()
	fresh := func(scene string) *tally.Result {
		return &tally.Result{Peer: o.Peer, Net: o.Net, Scene: scene, Size: fmt.Sprintf("%dx%d", o.Size.X, o.Size.Y), Load: load}
	}
	b, err := start(ctx, o)
	defer func() { err = errors.Join(err, b.stop()) }()
	for _, scene := range scenes {
		r := fresh(scene)
		failure := err
		if failure == nil {
			if failure = b.lease.hold(o.Warm + o.Length + 3*time.Second); failure == nil {
				failure = b.measure(ctx, r)
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if failure != nil {
			r = fresh(scene)
			r.Failed = failure.Error()
		}
		if err := keep(r); err != nil {
			return err
		}
	}
	return nil // failures are in the results
}

// sample is everything that is counted, at one moment.
type sample struct {
	t        int64
	cpu      [5]time.Duration // host, view, source X, view X, glass
	machine  time.Duration
	rx, sent int64
}

func (b *bench) sample(glass count.Group) sample {
	s := sample{t: play.Now(), machine: count.MachineCPU()}
	for i, g := range []count.Group{b.host, b.view, b.xserver[0], b.xserver[1], glass} {
		s.cpu[i] = g.CPU()
	}
	s.rx, s.sent = count.Bytes(b.hostPID, iface)
	return s
}

// Counters of so many runs differ, so a picture left from the last run is not
// taken for one of this.
const differentRuns, framesOfRun = 14, 4500

// measure plays one scene and notes what came of it. Painter and watcher are
// processes of their own, so that they disturb each other as little as two
// machines would.
func (b *bench) measure(ctx context.Context, r *tally.Result) error {
	first := strconv.Itoa(1 + b.runs%differentRuns*framesOfRun)
	b.runs++
	paintLog, watchLog := filepath.Join(b.Dir, "paint.csv"), filepath.Join(b.Dir, "watch.jsonl")
	total := b.Warm + b.Length
	watch := exec.CommandContext(ctx, b.Glass, "watch", "-display", b.displays[1], "-scene", r.Scene, "-size", r.Size, "-first", first,
		"-length", (total + 1500*time.Millisecond).String(), "-log", watchLog)
	paint := exec.CommandContext(ctx, b.Glass, "paint", "-display", b.displays[0], "-scene", r.Scene, "-first", first,
		"-length", (total + time.Second).String(), "-log", paintLog)
	waits := make([]func() error, 2)
	for i, c := range []*exec.Cmd{watch, paint} {
		c.Stderr = os.Stderr
		if err := c.Start(); err != nil {
			return err
		}
		done := make(chan error, 1)
		go func() { done <- c.Wait() }()
		waits[i] = func() error { return <-done }
	}
	glass := count.Own{os.Getpid(), watch.Process.Pid, paint.Process.Pid}
	err := b.during(ctx, r, glass, func(before, after sample) error {
		if err := errors.Join(waits[0](), waits[1]()); err != nil {
			return err
		}
		return r.ReadLogs(paintLog, watchLog, before.t, after.t)
	})
	return err
}

// during samples before and after the time for figures.
func (b *bench) during(ctx context.Context, r *tally.Result, glass count.Group, finish func(before, after sample) error) error {
	if err := pause(ctx, b.Warm); err != nil {
		return errors.Join(err, finish(sample{}, sample{}))
	}
	before := b.sample(glass)
	r.HostFirst = tally.Round(b.hostFirst)
	for end := time.Now().Add(b.Length); time.Now().Before(end); {
		if err := pause(ctx, min(time.Until(end), 3*time.Second)); err != nil {
			return errors.Join(err, finish(sample{}, sample{}))
		}
		r.HostMB = max(r.HostMB, tally.Round(count.MemoryMB(b.host)))
		r.ViewMB = max(r.ViewMB, tally.Round(count.MemoryMB(b.view)))
	}
	after := b.sample(glass)
	perMin := 60 / (float64(after.t-before.t) / 1e9)
	known := time.Duration(0)
	for i, dst := range []*float64{&r.HostCPU, &r.ViewCPU, &r.SourceXCPU, &r.ViewXCPU, &r.GlassCPU} {
		d := after.cpu[i] - before.cpu[i]
		known += d
		*dst = hundredths(d.Seconds() * perMin)
	}
	// The machine's time is sampled, the groups' is exact: the difference may be below nothing.
	r.OtherCPU = max(0, tally.Round((after.machine-before.machine-known).Seconds()*perMin))
	r.DownMB, r.UpMB = float64(after.sent-before.sent)*perMin/1e6, float64(after.rx-before.rx)*perMin/1e6
	return finish(before, after)
}

func hundredths(x float64) float64 { return float64(int64(x*100+0.5)) / 100 }
