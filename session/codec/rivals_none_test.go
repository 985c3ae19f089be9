//go:build linux && (!bench || !cgo)

package codec_test

// others are in builds with the tag bench alone.
func others() []driver { return nil }

// threads is how many encoders may take.
var threads = []int{1}
