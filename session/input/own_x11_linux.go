package input

import (
	"context"
	"time"

	"github.com/beistand/beistand/session/x11"
)

// Own is Input's. Servers before X.Org 1.14 and such without XInput or SYNC do
// not tell. What programs press by XTEST, a keyboard on the screen among them,
// is nobody's own.
func (d *display) Own(ctx context.Context) <-chan bool {
	told := make(chan bool)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conn == nil {
		close(told)
		return told
	}
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(d.life, cancel)
	d.watches.Go(func() {
		defer close(told)
		defer cancel()
		defer stop()
		conn, err := x11.Connect(d.name) // its events would fill the other's queue
		if err != nil {
			return
		}
		defer conn.Close()
		devices, err := openDevices(conn)
		if err != nil {
			return
		}
		used := make(chan struct{}, 1)
		used <- struct{}{} // perhaps it is right now
		d.watches.Go(func() { devices.hear(used) })
		devices.tell(ctx, used, told)
	})
	return told
}

// tell tells until ctx ends or the display is gone.
func (d *devices) tell(ctx context.Context, used <-chan struct{}, told chan<- bool) {
	if d.watch() != nil {
		return
	}
	look, rest := time.NewTicker(ownLook), time.NewTimer(ownLook)
	defer look.Stop()
	defer rest.Stop()
	for own := false; ; {
		select {
		case <-used:
		case <-rest.C:
		case <-look.C:
			if d.watch() != nil {
				return
			}
			continue
		case <-ctx.Done():
			return
		}
		idle, down, err := d.idle()
		if err != nil {
			return
		}
		now := idle < OwnTime || down && idle < ownHeld
		if now != own {
			select {
			case told <- now:
				own = now
			case <-ctx.Done():
				return
			}
		}
		if own {
			rest.Reset(max(OwnTime-idle, OwnTime/20))
		}
	}
}

// hear waits for alarms until the display is gone.
func (d *devices) hear(used chan<- struct{}) {
	for {
		event, err := d.conn.WaitForEvent()
		if event == nil && err == nil {
			return
		}
		if e, ok := event.(x11.Event); ok && e.Number() == d.told {
			select {
			case used <- struct{}{}:
			default: // it is looked anyway
			}
		}
	}
}
