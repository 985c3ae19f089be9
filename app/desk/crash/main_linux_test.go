package crash

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/beistand/beistand/app/desk"
	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

// kills is how often a desk is killed on each database: go test ./app/desk/crash -run Killed -kills 500 -timeout 1h
var kills = flag.Int("kills", 12, "how often each desk is killed")

const deskIn, deskAt, deskOn = "BEISTAND_CRASH_DIR", "BEISTAND_CRASH_LISTEN", "BEISTAND_CRASH_DATABASE"

func TestMain(m *testing.M) {
	if dir := os.Getenv(deskIn); dir != "" {
		if err := serve(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(dbtest.Main(m).Run())
}

// serve is the desk's process.
func serve(dir string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	s, err := desk.New(desk.Config{Dir: dir, Listen: os.Getenv(deskAt), Database: os.Getenv(deskOn)})
	if err != nil {
		return err
	}
	fmt.Println(s.Addr())
	return s.Serve(ctx)
}

// process is a desk that runs, until it is killed.
type process struct {
	cmd  *exec.Cmd
	addr string
}

// start runs a desk. It ends with the test's own process, too.
func start(dir, listen, database string) (*process, error) {
	p := &process{cmd: exec.Command(os.Args[0])}
	p.cmd.Env = append(os.Environ(), "GOGC=50", deskIn+"="+dir, deskAt+"="+listen, deskOn+"="+database)
	p.cmd.Stderr = os.Stderr
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	p.addr = strings.TrimSpace(line)
	if _, _, aerr := net.SplitHostPort(p.addr); err != nil || aerr != nil {
		p.kill()
		return nil, fmt.Errorf("the desk does not start: %q: %w", line, errors.Join(err, aerr))
	}
	return p, nil
}

func (p *process) kill() {
	_ = p.cmd.Process.Kill() // SIGKILL; it may have ended by itself
	_ = p.cmd.Wait()         // killed, which is the point
}

// wait is between two kills; nothing else is waited for by the clock.
func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
