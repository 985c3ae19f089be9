package input

import (
	"fmt"

	"github.com/beistand/beistand/session/x11"
)

func open() (Input, error) {
	display, err := x11.Display()
	if err != nil {
		return nil, fmt.Errorf("reach keyboard and pointer: %w: %w", err, ErrUnavailable)
	}
	return OpenX11(display)
}
