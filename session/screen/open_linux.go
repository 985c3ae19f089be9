package screen

import (
	"fmt"
	"os"
	"regexp"
)

func open() (Source, error) {
	display := os.Getenv("DISPLAY")
	if display == "" {
		return nil, fmt.Errorf("read the screen: DISPLAY is not set: %w", ErrUnavailable)
	}
	if !displayName.MatchString(display) {
		return nil, fmt.Errorf("read the screen: DISPLAY %q names no display: %w", display, ErrUnavailable)
	}
	return OpenX11(display)
}

// displayName is what X(7) calls a display name: host, display and screen. The
// library that connects trusts it to be one.
var displayName = regexp.MustCompile(`^([A-Za-z0-9.-]*|/[^:]*|[A-Za-z0-9.-]*/[A-Za-z0-9.-]*):[0-9]{1,5}(\.[0-9]{1,3})?$`)
