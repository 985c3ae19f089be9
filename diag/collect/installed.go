package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"
)

// programs answers for the system's programs.
type programs interface {
	// run runs one without a shell and gives the end of what it wrote and how
	// it ended. An error wraps ErrAbsent if it is not installed.
	run(ctx context.Context, name string, args ...string) (text []byte, exit int, err error)
	// stream gives what one writes while it runs; Close ends it.
	stream(ctx context.Context, name string, args ...string) (io.ReadCloser, error)
}

// What one of the system's programs may cost: below every collector's own
// limit, so that a hanging one costs its own part alone.
const (
	programTime  = 4 * time.Second
	programBytes = int64(4) << 20
)

// installed are the programs of this machine.
type installed struct{}

func (installed) run(ctx context.Context, name string, args ...string) ([]byte, int, error) {
	path := systemProgram(name)
	if path == "" {
		return nil, 0, absent("there is no " + name + " here")
	}
	timed, cancel := context.WithTimeout(ctx, programTime)
	defer cancel()
	cmd := quiet(timed, path, args)
	o := &output{keep: programBytes}
	cmd.Stdout, cmd.Stderr = o, saying{o}
	err := cmd.Run()
	var ended *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, 0, ctx.Err()
	case timed.Err() != nil:
		return nil, 0, fmt.Errorf("run %s: it took longer than %v", name, programTime)
	case errors.As(err, &ended) && ended.ExitCode() > 0:
		return o.bytes(), ended.ExitCode(), nil
	case err != nil:
		return nil, 0, fmt.Errorf("run %s: %w", name, err)
	}
	return o.bytes(), 0, nil
}

// quiet is a program that asks nobody and whose words do not depend on the
// person's language.
func quiet(ctx context.Context, path string, args []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "LANGUAGE=", "SYSTEMD_COLORS=0", "SYSTEMD_PAGER=")
	cmd.WaitDelay = 500 * time.Millisecond
	ownGroup(cmd)
	return cmd
}

func (installed) stream(ctx context.Context, name string, args ...string) (io.ReadCloser, error) {
	path := systemProgram(name)
	if path == "" {
		return nil, absent("there is no " + name + " here")
	}
	timed, cancel := context.WithTimeout(ctx, programTime)
	cmd := quiet(timed, path, args)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		cancel()
		return nil, fmt.Errorf("run %s: %w", name, err)
	}
	return &streamed{out: out, cmd: cmd, cancel: cancel, name: name}, nil
}

// streamed is a program's output, which is whole only if the program ends
// well; closing it ends the program.
type streamed struct {
	out    io.Reader
	cmd    *exec.Cmd
	cancel context.CancelFunc
	name   string
	waited bool
}

func (s *streamed) Read(p []byte) (int, error) {
	n, err := s.out.Read(p)
	if err == io.EOF && !s.waited {
		s.waited = true
		if ended := s.cmd.Wait(); ended != nil {
			err = fmt.Errorf("run %s: %w", s.name, ended)
		}
	}
	return n, err
}

func (s *streamed) Close() error {
	s.cancel()
	if !s.waited {
		s.cmd.Wait() // it was told to end: how it does is of no interest
	}
	return nil
}

// systemFolders are where programs are looked for. The person's own PATH is
// not asked: what stands there first may be anything.
func systemFolders() []string {
	if runtime.GOOS == "windows" {
		system := filepath.Join(os.Getenv("SystemRoot"), "System32")
		return []string{system, filepath.Join(os.Getenv("ProgramFiles"), `smartmontools\bin`)}
	}
	return []string{"/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin", "/usr/local/sbin", "/opt/homebrew/bin", "/opt/homebrew/sbin"}
}

// systemProgram finds a program, "" if it is not there.
func systemProgram(name string) string {
	if filepath.Base(name) != name && !filepath.IsAbs(name) {
		return ""
	}
	if filepath.IsAbs(name) {
		if _, err := os.Stat(name); err != nil {
			return ""
		}
		return name
	}
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	for _, dir := range systemFolders() {
		path := filepath.Join(dir, name)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
	}
	return ""
}
