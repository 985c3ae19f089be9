package version

import (
	"slices"
	"testing"
)

// TestOrder holds versions in their order, the oldest first; those on one line are the same.
func TestOrder(t *testing.T) {
	lines := [][]string{
		{"0.9"},
		{"1.0-alpha1", "1.0 Alpha 1", "v1.0-dev1"},
		{"1.0-beta", "1.0 preview"},
		{"1.0-beta.2"},
		{"1.0-beta.11"},
		{"1.0-rc1", "1.0-RC.1", "Version 1.0 rc1"},
		{"1.0", "1", "v1.0.0", "1.0.0.0", "1.0 Release", "1.0+build.812", "01.00"},
		{"1.0a"},
		{"1.0b"},
		{"1.0-SP1", "1.0 sp 1"},
		{"1.0-SP2"},
		{"1.0-SP10"},
		{"1.0.1"},
		{"1.9"},
		{"1.10"},
		{"1.10.1"},
		{"1.99999999999999999999999998"},
		{"1.99999999999999999999999999"},
		{"2024.11"},
		{"2024.12"},
		{"2025.1"},
	}
	for i, older := range lines {
		for _, a := range older {
			for _, b := range older {
				if Compare(a, b) != 0 {
					t.Errorf("%q and %q are not the same", a, b)
				}
			}
			for _, newer := range lines[i+1:] {
				for _, b := range newer {
					if Compare(a, b) >= 0 || Compare(b, a) <= 0 {
						t.Errorf("%q is not older than %q", a, b)
					}
					if !Older(a, b) || Older(b, a) {
						t.Errorf("%q and %q: older", a, b)
					}
				}
			}
		}
	}
}

// TestUnknown proves that nothing is older or newer than what is no version.
func TestUnknown(t *testing.T) {
	for _, v := range []string{"", "unknown", "the latest", "?", "٣"} {
		if Known(v) || Older(v, "9.9") || Older("0.1", v) {
			t.Errorf("%q counts as a version", v)
		}
	}
}

// FuzzCompare proves that the order is one, whatever is written.
func FuzzCompare(f *testing.F) {
	f.Add("1.10", "1.9", "1.9-SP1")
	f.Add("1-beta", "1", "1.0.0-rc")
	f.Add("ß4", "４", "v")
	f.Add("99999999999999999999999999999999999999999999999999999999999999999999999", "", "+")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		list := []string{a, b, c}
		for _, x := range list {
			if Compare(x, x) != 0 || Older(x, x) {
				t.Errorf("%q is not itself", x)
			}
			for _, y := range list {
				if x, y := Compare(x, y), Compare(y, x); x != -y {
					t.Errorf("%q: %d and %d", list, x, y)
				}
			}
		}
		slices.SortFunc(list, Compare)
		if Compare(list[0], list[2]) > 0 {
			t.Errorf("%q: no order", list)
		}
	})
}
