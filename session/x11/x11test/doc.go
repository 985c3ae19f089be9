// Package x11test gives tests an X11 display of their own.
package x11test
