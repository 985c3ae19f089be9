package pane

import (
	"context"
	"fmt"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/x11"
)

// Display is an X server reached through MIT-SHM, so pictures are not sent
// over its socket. Not safe for concurrent use.
type Display struct {
	conn *xgb.Conn
	root xproto.Window
	W, H int // pixels
}

// Open connects to the display, such as ":71". It needs MIT-SHM and 24 bits a pixel.
func Open(name string) (*Display, error) {
	c, err := x11.Connect(name)
	if err != nil {
		return nil, fmt.Errorf("open display %s: %w", name, err)
	}
	if _, err := x11.Use(c, "MIT-SHM"); err != nil {
		c.Close()
		return nil, fmt.Errorf("open display %s: it has no MIT-SHM: %w", name, err)
	}
	s := xproto.Setup(c).DefaultScreen(c)
	if s.RootDepth != 24 {
		c.Close()
		return nil, fmt.Errorf("open display %s: depth %d, not 24", name, s.RootDepth)
	}
	return &Display{c, s.Root, int(s.WidthInPixels), int(s.HeightInPixels)}, nil
}

// Close ends the connection, and with it what was made over it.
func (d *Display) Close() { d.conn.Close() }

// Await opens a display that is about to be there.
func Await(ctx context.Context, name string, within time.Duration) (*Display, error) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	for {
		d, err := Open(name)
		if err == nil {
			return d, nil
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// sync returns when the server has carried out every earlier request.
func (d *Display) sync() error {
	_, err := xproto.GetInputFocus(d.conn).Reply()
	return err
}
