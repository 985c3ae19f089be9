package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// stream runs a program without a shell and has read take what it writes,
// while it writes. When read returns before the end, or ctx ends, the program
// is killed with everything that it has started. said is the beginning of its
// standard error.
func stream(ctx context.Context, program string, args []string, read func(io.Reader) error) (said string, err error) {
	own, cancel := context.WithCancel(ctx)
	defer cancel()
	cmd := exec.CommandContext(own, program, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "LANGUAGE=", "SYSTEMD_COLORS=0", "SYSTEMD_PAGER=")
	cmd.WaitDelay = 500 * time.Millisecond
	ownGroup(cmd)
	o := &output{}
	cmd.Stderr = saying{o}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", fmt.Errorf("run %s: %w", program, err)
	}
	if err := cmd.Start(); err != nil {
		return "", fmt.Errorf("run %s: %w", program, err)
	}
	// Somebody else may keep the pipe open when the program is gone.
	stop := context.AfterFunc(own, func() { out.Close() })
	defer stop()
	whole := &endReader{r: out}
	rerr := read(whole)
	if !whole.ended {
		cancel()
	}
	err = cmd.Wait()
	said = string(o.said)
	switch {
	case ctx.Err() != nil:
		return said, ctx.Err()
	case rerr != nil:
		return said, rerr
	case !whole.ended:
		return said, nil // it was enough
	case err != nil:
		if line, _, _ := strings.Cut(strings.TrimSpace(said), "\n"); line != "" {
			return said, fmt.Errorf("run %s: %w: %s", program, err, line)
		}
		return said, fmt.Errorf("run %s: %w", program, err)
	}
	return said, nil
}

// endReader notes when the end has been reached.
type endReader struct {
	r     io.Reader
	ended bool
}

func (e *endReader) Read(p []byte) (int, error) {
	n, err := e.r.Read(p)
	if errors.Is(err, io.EOF) || errors.Is(err, os.ErrClosed) {
		e.ended, err = true, io.EOF
	}
	return n, err
}
