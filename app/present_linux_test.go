//go:build !headless

package app

import (
	"os"
	"testing"
	"time"

	"github.com/beistand/beistand/session/input"
	"github.com/beistand/beistand/session/x11"
)

// TestTypingIsNoticed holds on a real display that a key counts as somebody there.
func TestTypingIsNoticed(t *testing.T) {
	desktop(t)
	conn, err := x11.Connect(os.Getenv("DISPLAY"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	keys, err := input.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer keys.Close()
	idle := func() time.Duration {
		d, err := x11.Idle(conn)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	const long = 300 * time.Millisecond
	until(t, "nobody to type for a while", func() bool { return idle() > long })
	before := idle()
	if err := keys.Key(input.Key{Name: "Shift"}, true); err != nil {
		t.Fatal(err)
	}
	if err := keys.ReleaseAll(); err != nil {
		t.Fatal(err)
	}
	if after := idle(); after >= before {
		t.Errorf("idle for %v before a key and %v after it", before, after)
	}
}
