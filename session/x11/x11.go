// Package x11 connects to X11 displays so that connections can use extensions beside each other.
package x11

import "errors"

// ErrWayland is a desktop on which X11 programs see and reach nothing but themselves.
var ErrWayland = errors.New("the desktop runs on Wayland, which shows X11 programs nothing but themselves")
