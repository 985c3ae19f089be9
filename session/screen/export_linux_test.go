package screen

import (
	"image"
	"time"

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

// Forget makes the next Take read r of the desktop again.
func (k *Look) Forget(r image.Rectangle) { k.seen = k.seen.without(r) }

// Settle changes for how long drawing must rest, and how long that is waited for.
func (k *Look) Settle(rest, patience time.Duration) { k.settle, k.patience = rest, patience }

// Without makes an X11 source watch without an extension. Servers that are
// started without XFIXES end with their first client (Xvfb 21.1).
func Without(s Source, extension string) { s.(*display).without = extension }

// Stirs says whether it is told when somebody begins to move the pointer.
func Stirs(t Told) bool { return t.(*ear).numbers.stir != 0 }
