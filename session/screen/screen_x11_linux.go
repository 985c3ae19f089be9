package screen

import "fmt"

// OpenX11 opens the X11 display of that name, ":0".
func OpenX11(display string) (Source, error) {
	return nil, fmt.Errorf("open display %q: %w", display, ErrUnavailable)
}
