package doctor

import (
	"errors"
	"fmt"
	"os"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

var (
	errDisplay = errors.New("DISPLAY is not set")
	errTest    = errors.New("the display does not allow it (no XTEST)")
	errWayland = errors.New("the desktop runs on Wayland")
)

// operate asks the display whether input can be made up (XTEST), and makes none.
func operate() error {
	display := os.Getenv("DISPLAY")
	if display == "" {
		return errDisplay
	}
	conn, err := xgb.NewConnDisplay(display)
	if err != nil {
		return fmt.Errorf("reach the display: %w", err)
	}
	defer conn.Close()
	for _, extension := range []struct {
		name  string
		there bool
		err   error
	}{{"XWAYLAND", false, errWayland}, {"XTEST", true, errTest}} {
		reply, err := xproto.QueryExtension(conn, uint16(len(extension.name)), extension.name).Reply()
		if err != nil {
			return fmt.Errorf("ask the display: %w", err)
		}
		if reply.Present != extension.there {
			return extension.err
		}
	}
	return nil
}
