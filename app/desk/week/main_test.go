package week

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/beistand/beistand/app/desk/store/db/dbtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(dbtest.Main(m)) }

// TestWeek is the story, a file a day.
func TestWeek(t *testing.T) {
	dbtest.EachSource(t, week)
}

func week(t *testing.T, source string) {
	h := open(t, source)
	for _, day := range []struct {
		name string
		play func(*house)
	}{
		{"monday", monday}, {"tuesday", tuesday}, {"wednesday", wednesday}, {"thursday", thursday}, {"friday", friday}, {"saturday", saturday},
	} {
		began := time.Now()
		day.play(h)
		t.Logf("%s is over after %s: %d tickets", day.name, time.Since(began).Round(time.Millisecond), len(h.book.all))
		if t.Failed() {
			return
		}
	}
}
