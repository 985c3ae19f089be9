package clipboard

import (
	"fmt"

	"github.com/beistand/beistand/session/x11"
)

func open() (Clipboard, error) {
	display, err := x11.Display()
	if err != nil {
		return nil, fmt.Errorf("reach the clipboard: %w: %w", err, ErrUnavailable)
	}
	return OpenX11(display)
}
