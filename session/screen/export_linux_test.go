package screen

import (
	"github.com/jezek/xgb"

	"github.com/beistand/beistand/session/x11"
)

// Shared says whether an X11 source shares memory with its server.
func Shared(s Source) bool { return s.(*display).shm != nil }

// UseExtension is x11.Use, for what tests need.
func UseExtension(conn *xgb.Conn, name string) error {
	_, err := x11.Use(conn, name)
	return err
}
