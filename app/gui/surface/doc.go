// Package surface shows a remote screen in a window and repaints only what has changed of it.
package surface
