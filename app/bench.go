//go:build bench && !headless

package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"syscall"
	"time"

	"github.com/beistand/beistand/app/client"
)

// benchPort is the bench's desk's.
const benchPort = "7480"

// BenchMain is a host, a viewer and their desk without dialogs, for measuring:
// "desk", "host ADDRESS", "view ADDRESS" and "browser"; "plain" behind view asks
// for the whole screen as one video. Only the build
// tag bench has it. What the people would say to each other, the three write
// into the folder that SHARED names; PROFILE names a folder for profiles of
// the processor's time.
func BenchMain(args []string, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	over := make(chan error, 1)
	if len(args) > 0 && args[0] == "host" {
		// As in the program: the first goroutine is the window's thread, and every
		// wake of it a switch of threads.
		go func() { over <- benchRun(ctx, args, errs) }()
	} else {
		over <- benchRun(ctx, args, errs)
	}
	err := <-over
	if err == nil || ctx.Err() != nil {
		return 0
	}
	fmt.Fprintln(errs, err)
	return 1
}

func benchRun(ctx context.Context, args []string, errs io.Writer) (err error) {
	role, address, variant := "", "127.0.0.1", ""
	for i, to := range []*string{&role, &address, &variant} {
		if i < len(args) && args[i] != "" {
			*to = args[i]
		}
	}
	done, err := benchProfile(role)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	b := &bench{shared: os.Getenv("SHARED"), address: address, variant: variant, errs: errs}
	switch role {
	case "desk":
		return b.desk(ctx)
	case "host":
		return b.host(ctx)
	case "view":
		return b.view(ctx)
	case "browser":
		return b.browser(ctx)
	}
	return fmt.Errorf("no role %q: desk, host, view or browser", role)
}

// bench is one of the three roles.
type bench struct {
	shared  string // the folder
	address string // the desk's
	variant string // of the viewer: "plain" asks for one video of the whole screen
	errs    io.Writer
}

// Printf is the desk's log.
func (b *bench) Printf(format string, args ...any) { fmt.Fprintf(b.errs, format+"\n", args...) }

// dial makes a client of the desk, wherever that is: it speaks plainly, as
// within one machine.
func (b *bench) dial(token string) (*client.Client, error) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.Proxy = nil
	transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, network, net.JoinHostPort(b.address, benchPort))
	}
	return client.New("http://localhost:"+benchPort, client.Options{Token: token, HTTP: &http.Client{Transport: transport}})
}

// tell writes one word for the others.
func (b *bench) tell(what, word string) error {
	path := filepath.Join(b.shared, what)
	if err := os.WriteFile(path+".new", []byte(word), 0o600); err != nil {
		return fmt.Errorf("tell the %s: %w", what, err)
	}
	return os.Rename(path+".new", path)
}

// hear waits for a word of the others.
func (b *bench) hear(ctx context.Context, what string) (string, error) {
	for {
		word, err := os.ReadFile(filepath.Join(b.shared, what))
		if err == nil {
			return strings.TrimSpace(string(word)), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("hear the %s: %w", what, err)
		}
		if err := benchPause(ctx); err != nil {
			return "", err
		}
	}
}

func benchPause(ctx context.Context) error {
	select {
	case <-time.After(100 * time.Millisecond):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// benchProfile writes where the processor's time goes, until done.
func benchProfile(role string) (done func() error, err error) {
	folder := os.Getenv("PROFILE")
	if folder == "" {
		return func() error { return nil }, nil
	}
	f, err := os.Create(filepath.Join(folder, role+".pprof"))
	if err != nil {
		return nil, fmt.Errorf("keep a profile: %w", err)
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(fmt.Errorf("keep a profile: %w", err), f.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		return f.Close()
	}, nil
}
