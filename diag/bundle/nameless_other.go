//go:build unix && !linux

package bundle

import (
	"errors"
	"os"
)

// openNameless is what this system cannot do.
func openNameless(string) (*os.File, error) { return nil, errors.ErrUnsupported }
