// Package scan has what comes to a desk looked at by a command before it is given out.
package scan

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/store"
)

// Config is how things are scanned.
type Config struct {
	Store *store.Store

	// Command and its arguments, without a shell. It reads the content from its
	// standard input and ends with 0 for clean and 1 for found; everything else
	// is that it could not say, and counts as found.
	Command []string

	Limit time.Duration // for one content; 0 is 10 minutes
	Most  int           // at once; 0 is 2
	Log   interface{ Printf(string, ...any) }
}

const (
	lookEvery = time.Second // for what came
	atOnce    = 50          // contents in one look
	maxSaid   = 1 << 10     // bytes of what a command says, for the log
)

// Run scans what waits, until ctx ends. What could not be said anything of
// before this start is looked at again.
func Run(ctx context.Context, c Config) {
	if c.Limit == 0 {
		c.Limit = 10 * time.Minute
	}
	if c.Most == 0 {
		c.Most = 2
	}
	if err := c.Store.ScanAgain(ctx); err != nil && ctx.Err() == nil {
		c.Log.Printf("scan: %v", err)
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		more, err := c.look(ctx)
		if err != nil && ctx.Err() == nil {
			c.Log.Printf("scan: %v", err)
		}
		if more && err == nil {
			continue
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// look scans what waits now, and says whether it was as much as fits into one look.
func (c Config) look(ctx context.Context) (more bool, err error) {
	waiting, err := c.Store.Unscanned(ctx, atOnce)
	if err != nil {
		return false, err
	}
	slots := make(chan struct{}, c.Most)
	var all sync.WaitGroup
	var mu sync.Mutex
	for _, sum := range waiting {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
		all.Go(func() {
			defer func() { <-slots }()
			if serr := c.one(ctx, sum); serr != nil {
				mu.Lock()
				defer mu.Unlock()
				err = errors.Join(err, serr)
			}
		})
	}
	all.Wait()
	return len(waiting) == atOnce, err
}

// one scans a content, wherever it is attached.
func (c Config) one(ctx context.Context, sum string) error {
	verdict, why := c.verdict(ctx, sum)
	if ctx.Err() != nil {
		return nil // the desk stops: it waits on
	}
	if verdict != api.ScanClean {
		c.Log.Printf("scan: content %s is in quarantine: %s", sum, why)
	}
	return c.Store.Scanned(ctx, sum, verdict)
}

// verdict runs the command. Whatever goes wrong is not clean.
func (c Config) verdict(ctx context.Context, sum string) (api.Scan, string) {
	f, err := c.Store.Open(ctx, sum)
	if err != nil {
		return api.ScanFailed, err.Error()
	}
	defer f.Close()
	ctx, stop := context.WithTimeout(ctx, c.Limit)
	defer stop()
	cmd := exec.CommandContext(ctx, c.Command[0], c.Command[1:]...)
	var said tail
	cmd.Stdin, cmd.Stdout, cmd.Stderr = io.Reader(f), &said, &said
	cmd.WaitDelay = 5 * time.Second // for what it has started itself and left
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return api.ScanClean, ""
	case ctx.Err() != nil:
		return api.ScanFailed, fmt.Sprintf("it took longer than %s", c.Limit)
	case errors.As(err, &exit) && exit.ExitCode() == 1:
		return api.ScanFound, said.String()
	}
	return api.ScanFailed, fmt.Sprintf("%v: %s", err, said.String())
}

// tail keeps the end of what a command says.
type tail struct {
	mu   sync.Mutex // guards text
	text []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, p...)
	if n := len(t.text) - maxSaid; n > 0 {
		t.text = append([]byte{}, t.text[n:]...)
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.Join(strings.Fields(strings.ToValidUTF8(string(t.text), "?")), " ")
}
