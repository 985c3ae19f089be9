package xserver_test

import (
	"context"
	"os"
	"testing"

	"github.com/beistand/beistand/app/demo/xhand"
	"github.com/beistand/beistand/app/demo/xserver"
)

func TestTwoDisplaysAtOnce(t *testing.T) {
	sizes := [][2]int{{640, 480}, {1920, 1080}}
	var servers []*xserver.Server
	for _, size := range sizes {
		s, err := xserver.Start(t.Context(), size[0], size[1], nil)
		if err != nil {
			t.Fatal(err)
		}
		servers = append(servers, s)
	}
	if servers[0].Display == servers[1].Display {
		t.Errorf("both displays are %s", servers[0].Display)
	}
	for i, s := range servers {
		hand, err := xhand.Open(s.Display)
		if err != nil {
			t.Fatal(err)
		}
		if w, h := hand.Size(); w != sizes[i][0] || h != sizes[i][1] {
			t.Errorf("display %s is %dx%d, want %v", s.Display, w, h, sizes[i])
		}
		hand.Close()
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat("/tmp/.X11-unix/X" + s.Display[1:]); err == nil {
			t.Errorf("display %s left its socket", s.Display)
		}
	}
}

func TestStartGivesUpWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if s, err := xserver.Start(ctx, 640, 480, nil); err == nil {
		t.Errorf("started %s in spite of the context's end", s.Display)
	}
}
