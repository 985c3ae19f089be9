//go:build unix

package diag

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/diag/bundle"
	"github.com/beistand/beistand/diag/collect"
)

// stubborn is a program whose child has a child that takes no hint to end and
// goes on writing into a file.
const stubborn = `#!/bin/sh
echo begun
sh -c 'sh "$0" "$1" & wait' "$1" "$2" &
wait
`

const grandchild = `trap '' TERM INT HUP QUIT PIPE
while :; do echo alive >> "$1"; sleep 0.02; done
`

// lines counts what has been written into a file.
func lines(path string) int {
	b, _ := os.ReadFile(path)
	return strings.Count(string(b), "\n")
}

// until waits for a condition.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	for !ok() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("%s: it does not come about", what)
		}
	}
}

// TestWholeGroupIsKilled ends a command with all that it has started, at its
// own limit, at the end of the run's time, and when the run is stopped.
func TestWholeGroupIsKilled(t *testing.T) {
	for name, c := range map[string]struct {
		timeout, maxTime time.Duration
		stop             bool
		state            bundle.State
	}{
		"its own limit":  {400 * time.Millisecond, time.Minute, false, bundle.Failed},
		"the run's time": {time.Minute, 400 * time.Millisecond, false, bundle.TimedOut},
		"stopped":        {time.Minute, time.Minute, true, bundle.Cancelled},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			os.Chmod(dir, 0o755)
			at := func(name, text string) string {
				path := filepath.Join(dir, name)
				if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
					t.Fatal(err)
				}
				return path
			}
			program, child, file, other := at("export", stubborn), at("child.sh", grandchild), at("file", ""), at("other", "")
			command := collect.Command{Path: program, Args: []string{child, file}, Timeout: c.timeout}
			var one []collect.Collector
			for _, found := range collect.Standard(collect.Options{Commands: []collect.Command{command}}) {
				if found.Name() == "command-1" {
					one = append(one, found)
				}
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			type result struct {
				m   *bundle.Manifest
				err error
			}
			ended := make(chan result, 1)
			go func() {
				m, err := run(ctx, filepath.Join(dir, "case.zip"), Options{MaxTime: c.maxTime}, one, nil)
				ended <- result{m, err}
			}()
			until(t, "the grandchild writes", func() bool { return lines(file) > 3 })
			if c.stop {
				cancel()
			}
			got := <-ended
			if got.m == nil || len(got.m.Collectors) != 1 || got.m.Collectors[0].State != c.state {
				t.Fatalf("%+v, %v", got.m, got.err)
			}
			// Another such program shows how much time has passed.
			clock, err := os.StartProcess("/bin/sh", []string{"sh", child, other}, &os.ProcAttr{})
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				clock.Kill()
				clock.Wait()
			}()
			written := lines(file)
			until(t, "the clock", func() bool { return lines(other) > 20 })
			if now := lines(file); now != written {
				t.Errorf("%d lines were written after the run had ended", now-written)
			}
			if len(verified(t, filepath.Join(dir, "case.zip")).Files) == 0 {
				t.Error("what it had said is not there")
			}
		})
	}
}
