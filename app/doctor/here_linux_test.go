package doctor

import (
	"context"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/beistand/beistand/app/demo/xserver"
)

// TestHere reads a real display and asks it about input.
func TestHere(t *testing.T) {
	s, err := xserver.Start(t.Context(), 320, 200, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	t.Setenv("DISPLAY", s.Display)
	all := checkHere(t.Context())
	expect(t, all, "screen", OK, screenShown)
	expect(t, all, "input", OK, inputWorks)
	if c := find(t, all, "screen"); !strings.Contains(c.Sentence(nil), "320×200") {
		t.Errorf("it says %q", c.Sentence(nil))
	}
}

func TestNotHere(t *testing.T) {
	t.Setenv("DISPLAY", "")
	all := checkHere(t.Context())
	expect(t, all, "screen", Failed, screenHidden)
	expect(t, all, "input", Warning, inputNot)
	if c := find(t, all, "screen"); c.Sentence(nil) != "The screen cannot be shown from here: DISPLAY is not set." {
		t.Errorf("it says %q", c.Sentence(nil))
	}
}

// A display that takes the connection and says nothing is not waited for.
func TestDesktopHangs(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	if port < 6000 { // display 0's
		t.Fatalf("port %d is no display's", port)
	}
	t.Setenv("DISPLAY", fmt.Sprintf("127.0.0.1:%d", port-6000))
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if c := find(t, checkHere(ctx), "screen"); c.State != Failed {
		t.Errorf("the screen: %s, %q", c.State, c.Sentence(nil))
	}
}
