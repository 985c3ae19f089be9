//go:build !linux

package picture

import "time"

var began = time.Now()

// busy is the time that has passed: nothing better is known here.
func busy() time.Duration { return time.Since(began) }
