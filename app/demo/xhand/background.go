package xhand

import (
	"fmt"
	"image/color"

	"github.com/jezek/xgb/xproto"
)

// Background paints the display's root window in one colour.
func (h *Hand) Background(c color.RGBA) error {
	pixel := uint32(c.R)<<16 | uint32(c.G)<<8 | uint32(c.B)
	if err := xproto.ChangeWindowAttributesChecked(h.conn, h.root, xproto.CwBackPixel, []uint32{pixel}).Check(); err != nil {
		return fmt.Errorf("paint background: %w", err)
	}
	if err := xproto.ClearAreaChecked(h.conn, false, h.root, 0, 0, 0, 0).Check(); err != nil {
		return fmt.Errorf("paint background: %w", err)
	}
	return nil
}
