package cast

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// trustBoth is the environment that makes programs trust another authority
// beside the one of trusted.
func trustBoth(t *testing.T, trusted, authority string) string {
	t.Helper()
	name, first, _ := strings.Cut(trusted, "=")
	both := filepath.Join(t.TempDir(), "authorities.pem")
	var all []byte
	for _, path := range []string{first, authority} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, text...)
	}
	if err := os.WriteFile(both, all, 0o600); err != nil {
		t.Fatal(err)
	}
	return name + "=" + both
}
