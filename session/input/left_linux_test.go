package input_test

import (
	"bufio"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/x11/x11test"
)

// hold presses and lends in a process of its own, says so and waits to be killed.
func hold(display string) {
	in, err := input.OpenX11(display)
	for _, k := range []input.Key{{Name: "Shift"}, {Name: "Control"}, {Rune: 'Ж'}} {
		if err == nil {
			err = in.Key(k, true)
		}
	}
	if err == nil {
		err = in.Button(input.Right, true)
	}
	if err != nil {
		os.Stdout.WriteString(err.Error() + "\n")
		return
	}
	os.Stdout.WriteString("held\n")
	os.Stdin.Read(make([]byte, 1))
}

// TestX11Killed holds that the next driver lets go what a killed one has held,
// and that one that lives is left alone.
func TestX11Killed(t *testing.T) {
	display := x11test.Start(t, "640x480x24")
	layout(t, display, "us")
	p := startProgram(t, display)
	down := func() ([]string, []xproto.Keysym) {
		p.read()
		return p.keys(t), p.table()
	}
	_, before := down()
	cmd := holding(t, display)
	beside, err := input.OpenX11(display)
	if err != nil {
		t.Fatal(err)
	}
	if keys, _ := down(); !slices.Equal(keys, []string{"Control", "Shift"}) {
		t.Errorf("held while it lives: %v", keys)
	}
	beside.Close()
	cmd.Process.Kill()
	cmd.Wait()
	for end := time.Now().Add(5 * time.Second); ; { // the server notices when it does
		next, err := input.OpenX11(display)
		if err != nil {
			t.Fatal(err)
		}
		next.Close()
		keys, after := down()
		if len(keys) == 0 && slices.Equal(before, after) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("left: %v; layout as before: %v", keys, slices.Equal(before, after))
		}
	}
}

// TestX11GivesBack holds that a layout is as before once the driver closes.
func TestX11GivesBack(t *testing.T) {
	display := x11test.Start(t, "640x480x24")
	p := startProgram(t, display)
	before := p.table()
	in, err := input.OpenX11(display)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range "Жя中" {
		if err := in.Key(input.Key{Rune: r}, true); err != nil {
			t.Fatal(err)
		}
	}
	p.read()
	if slices.Equal(before, p.table()) {
		t.Error("nothing was lent")
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	p.read()
	if !slices.Equal(before, p.table()) {
		t.Error("the layout has changed")
	}
}

// holding is a program of its own that holds keys down, until it is killed.
func holding(t *testing.T, display string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "hold", display)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stdin.Close() })
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || said != "held\n" {
		t.Fatalf("%q, %v", said, err)
	}
	return cmd
}
