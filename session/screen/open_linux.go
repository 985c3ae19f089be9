package screen

import (
	"fmt"
	"os"
)

func open() (Source, error) {
	display := os.Getenv("DISPLAY")
	if display == "" {
		return nil, fmt.Errorf("read the screen: DISPLAY is not set: %w", ErrUnavailable)
	}
	return OpenX11(display)
}
