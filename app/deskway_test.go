package app

import (
	"context"
	"testing"

	"github.com/beistand/beistand/app/desk"
)

// TestDeskWay: what the doctor says becomes facts, and only with a desk.
func TestDeskWay(t *testing.T) {
	for _, none := range []string{"", "http://desk.example.com", "desk"} {
		if deskWayTo(none, "test") != nil {
			t.Errorf("%q is spoken with", none)
		}
	}
	server, err := desk.New(desk.Config{Dir: t.TempDir(), Listen: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx) }()
	found, err := deskWayTo(server.URL(), "test").Examine(t.Context())
	if err != nil || found.Desk != server.URL() {
		t.Fatalf("%+v %v", found, err)
	}
	states := map[string]string{}
	for _, c := range found.Checks {
		states[c.Name] = c.State
		if c.Result == "" {
			t.Errorf("%s says nothing", c.Name)
		}
	}
	if states["desk"] != "ok" || states["relay"] != "warning" {
		t.Errorf("a desk without a relay: %v", states)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
