package lab

import (
	"testing"

	"github.com/beistand/beistand/app/lab/line"
)

// Link is a line that is slow and far.
type Link = line.Line

// join makes a TUN interface in each machine and carries packets between them
// until the test ends.
func join(tb testing.TB, l Link, a *Machine, deviceA string, b *Machine, deviceB string) {
	tb.Helper()
	done, err := l.Join(a.name, deviceA, b.name, deviceB)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := done(); err != nil {
			tb.Error(err)
		}
	})
}
