//go:build !linux

package doctor

import "errors"

// operate has no answer here yet.
func operate() error { return errors.ErrUnsupported }
