//go:build !windows

package collect

import "errors"

// errNoEcho says that the system does not let a program without rights send echoes.
var errNoEcho = errors.New("this system lets only its administrator send echo requests")
