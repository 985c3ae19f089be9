// Package child runs a program beside this one and ends it without leaving anything behind.
package child

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/beistand/beistand/app/demo/await"
)

// Spec says which program to run and with what.
type Spec struct {
	Name  string     // for messages; empty is the path
	Path  string     // of the program
	Args  []string   // without the program's name
	Env   []string   // all of it; nil is this process's
	Stdin io.Reader  // nil is nothing
	Files []*os.File // given to the program as descriptors 3, 4, ...
	Log   io.Writer  // a copy of what the program prints; may be nil
}

// Child is a program that was started. Whoever started it calls Stop.
type Child struct {
	name  string
	begun time.Time
	cmd   *exec.Cmd
	out   *tail
	done  chan struct{}
	err   error // written before done is closed
}

// Start runs the program in a process group of its own, so that an interrupt
// typed at the terminal reaches this process alone and the order of ending is ours.
func Start(s Spec) (*Child, error) {
	c := &Child{name: s.Name, out: &tail{also: s.Log}, done: make(chan struct{})}
	if c.name == "" {
		c.name = s.Path
	}
	c.cmd = exec.Command(s.Path, s.Args...)
	c.cmd.Env, c.cmd.Stdin, c.cmd.ExtraFiles = s.Env, s.Stdin, s.Files
	c.cmd.Stdout, c.cmd.Stderr = c.out, c.out
	c.cmd.WaitDelay = 2 * time.Second // for a grandchild that keeps the output open
	ownGroup(c.cmd)
	c.begun = time.Now()
	if err := c.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", c.name, err)
	}
	go func() {
		c.err = c.cmd.Wait()
		close(c.done)
	}()
	return c, nil
}

// Begun is when the program was started.
func (c *Child) Begun() time.Time { return c.begun }

// Pid is the program's process number.
func (c *Child) Pid() int { return c.cmd.Process.Pid }

// Done is closed when the program has ended.
func (c *Child) Done() <-chan struct{} { return c.done }

// Err is how the program ended; nil while it runs.
func (c *Child) Err() error {
	select {
	case <-c.done:
		return c.err
	default:
		return nil
	}
}

// Output is the end of what the program printed, both streams, at most 64 KiB.
func (c *Child) Output() string { return c.out.String() }

// Wait waits for the program's own end.
func (c *Child) Wait(ctx context.Context) error {
	select {
	case <-c.done:
		if c.err != nil {
			return fmt.Errorf("run %s: %w: %s", c.name, c.err, strings.TrimSpace(c.Output()))
		}
		return nil
	case <-ctx.Done():
		return fmt.Errorf("run %s: %w", c.name, ctx.Err())
	}
}

// Line waits for a line of output that begins with prefix and returns the rest of it.
func (c *Child) Line(ctx context.Context, limit time.Duration, prefix string) (string, error) {
	var rest string
	err := await.Until(ctx, limit, fmt.Sprintf("%q from %s", prefix, c.name), func() (bool, error) {
		ended := false
		select {
		case <-c.done:
			ended = true
		default:
		}
		text := c.Output()
		for _, line := range strings.SplitAfter(text, "\n") {
			if after, ok := strings.CutPrefix(line, prefix); ok && strings.HasSuffix(line, "\n") {
				rest = strings.TrimSpace(after)
				return true, nil
			}
		}
		if ended {
			return false, fmt.Errorf("%s ended: %v: %s", c.name, c.err, strings.TrimSpace(text))
		}
		return false, nil
	}, c.Output)
	return rest, err
}

// Stop interrupts the program, gives it grace to end by itself, and then kills
// its whole group. It returns when the program is gone; the error says when it
// had to be killed, with the end of what it printed: a Go program first tells
// where all its goroutines are. Stopping what has ended already does nothing.
func (c *Child) Stop(grace time.Duration) error {
	if c == nil {
		return nil
	}
	select {
	case <-c.done:
		return nil
	default:
	}
	interrupt(c.cmd)
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case <-c.done:
		return nil
	case <-timer.C:
	}
	dump(c.cmd)
	timer.Reset(dumpTime)
	select {
	case <-c.done:
	case <-timer.C:
		killGroup(c.cmd)
		<-c.done
	}
	return fmt.Errorf("stop %s: %w: %s", c.name, ErrKilled, strings.TrimSpace(c.Output()))
}

// dumpTime is how long a program may take to tell where it hangs.
const dumpTime = time.Second

// ErrKilled says that a program did not end by itself when it was asked to.
var ErrKilled = errors.New("did not end when interrupted and was killed")
