package totp

import (
	"bytes"
	"encoding/base32"
	"image/png"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestVectors are those of RFC 6238, appendix B, for SHA-1, cut to six digits.
func TestVectors(t *testing.T) {
	secret := base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"} {
		now := time.Unix(at, 0)
		if got, err := Code(secret, now); err != nil || got != want {
			t.Errorf("%d: %q %v, want %q", at, got, err, want)
		}
		if step, ok := Check(secret, want, 0, now); !ok || step != at/30 {
			t.Errorf("%d: %v at step %d", at, ok, step)
		}
	}
}

func TestCheck(t *testing.T) {
	secret := NewSecret()
	now := time.Unix(1_800_000_000, 0)
	code := func(at time.Time) string {
		c, err := Code(secret, at)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	step := now.Unix() / 30
	for name, c := range map[string]struct {
		code string
		last int64
		ok   bool
	}{
		"now":                  {code(now), 0, true},
		"as it is read aloud":  {code(now)[:3] + " " + code(now)[3:], 0, true},
		"a clock behind":       {code(now.Add(-Period)), 0, true},
		"a clock ahead":        {code(now.Add(Period)), 0, true},
		"two steps behind":     {code(now.Add(-2 * Period)), 0, false},
		"two steps ahead":      {code(now.Add(2 * Period)), 0, false},
		"used":                 {code(now), step, false},
		"the one before, used": {code(now.Add(-Period)), step, false},
		"the next after one":   {code(now.Add(Period)), step, true},
		"another":              {"000000", step + 1, false},
		"short":                {"12345", 0, false},
		"empty":                {"", 0, false},
		"letters":              {"abcdef", 0, false},
		"digits of elsewhere":  {"١٢٣٤٥٦", 0, false},
	} {
		if _, ok := Check(secret, c.code, c.last, now); ok != c.ok {
			t.Errorf("%s: %v", name, ok)
		}
	}
	if _, ok := Check("not base32!", code(now), 0, now); ok {
		t.Error("a secret that is none has a code")
	}
}

func TestURI(t *testing.T) {
	secret := NewSecret()
	got := URI("Example: Care & Co", "sam", secret)
	u, err := url.Parse(got)
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/Example  Care & Co:sam" {
		t.Errorf("%q: %v", got, err)
	}
	if q := u.Query(); q.Get("secret") != secret || q.Get("digits") != "6" || q.Get("period") != "30" || q.Get("issuer") != "Example  Care & Co" {
		t.Errorf("%v", q)
	}
}

// TestQR proves that path and picture show the same, with a margin.
func TestQR(t *testing.T) {
	secret := NewSecret()
	code, err := NewQR(URI("Example Care", "sam", secret))
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(code.PNG))
	if err != nil || picture.Bounds().Dx() != code.Size*6 || picture.Bounds().Dy() != code.Size*6 {
		t.Fatalf("%v %v", picture.Bounds(), err)
	}
	drawn := map[[2]int]bool{}
	for _, run := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)`).FindAllStringSubmatch(code.Path, -1) {
		x, y, n := atoi(run[1]), atoi(run[2]), atoi(run[3])
		for i := range n {
			drawn[[2]int{x + i, y}] = true
		}
	}
	for y := range code.Size {
		for x := range code.Size {
			r, _, _, _ := picture.At(x*6+3, y*6+3).RGBA()
			edge := x < 4 || y < 4 || x >= code.Size-4 || y >= code.Size-4
			if dark := r == 0; dark != drawn[[2]int{x, y}] || dark && edge {
				t.Fatalf("module %d,%d: dark %v in the picture, %v on the path", x, y, dark, drawn[[2]int{x, y}])
			}
		}
	}
	if len(drawn) < 100 {
		t.Errorf("%d dark modules", len(drawn))
	}
	if _, err := NewQR(strings.Repeat("x", 5000)); err == nil {
		t.Error("a text that does not fit has a code")
	}
}

func atoi(s string) (n int) {
	for _, c := range s {
		n = n*10 + int(c-'0')
	}
	return n
}

func TestRecovery(t *testing.T) {
	form := regexp.MustCompile(`^([a-z2-9]{4}-){3}[a-z2-9]{4}$`)
	seen := map[string]bool{}
	for _, code := range NewRecovery(1000) {
		if !form.MatchString(code) || seen[code] {
			t.Fatalf("%q, there before: %v", code, seen[code])
		}
		seen[code] = true
		if PlainRecovery(" "+strings.ToUpper(code)) != strings.ReplaceAll(code, "-", "") {
			t.Errorf("%q typed otherwise is %q", code, PlainRecovery(code))
		}
	}
}
