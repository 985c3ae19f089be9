//go:build !headless

package app

import (
	"context"
	"time"

	"github.com/beistand/beistand/session/x11"
)

// presentEvery is how often the system is asked whether somebody types.
const presentEvery = 5 * time.Second

// present calls active while somebody uses pointer or keyboard anywhere, until
// ctx ends. Where the system does not tell it calls nothing.
func present(ctx context.Context, active func()) {
	display, err := x11.Display()
	if err != nil {
		return
	}
	conn, err := x11.Connect(display)
	if err != nil {
		return
	}
	defer conn.Close()
	tick := time.NewTicker(presentEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		idle, err := x11.Idle(conn)
		if err != nil {
			return
		}
		if idle < presentEvery {
			active()
		}
	}
}
