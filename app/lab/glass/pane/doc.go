// Package pane reads and paints X11 displays through shared memory, from the outside of any program that shows or shares them.
//
// Linux only.
package pane
