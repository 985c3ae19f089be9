package locktest_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/session/lock/locktest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestMemory(t *testing.T) {
	locktest.Suite(t, func(*testing.T) locktest.Fixture {
		m := locktest.New()
		return locktest.Fixture{Lock: m, Set: func(_ testing.TB, locked bool) { m.Set(locked) }}
	})
}
