package x11

import (
	"fmt"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/screensaver"
	"github.com/jezek/xgb/xproto"
)

// Idle is for how long nobody has used pointer or keyboard, as the server
// counts (X11 Screen Saver extension 1.0).
func Idle(conn *xgb.Conn) (time.Duration, error) {
	if _, err := Use(conn, "MIT-SCREEN-SAVER"); err != nil {
		return 0, fmt.Errorf("ask how long nobody has typed: %w", err)
	}
	info, err := screensaver.QueryInfo(conn, xproto.Drawable(xproto.Setup(conn).DefaultScreen(conn).Root)).Reply()
	if err != nil {
		return 0, fmt.Errorf("ask how long nobody has typed: %w", err)
	}
	return time.Duration(info.MsSinceUserInput) * time.Millisecond, nil
}
