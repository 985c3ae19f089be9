package x11test

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Start runs Xvfb with one screen, such as "640x480x24", on a display that the
// server chooses, and gives that display's name, ":7". It ends with the test.
func Start(tb testing.TB, screen string, options ...string) string {
	tb.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		tb.Fatal(err)
	}
	cmd := exec.Command("Xvfb", append([]string{"-displayfd", "3", "-screen", "0", screen, "-noreset"}, options...)...)
	cmd.ExtraFiles = []*os.File{w}
	err = cmd.Start()
	w.Close()
	if err != nil {
		r.Close()
		tb.Fatalf("start Xvfb: %v", err)
	}
	tb.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait() // says that it was killed
		r.Close()
	})
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		tb.Fatalf("Xvfb did not start: %v", err)
	}
	return ":" + strings.TrimSpace(number)
}
