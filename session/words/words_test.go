package words

import (
	"encoding/binary"
	"testing"
)

func of(a, b uint32) [2]string {
	var s [32]byte
	binary.BigEndian.PutUint32(s[:], a)
	binary.BigEndian.PutUint32(s[4:], b)
	return Two(s)
}

// The list's ends are as the EFF has published them, and every place has a
// word of its own.
func TestTwo(t *testing.T) {
	for _, c := range []struct {
		a, b uint32
		want [2]string
	}{
		{0, 7775, [2]string{"abacus", "zoom"}},
		{1, 7776, [2]string{"abdomen", "abacus"}},
	} {
		if got := of(c.a, c.b); got != c.want {
			t.Errorf("%d and %d are %v, want %v", c.a, c.b, got, c.want)
		}
	}
	seen := map[string]bool{}
	for n := range uint32(7776) {
		w := of(n, 0)[0]
		if w == "" || seen[w] {
			t.Fatalf("place %d is %q, again %v", n, w, seen[w])
		}
		seen[w] = true
	}
}
