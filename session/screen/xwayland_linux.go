package screen

import (
	"errors"
	"strings"

	"github.com/jezek/xgb/xproto"
)

var errXwayland = errors.New("the desktop runs on Wayland, which shows X11 programs nothing but themselves")

// refuseXwayland finds out whether the server is the one that Wayland desktops
// run beside themselves: its root window would be read as black. Newer ones
// have an extension that says so, older ones name their monitors XWAYLAND0.
func (x *x11) refuseXwayland() error {
	const name = "XWAYLAND"
	extension, err := xproto.QueryExtension(x.conn, uint16(len(name)), name).Reply()
	if err != nil {
		return err
	}
	monitors, err := x.monitors()
	if err != nil {
		return err
	}
	for _, m := range monitors {
		if extension.Present || strings.HasPrefix(m.Name, name) {
			return errXwayland
		}
	}
	return nil
}
