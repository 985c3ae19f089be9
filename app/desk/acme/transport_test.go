package acme

import (
	"testing"
	"time"
)

func TestSooner(t *testing.T) {
	now := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	for after, want := range map[string]string{
		"3": "3", "10": "10", "11": "10", "86400": "10", "0": "1", "-5": "1", "soon": "10", "99999999999999999999": "10",
		"Sun, 22 Nov 2026 08:00:04 GMT": "5", "Sun, 22 Nov 2026 09:00:00 GMT": "10", "Sun, 22 Nov 2026 07:00:00 GMT": "1",
		"Fri, 01 Jan 9999 00:00:00 GMT": "10",
	} {
		if got := sooner(after, now); got != want {
			t.Errorf("%q: %s, want %s", after, got, want)
		}
	}
}
