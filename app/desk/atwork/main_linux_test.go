package atwork

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/desk"
)

var (
	count  = flag.Int64("tickets", 20_000, "how many tickets there are, with ten entries each")
	many   = flag.Int("people", 50, "how many are at work")
	lasts  = flag.Duration("for", 15*time.Second, "how long they work")
	thinks = flag.Duration("think", 5*time.Second, "between what a person does, in the middle; 0: no time at all")
	where  = flag.String("keep", "", "a folder whose databases are used, and made when they are not there; \"\": new ones that are not kept")
	kinds  = flag.String("on", "sqlite,postgresql", "the databases")
	only   = flag.Bool("fill", false, "make the databases and measure nothing")
)

const deskIn, deskWith = "BEISTAND_ATWORK_DIR", "BEISTAND_ATWORK_DATABASE"

func TestMain(m *testing.M) {
	if dir := os.Getenv(deskIn); dir != "" {
		if err := serve(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// serve is the desk's process.
func serve(dir string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	s, err := desk.New(desk.Config{Dir: dir, Database: os.Getenv(deskWith), Listen: "127.0.0.1:0", Log: said{}})
	if err != nil {
		return err
	}
	fmt.Println(s.Addr())
	return s.Serve(ctx)
}

// said is what a desk logs.
type said struct{}

func (said) Printf(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// process is a desk that runs.
type process struct {
	cmd  *exec.Cmd
	addr string
}

func start(b *testing.B, dir, database string) *process {
	b.Helper()
	p := &process{cmd: exec.Command(os.Args[0])}
	p.cmd.Env = append(os.Environ(), "GOGC=50", // as app sets it for a desk
		deskIn+"="+dir, deskWith+"="+database)
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(p.end)
	line, err := bufio.NewReader(out).ReadString('\n')
	if p.addr = strings.TrimSpace(line); err != nil {
		b.Fatalf("the desk does not start: %q %v", line, err)
	}
	return p
}

// end ends the desk as a service manager does.
func (p *process) end() {
	if p.cmd.ProcessState == nil {
		_ = p.cmd.Process.Signal(os.Interrupt) // it may have ended by itself
		_ = p.cmd.Wait()
	}
}

// memory is what processes hold, in bytes: what several of them share is counted once (proc(5), Pss).
func memory(pids ...int) (sum float64) {
	for _, pid := range pids {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
		if err != nil {
			continue // it has ended
		}
		for line := range strings.Lines(string(text)) {
			if f := strings.Fields(line); len(f) == 3 && f[0] == "Pss:" {
				kB, err := strconv.ParseFloat(f[1], 64)
				if err == nil {
					sum += kB * 1024
				}
			}
		}
	}
	return sum
}

// family is a process and its children.
func family(pid int) []int {
	all := []int{pid}
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		return all
	}
	for f := range strings.FieldsSeq(string(text)) {
		if n, err := strconv.Atoi(f); err == nil {
			all = append(all, n)
		}
	}
	return all
}

// spent is the processor time of processes (proc(5), fields 14 and 15).
func spent(pids ...int) (sum time.Duration) {
	for _, pid := range pids {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue
		}
		f := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
		for _, s := range f[11:13] {
			n, err := strconv.ParseInt(s, 10, 64)
			if err == nil {
				sum += time.Duration(n) * 10 * time.Millisecond // USER_HZ is 100
			}
		}
	}
	return sum
}

// load is the machine's load of the last minute, for who reads the figures.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "?"
	}
	return strings.Fields(string(text))[0]
}
