package screen_test

import (
	"testing"

	"github.com/jezek/xgb/xproto"

	"github.com/beistand/beistand/session/screen"
	"github.com/beistand/beistand/session/x11/x11test"
)

// TestSourcesBesideEachOther opens sources while others hear of a changed
// keyboard layout, which every client is told of; the race detector looks on.
func TestSourcesBesideEachOther(t *testing.T) {
	display := x11test.Start(t, "64x64x24")
	for range 3 {
		s, err := screen.OpenX11(display)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		p := newPainter(t, display)
		if err := xproto.ChangeKeyboardMappingChecked(p.conn, 1, 255, 1, []xproto.Keysym{0}).Check(); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Monitors(); err != nil {
			t.Fatal(err)
		}
	}
}
