package x11

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"regexp"
	"strings"
	"sync"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"
)

// displayName is what X(7) calls a display name: host, display and screen. The
// library that connects trusts it to be one.
var displayName = regexp.MustCompile(`^([A-Za-z0-9.-]*|/[^:]*|[A-Za-z0-9.-]*/[A-Za-z0-9.-]*):[0-9]{1,5}(\.[0-9]{1,3})?$`)

// Display is the display that the environment names; the error says why there is none.
func Display() (string, error) {
	display := os.Getenv("DISPLAY")
	if display == "" {
		return "", errors.New("DISPLAY is not set")
	}
	if !displayName.MatchString(display) {
		return "", fmt.Errorf("DISPLAY %q names no display", display)
	}
	return display, nil
}

var quiet = sync.OnceFunc(func() { xgb.Logger = log.New(io.Discard, "", 0) }) // its errors are returned as well

// Connect opens a display, ":0".
func Connect(display string) (*xgb.Conn, error) {
	quiet()
	prepare()
	return xgb.NewConnDisplay(display)
}

// Open makes a driver on the display of that name, ":0", unless it is the one
// that a Wayland desktop runs beside itself: there ErrWayland is the reason.
// Every error has unavailable and the reason in words.
func Open[D any](name string, unavailable error, driver func(*xgb.Conn) (D, error)) (d D, err error) {
	conn, err := Connect(name)
	if err != nil {
		return d, fmt.Errorf("open display %q: %w", name, errors.Join(unavailable, err))
	}
	if err = refuseWayland(conn); err == nil {
		d, err = driver(conn)
	}
	if err != nil {
		conn.Close()
		return d, fmt.Errorf("open display %q: %w", name, errors.Join(unavailable, err))
	}
	return d, nil
}

// refuseWayland gives ErrWayland for the server that Wayland desktops run beside
// themselves. Newer ones have an extension that says so, older ones name their
// monitors XWAYLAND0.
func refuseWayland(conn *xgb.Conn) error {
	const name = "XWAYLAND"
	extension, err := xproto.QueryExtension(conn, uint16(len(name)), name).Reply()
	if err != nil {
		return err
	}
	if extension.Present {
		return ErrWayland
	}
	if _, err := Use(conn, "RANDR"); err != nil {
		return nil // such a server has it
	}
	root := xproto.Setup(conn).DefaultScreen(conn).Root
	if v, err := randr.QueryVersion(conn, 1, 5).Reply(); err != nil || v.MajorVersion == 1 && v.MinorVersion < 5 {
		return nil
	}
	reply, err := randr.GetMonitors(conn, root, true).Reply()
	if err != nil {
		return err
	}
	for _, m := range reply.Monitors {
		if atom, err := xproto.GetAtomName(conn, m.Name).Reply(); err == nil && strings.HasPrefix(atom.Name, name) {
			return ErrWayland
		}
	}
	return nil
}
