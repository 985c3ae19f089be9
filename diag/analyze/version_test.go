package analyze

import "testing"

func TestCompareVersions(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"1.9", "1.10", -1},
		{"2.0", "2.0.0", 0},
		{"v2.4.1", "2.4.1", 0},
		{"2.0-rc1", "2.0", -1},
		{"2.0-rc2", "2.0-rc10", -1},
		{"2.0-beta", "2.0-rc1", -1},
		{"2.0.1", "2.0-rc1", 1},
		{"1.0.0-SNAPSHOT", "1.0.0", -1},
		{"1:1.0", "2.0", 1},
		{"1.0~rc1-1", "1.0-1", -1},
		{"1.0+git20260101", "1.0", 0},
		{"24H2", "23H2", 1},
		{"8.0.412-1ubuntu1", "8.0.412-1ubuntu2", -1},
		{"1.0a", "1.0b", -1},
		{"1.0.0p1", "1.0.0", 1},
		{"6.1.0-28-amd64", "6.1.0-9-amd64", 1},
		{"18446744073709551617", "18446744073709551616", 1},
		{"007", "7", 0},
		{"", "", 0},
		{"", "0", 0},
		{"1", "", 1},
	} {
		if got := compareVersions(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: %d, want %d", c.a, c.b, got, c.want)
		}
		if got := compareVersions(c.b, c.a); got != -c.want {
			t.Errorf("%q and %q: %d, want %d", c.b, c.a, got, -c.want)
		}
	}
}

// FuzzVersions holds that comparing is an order, whatever is compared.
func FuzzVersions(f *testing.F) {
	f.Add("v1.0-beta+x", "2:1.0~rc1")
	f.Add("~", "0.0a")
	f.Fuzz(func(t *testing.T, a, b string) {
		if compareVersions(a, a) != 0 || compareVersions(a, b) != -compareVersions(b, a) {
			t.Errorf("%q %q", a, b)
		}
	})
}
