package launch

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"github.com/beistand/beistand/app/lab/glass/count"
)

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
	cg, err := count.NewCgroup("glass-" + pid() + "-" + role)
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
		"HOST_IP=" + b.hostIP, "VIEW_IP=" + b.viewerIP, fmt.Sprintf("SIZE=%dx%d", b.Size.X, b.Size.Y), "GLASS=" + b.Glass,
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
