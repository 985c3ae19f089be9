package collect

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestClockOff takes windows of logs on a machine whose clock is ten years
// off: what that clock wrote is found by it, with and without years in the
// lines, and a log that a right clock wrote is named as of another time, or
// taken whole if no time is asked for.
func TestClockOff(t *testing.T) {
	for _, years := range []int{-10, 10} {
		now := time.Date(2026+years, 11, 20, 12, 0, 0, 0, time.Local)
		for name, form := range map[string]string{"with years": time.DateTime, "without years": time.Stamp} {
			t.Run(fmt.Sprintf("%d years, %s", years, name), func(t *testing.T) {
				text := func(now time.Time, from, to int) string {
					var b strings.Builder
					for m := from; m < to; m++ {
						fmt.Fprintf(&b, "%s host app: line\n", now.Add(time.Duration(m-600)*time.Minute).Format(form))
					}
					return b.String()
				}
				l := Log{Path: put(t, t.TempDir(), "app.log", text(now, 0, 600), now)}
				w := window{since: now.Add(-time.Hour)}
				s, err := takeLog(t, l, w)
				if err != nil {
					t.Fatal(err)
				}
				if got := s.only(t).String(); got != text(now, 540, 600) {
					t.Errorf("%d lines of 60", strings.Count(got, "\n"))
				}
				right := now.AddDate(-years, 0, 0)
				l = Log{Path: put(t, t.TempDir(), "app.log", text(right, 0, 600), right)}
				if years > 0 { // the machine believes that all of it is ten years old
					if _, err := takeLog(t, l, w); !errors.Is(err, ErrAbsent) || !strings.Contains(err.Error(), "nothing of that time") {
						t.Errorf("a log of another time: %v", err)
					}
				} else if s, err = takeLog(t, l, w); err != nil || s.only(t).String() != text(right, 0, 600) { // or still to come
					t.Errorf("a log of another time: %v", err)
				}
				if s, err = takeLog(t, l, window{}); err != nil || s.only(t).String() != text(right, 0, 600) {
					t.Errorf("the whole log: %v", err)
				}
			})
		}
	}
}
