//go:build !headless

package page

import (
	"testing"
	"time"

	"github.com/beistand/beistand/diag/analyze"
)

func TestRepeated(t *testing.T) {
	morning := time.Date(2026, 3, 2, 8, 4, 50, 0, time.FixedZone("", 3*3600))
	later, tomorrow := morning.Add(2*time.Hour), morning.Add(24*time.Hour)
	for name, c := range map[string]struct {
		group       analyze.Group
		count, span string
	}{
		"one day":       {analyze.Group{Count: 240, First: &morning, Last: &later}, "240×", "2 Mar 2026, 08:04 – 10:04"},
		"two days":      {analyze.Group{Count: 2, First: &morning, Last: &tomorrow}, "2×", "2 Mar 2026, 08:04 – 3 Mar 2026, 08:04"},
		"at once":       {analyze.Group{Count: 2, First: &morning, Last: &morning}, "2×", "2 Mar 2026, 08:04"},
		"end unknown":   {analyze.Group{Count: 2, First: &morning}, "2×", "2 Mar 2026, 08:04"},
		"start unknown": {analyze.Group{Count: 2, Last: &morning}, "2×", "2 Mar 2026, 08:04"},
		"no time":       {analyze.Group{Count: 900, Missed: 3}, "≥ 900×", ""},
	} {
		c.group.Shape = "# # a\u202eb #"
		shape, count, span := Repeated(c.group)
		if shape != "a\ufffdb #" || count != c.count || span != c.span {
			t.Errorf("%s: %q, %q, %q", name, shape, count, span)
		}
	}
	if shape, _, _ := Repeated(analyze.Group{Shape: "# #"}); shape != "# #" {
		t.Errorf("nothing is left of a shape: %q", shape)
	}
}
