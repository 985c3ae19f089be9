package launch

import (
	"context"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
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
}

// bench is a running peer. Its ends are counted apart from everything else.
type bench struct {
	Options
	script, variant  string
	self             string
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
	if b.self, err = os.Executable(); err != nil {
		return b, err
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

// xvfb starts an X server on a display that it chooses.
func (b *bench) xvfb(i int, name string) error {
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	defer r.Close()
	c, err := b.run("xvfb-"+name, w, "Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", b.Size.X, b.Size.Y), "-nolisten", "tcp", "-noreset", "-ac")
	_ = w.Close() // the server has its own
	if err != nil {
		return err
	}
	var number int
	if _, err := fmt.Fscan(r, &number); err != nil {
		return fmt.Errorf("start Xvfb: it named no display: %w", err)
	}
	b.displays[i], b.xserver[i] = fmt.Sprintf(":%d", number), count.Tree{c.Process.Pid}
	return nil
}

// run starts a process, its output going to a log.
func (b *bench) run(name string, extra *os.File, argv ...string) (*exec.Cmd, error) {
	c := exec.Command(argv[0], argv[1:]...)
	f, err := os.Create(filepath.Join(b.Dir, name+".log"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	c.Stdout, c.Stderr = f, f
	if extra != nil {
		c.ExtraFiles = []*os.File{extra}
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	b.procs = append(b.procs, c)
	return c, nil
}

// end starts one end of the peer: `script host VARIANT` or `script view
// VARIANT`, in its namespace and control group.
func (b *bench) end(_ context.Context, role, ns string) (count.Group, int, error) {
	cg, err := count.NewCgroup(fmt.Sprintf("glass-%d-%s", os.Getpid(), role))
	if err != nil {
		return nil, 0, err
	}
	b.ends = append(b.ends, cg)
	display := b.displays[0]
	if role == "view" {
		display = b.displays[1]
	}
	home, shared := filepath.Join(b.Dir, "home-"+role), filepath.Join(b.Dir, "shared")
	for _, dir := range []string{home, shared} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, 0, err
		}
	}
	// `ip netns exec` hides the control groups, so that step comes first.
	argv := []string{
		"sh", "-c", `echo $$ >"$0" && exec ip netns exec "$@"`, cg.Procs(), ns, "env",
		"DISPLAY=" + display, "HOME=" + home, "SHARED=" + shared, "SOURCE=" + b.displays[0], "TARGET=" + b.displays[1],
		"HOST_IP=" + b.hostIP, "VIEW_IP=" + b.viewerIP, fmt.Sprintf("SIZE=%dx%d", b.Size.X, b.Size.Y), "GLASS=" + b.self,
	}
	argv = append(append(argv, b.Env...), "bash", b.script, role, b.variant)
	c, err := b.run(role, nil, argv...)
	if err != nil {
		return nil, 0, err
	}
	return cg, c.Process.Pid, nil
}

// stop ends everything that was started.
func (b *bench) stop() error {
	var first error
	note := func(err error) {
		if err != nil && first == nil {
			first = err
		}
	}
	for _, cg := range b.ends {
		note(cg.End())
	}
	for _, c := range b.procs {
		_ = c.Process.Signal(syscall.SIGTERM) // it may have ended by itself
	}
	for _, c := range b.procs {
		_ = c.Wait() // it was told to end
	}
	b.lease.release()
	note(b.disconnect())
	return first
}
