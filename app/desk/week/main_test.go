package week

import (
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestWeek is the story, a file a day.
func TestWeek(t *testing.T) {
	h := open(t, "") // SQLite in the desk's folder
	for _, day := range []struct {
		name string
		play func(*house)
	}{
		{"monday", monday}, {"tuesday", tuesday}, {"wednesday", wednesday}, {"thursday", thursday}, {"friday", friday}, {"saturday", saturday},
	} {
		day.play(h)
		t.Logf("%s is over: %d tickets", day.name, len(h.book.all))
		if t.Failed() {
			return
		}
	}
}
