package collect

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// output is the end of what a program wrote.
type output struct {
	keep    int64 // bytes of the end that are kept
	buf     []byte
	dropped int64  // bytes before them
	said    []byte // the beginning of its standard error
}

// maxSaid is how much of a program's standard error is of interest.
const maxSaid = 4 << 10

func (o *output) Write(p []byte) (int, error) {
	o.buf = append(o.buf, p...)
	if int64(len(o.buf)) > 2*o.keep {
		o.trim()
	}
	return len(p), nil
}

func (o *output) trim() {
	if over := int64(len(o.buf)) - o.keep; over > 0 {
		o.dropped += over
		o.buf = o.buf[:copy(o.buf, o.buf[over:])]
	}
}

func (o *output) bytes() []byte {
	o.trim()
	return o.buf
}

// saying takes standard error and forgets all but its beginning.
type saying struct{ o *output }

func (s saying) Write(p []byte) (int, error) {
	if room := maxSaid - len(s.o.said); room > 0 {
		s.o.said = append(s.o.said, p[:min(len(p), room)]...)
	}
	return len(p), nil
}

// run runs a program without a shell and gives the last keep bytes of what it
// wrote. When ctx ends, it is killed with everything that it has started.
func run(ctx context.Context, keep int64, program string, args ...string) (*output, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "LANGUAGE=", "SYSTEMD_COLORS=0", "SYSTEMD_PAGER=")
	// Somebody may keep our pipe open after the program's end.
	cmd.WaitDelay = 500 * time.Millisecond
	ownGroup(cmd)
	o := &output{keep: keep}
	cmd.Stdout, cmd.Stderr = o, saying{o}
	err := cmd.Run()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		if said, _, _ := strings.Cut(strings.TrimSpace(string(o.said)), "\n"); said != "" {
			return nil, fmt.Errorf("run %s: %w: %s", program, err, said)
		}
		return nil, fmt.Errorf("run %s: %w", program, err)
	}
	return o, nil
}
