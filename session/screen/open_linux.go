package screen

import (
	"fmt"

	"github.com/beistand/beistand/session/x11"
)

func open() (Source, error) {
	display, err := x11.Display()
	if err != nil {
		return nil, fmt.Errorf("read the screen: %w: %w", err, ErrUnavailable)
	}
	return OpenX11(display)
}
