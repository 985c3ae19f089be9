package collect

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestRealDisplays asks a real X server with one monitor.
func TestRealDisplays(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	server := exec.CommandContext(t.Context(), "Xvfb", "-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset")
	server.ExtraFiles = []*os.File{w}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	t.Cleanup(func() {
		server.Process.Kill()
		server.Wait()
	})
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DISPLAY", ":"+strings.TrimSpace(number))
	t.Setenv("XDG_SESSION_TYPE", "")
	got := collected[DisplaysFacts](t, newDisplays(thisMachine()), "system/displays.json")
	if got.Session != "x11" || len(got.Displays) != 1 || got.Displays[0].Width != 1280 || got.Displays[0].Height != 800 || !got.Displays[0].Connected {
		t.Errorf("%+v", got)
	}
	t.Setenv("DISPLAY", ":99999")
	without(t, newDisplays(thisMachine()))
}
