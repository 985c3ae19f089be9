package collect

import "testing"

func TestPickVersion(t *testing.T) {
	for line, want := range map[string]string{
		"Ledger 5.2.1 (build 77)": "5.2.1", "v20.18.0": "20.18.0", "PHP 8.2.29 (cli)": "8.2.29", "version 7": "7", "none": "", "": "",
		"1:9.2p1-2+deb12u3": "9.2p1-2+deb12u3", "Product 2024 R2, 24.1-rc.3": "24.1-rc.3",
	} {
		if got := pickVersion(line); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

// TestCompareVersions holds the order of dpkg: each is older than the next.
func TestCompareVersions(t *testing.T) {
	order := []string{"0.9", "1.0~beta1~svn1", "1.0~beta1", "1.0", "1.0-1", "1.0-1+b1", "1.0-1.1", "1.0a", "1.0.1", "1.2", "1.10", "2.36-9+deb12u4", "2.36-9+deb12u10", "6.1.0-20-amd64", "6.1.0-21-amd64", "1:0.1"}
	for i, a := range order {
		for j, b := range order {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := compareVersions(a, b); got != want {
				t.Errorf("%s and %s: %d, want %d", a, b, got, want)
			}
		}
	}
	if compareVersions("1.01", "1.1") != 0 || compareVersions("0:1", "1") != 0 {
		t.Error("leading zeros count")
	}
}

func FuzzCompareVersions(f *testing.F) {
	f.Add("1.0~beta1-2", "1:1.0a+b")
	f.Fuzz(func(t *testing.T, a, b string) {
		if compareVersions(a, b) != -compareVersions(b, a) || compareVersions(a, a) != 0 {
			t.Errorf("%q and %q", a, b)
		}
		pickVersion(a)
	})
}
