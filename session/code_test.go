package session

import (
	"errors"
	"testing"
)

func TestParseCode(t *testing.T) {
	for typed, want := range map[string]string{
		"123-456789": "123-456789", "123456789": "123-456789", " 123 456 789\n": "123-456789", "1.2.3-4.5.6-7.8.9": "123-456789",
		"123–456 789": "123-456789", "123\u00a0456789": "123-456789", "000-000000": "000-000000",
		"": "", "12345678": "", "1234567890": "", "123-45678a": "", "١٢٣456789": "", "123/456789": "", "123-456789-": "123-456789",
	} {
		code, err := ParseCode(typed)
		if want == "" {
			if !errors.Is(err, ErrBadCode) {
				t.Errorf("ParseCode(%q) = %v, %v, want %v", typed, code, err, ErrBadCode)
			}
			continue
		}
		if err != nil || code.String() != want {
			t.Errorf("ParseCode(%q) = %v, %v, want %s", typed, code, err, want)
		}
	}
}

func TestNewCode(t *testing.T) {
	seen := map[Code]bool{}
	for range 1000 {
		code, err := NewCode("042")
		if err != nil {
			t.Fatal(err)
		}
		if again, err := ParseCode(code.String()); err != nil || again != code {
			t.Fatalf("%v is read as %v, %v", code, again, err)
		}
		seen[code] = true
	}
	if len(seen) < 900 {
		t.Errorf("1000 codes were %d different ones", len(seen))
	}
	for _, first := range []string{"", "12", "1234", "12a", "-12"} {
		if _, err := NewCode(first); err == nil {
			t.Errorf("the first part %q was taken", first)
		}
	}
}

func FuzzParseCode(f *testing.F) {
	f.Add("123-456789")
	f.Add(" 1 2 3.456-789")
	f.Fuzz(func(t *testing.T, typed string) {
		code, err := ParseCode(typed)
		if err != nil {
			return
		}
		if again, err := ParseCode(code.String()); err != nil || again != code {
			t.Errorf("%q is %v, read again %v, %v", typed, code, again, err)
		}
	})
}
