package screen

import (
	"errors"
	"image"
)

// Window is a program's window on the desktop.
type Window struct {
	ID      uint32          // the system's own
	Title   string          // as its frame shows it; may be empty
	Program string          // what kind of program the window says it belongs to; "" if it does not
	Bounds  image.Rectangle // of its content, on the desktop; parts may lie outside
}

// WindowSource is what a Source can be besides: one that takes single windows.
type WindowSource interface {
	// Windows lists the windows that are shown, the one in front first.
	Windows() ([]Window, error)

	// GrabWindow takes a window's content. No other window's pixels are ever
	// in the picture: where only those can be had it is black, and Missing is
	// set. When there is no such window any more, the error is ErrNoWindow.
	GrabWindow(id uint32) (WindowPicture, error)
}

// WindowPicture is a window's content as it was at one moment.
type WindowPicture struct {
	Image   *image.RGBA     // opaque; its rectangle begins at 0, 0
	Bounds  image.Rectangle // on the desktop
	Missing bool            // parts that other windows cover, or that lie outside of the screen, are black
}

// ErrNoWindow says that a window is gone, or not shown any more.
var ErrNoWindow = errors.New("the window is not on the screen")
