// Package screentest is the in-memory screen and the suite that every screen driver passes.
package screentest

import (
	"image"
	"sync"

	"github.com/beistand/beistand/session/screen"
)

// Memory is a screen in memory.
type Memory struct {
	mu       sync.Mutex // guards all below
	monitors []screen.Monitor
	desktop  *image.RGBA
	closed   bool
	grabs    int
}
