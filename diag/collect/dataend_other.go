//go:build !linux && !darwin && !freebsd

package collect

import "os"

// lastData knows nothing of holes here.
func lastData(_ *os.File, size int64) int64 { return size }
