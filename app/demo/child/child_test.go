package child

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

const limit = 10 * time.Second

func start(t *testing.T, script string, stdin io.Reader) *Child {
	t.Helper()
	c, err := Start(Spec{Name: "script", Path: "/bin/sh", Args: []string{"-c", script}, Stdin: stdin})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Stop(limit) })
	return c
}

func TestLine(t *testing.T) {
	c := start(t, `read name; echo "noise"; echo "ready at $name"; exec cat`, strings.NewReader("door\n"))
	got, err := c.Line(t.Context(), limit, "ready at ")
	if err != nil || got != "door" {
		t.Errorf("got %q, %v; want door", got, err)
	}
}

func TestLineOfAnEndedProgram(t *testing.T) {
	c := start(t, `echo "no such desk" >&2; exit 3`, nil)
	_, err := c.Line(t.Context(), limit, "ready at ")
	if err == nil || !strings.Contains(err.Error(), "no such desk") || !strings.Contains(err.Error(), "exit status 3") {
		t.Errorf("got %v, want the program's end and its words", err)
	}
}

func TestStop(t *testing.T) {
	for name, c := range map[string]struct {
		script string
		grace  time.Duration
		err    error
	}{
		"ends when asked": {`trap 'exit 0' TERM; echo up; while :; do read x </dev/null; sleep 0.01; done`, limit, nil},
		"does not listen": {`trap '' TERM QUIT; echo up; while :; do sleep 0.01; done`, 50 * time.Millisecond, ErrKilled},
		"has ended":       {`echo up`, limit, nil},
	} {
		t.Run(name, func(t *testing.T) {
			child := start(t, c.script, nil)
			if _, err := child.Line(t.Context(), limit, "up"); err != nil {
				t.Fatal(err)
			}
			if err := child.Stop(c.grace); !errors.Is(err, c.err) {
				t.Errorf("got %v, want %v", err, c.err)
			}
			select {
			case <-child.Done():
			default:
				t.Error("still running after Stop")
			}
		})
	}
}

func TestTailIsBounded(t *testing.T) {
	var log bytes.Buffer
	out := &tail{also: &log}
	for range 100 {
		if _, err := out.Write(bytes.Repeat([]byte("x"), 1000)); err != nil {
			t.Fatal(err)
		}
	}
	_, _ = out.Write([]byte("end"))
	if got := out.String(); len(got) != tailSize || !strings.HasSuffix(got, "end") {
		t.Errorf("%d bytes kept, want %d and the end", len(got), tailSize)
	}
	if log.Len() != 100_003 {
		t.Errorf("%d bytes in the log, want all", log.Len())
	}
}

func TestStartOfNothing(t *testing.T) {
	if _, err := Start(Spec{Path: "/nonexistent/program"}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want %v", err, os.ErrNotExist)
	}
}
