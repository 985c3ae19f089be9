package overlay

import (
	"fmt"

	"github.com/beistand/beistand/session/x11"
)

func open() (Overlay, error) {
	display, err := x11.Display()
	if err != nil {
		return nil, fmt.Errorf("show on the desktop: %w: %w", err, ErrUnavailable)
	}
	return OpenX11(display)
}
