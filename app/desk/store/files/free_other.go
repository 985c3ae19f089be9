//go:build !linux && !darwin && !windows

package files

import "math"

// free is not asked for here: a full disk is noticed when it is written to.
func free(string) (uint64, error) { return math.MaxUint64, nil }
