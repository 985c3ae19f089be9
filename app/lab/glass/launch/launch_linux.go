package launch

import (
	"context"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/beistand/beistand/app/lab/glass/count"
	"github.com/beistand/beistand/app/lab/glass/pane"
	"github.com/beistand/beistand/app/lab/glass/play"
)

// Options say what is measured.
type Options struct {
	Peer    string // a script of the folder Scripts, then "-" and a variant
	Scripts string
	Net     string // one of Links
	Size    image.Point
	Warm    time.Duration // of each scene, before figures are taken
	Length  time.Duration // during which they are
	Lock    string        // a file: runs on one machine wait for each other; "" for none
	Dir     string        // for logs; it is kept
	Env     []string      // for the scripts, besides
	Glass   string        // the program glass; "" is this one
}

// bench is a running peer. Its ends are counted apart from everything else.
type bench struct {
	Options
	script, variant  string
	nsA, nsB         string
	displays         [2]string // the source's and the viewer's
	xserver          [2]count.Group
	host, view       count.Group
	hostPID          int     // in the host's namespace
	hostFirst        float64 // MB, before there is a viewer
	procs            []*exec.Cmd
	ends             []count.Cgroup
	closeLine        func() error
	runs             int // so far: each uses counters of its own
	lease            *lease
	hostIP, viewerIP string
}

// Times of a start.
const (
	listenTime = 2 * time.Second  // for a host, until it listens
	meetTime   = 60 * time.Second // until the viewer shows the picture
	settleTime = 2 * time.Second  // after that, before the first scene
)

func start(ctx context.Context, o Options) (b *bench, err error) {
	script, variant, _ := strings.Cut(o.Peer, "-")
	b = &bench{Options: o, script: filepath.Join(o.Scripts, script+".sh"), variant: variant, lease: &lease{name: o.Lock}}
	if _, err := os.Stat(b.script); err != nil {
		return b, fmt.Errorf("no such peer: %w", err)
	}
	if b.Glass == "" {
		if b.Glass, err = os.Executable(); err != nil {
			return b, err
		}
	}
	if err := b.lease.hold(0); err != nil {
		return b, err
	}
	if err := b.network(); err != nil {
		return b, err
	}
	for i, name := range []string{"source", "target"} {
		if err := b.xvfb(i, name); err != nil {
			return b, err
		}
	}
	if b.host, b.hostPID, err = b.end(ctx, "host", b.nsA); err != nil {
		return b, err
	}
	// Something must be seen, for the viewer to be waited for.
	idle, stop := context.WithCancel(ctx)
	painted := make(chan error, 1)
	go func() {
		painted <- play.Painter{Display: b.displays[0], Scene: "idle", Length: time.Hour, First: idleCounter, Log: nowhere{}}.Paint(idle)
	}()
	err = b.meet(ctx)
	stop()
	if paintErr := <-painted; err == nil {
		err = paintErr
	}
	return b, err
}

// idleCounter is what no scene's counters reach.
const idleCounter = 64000

type nowhere struct{}

func (nowhere) Write(b []byte) (int, error) { return len(b), nil }

// meet starts the viewer and returns when it shows what is painted.
func (b *bench) meet(ctx context.Context) (err error) {
	if err := pause(ctx, listenTime); err != nil {
		return err
	}
	b.hostFirst = count.MemoryMB(b.host)
	if b.view, _, err = b.end(ctx, "view", b.nsB); err != nil {
		return err
	}
	d, err := pane.Open(b.displays[1])
	if err != nil {
		return err
	}
	defer d.Close()
	g, err := d.NewGrabber(d.W * d.H)
	if err != nil {
		return err
	}
	if _, err := play.Find(ctx, g, b.Size.X, time.Now().Add(meetTime)); err != nil {
		return err
	}
	return pause(ctx, settleTime)
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
