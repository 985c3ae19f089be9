// Package rivals is the video formats that were measured and not chosen; they are in builds with the tag bench alone.
package rivals
