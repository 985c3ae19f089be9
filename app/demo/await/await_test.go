package await

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestUntil(t *testing.T) {
	broken := errors.New("broken")
	for name, c := range map[string]struct {
		met  func(n int) (bool, error)
		err  error
		says []string
	}{
		"at once":  {func(int) (bool, error) { return true, nil }, nil, nil},
		"later":    {func(n int) (bool, error) { return n == 3, nil }, nil, nil},
		"breaks":   {func(n int) (bool, error) { return false, broken }, broken, []string{"await tea: "}},
		"too late": {func(int) (bool, error) { return false, nil }, context.DeadlineExceeded, []string{"await tea for ", "seen: water"}},
	} {
		t.Run(name, func(t *testing.T) {
			limit := time.Minute
			if c.err == context.DeadlineExceeded {
				limit = 10 * time.Millisecond
			}
			n := 0
			err := Until(t.Context(), limit, "tea", func() (bool, error) { n++; return c.met(n) }, func() string { return "water" })
			if !errors.Is(err, c.err) {
				t.Fatalf("got %v, want %v", err, c.err)
			}
			for _, s := range c.says {
				if !strings.Contains(err.Error(), s) {
					t.Errorf("%q does not say %q", err, s)
				}
			}
		})
	}
}
