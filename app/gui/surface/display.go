//go:build !headless

package surface

import "image"

// display shows pixels in a window of its own that lies in one of Fyne's. All
// but alloc is called by the goroutine that owns it.
type display interface {
	alloc(image.Rectangle) *store // from any goroutine
	free([]*store)
	// place moves the window to where it is seen in Fyne's, in pixels, and shows
	// it or not. It says whether its content may be lost.
	place(at image.Rectangle, visible bool) (fresh bool, err error)
	scales() bool // by itself: it is given the picture, not what is shown
	// put shows what a job says. It returns when it is shown; until then nobody
	// writes to the memory that the job names.
	put(job) error
	happened() <-chan happening // closed when the display is gone
	close()
}

// happening is what a display tells.
type happening struct {
	exposed image.Rectangle // of the window: to be put again
	away    bool            // nothing of the window can be seen: covered, or minimised
	back    bool            // it can be again
}
