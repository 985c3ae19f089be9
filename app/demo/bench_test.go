package demo

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/beistand/beistand/app/demo/await"
	"github.com/beistand/beistand/app/demo/person"
)

// target is how long a customer should wait at most, in seconds.
const target = 2

// BenchmarkCustomerWindow starts the customer's window on a display of its own
// and takes the time from the start of the process until its window is shown,
// until the first finding can be read, and until the standard run is complete.
// The machine's own facts and a log with a planted fault are collected.
func BenchmarkCustomerWindow(b *testing.B) {
	path, err := quickProgram()
	if err != nil {
		b.Fatal(err)
	}
	s, err := newStage(Options{Program: path, Folder: b.TempDir(), Language: "en"})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := s.close(); err != nil {
			b.Error(err)
		}
	}()
	s.deskURL = "http://127.0.0.1:1" // nothing is sent
	display, err := s.display(b.Context(), customerScreen)
	if err != nil {
		b.Fatal(err)
	}
	var sum opening
	n := 0
	for b.Loop() {
		s.again = strconv.Itoa(n) // as at the first start
		one, err := s.opening(b.Context(), display)
		if err != nil {
			b.Fatal(err)
		}
		sum.shown, sum.found, sum.complete = sum.shown+one.shown, sum.found+one.found, sum.complete+one.complete
		n++
	}
	for unit, d := range map[string]time.Duration{"s-to-window": sum.shown, "s-to-finding": sum.found, "s-to-complete": sum.complete} {
		b.ReportMetric(d.Seconds()/float64(n), unit)
	}
	b.ReportMetric(target, "s-target")
	b.ReportMetric(0, "ns/op") // with the window's end, of which nobody waits
}

// opening is when something could first be seen, from the start of the process.
type opening struct{ shown, found, complete time.Duration }

// opening opens the customer's window, watches it and closes it again.
func (s *stage) opening(ctx context.Context, display string) (o opening, err error) {
	say := wordsOf("en")
	c, err := s.customer(ctx, display)
	if err != nil {
		return o, err
	}
	begun := c.Program().Begun()
	o.shown = time.Since(begun)
	defer func() {
		err = errors.Join(err, c.Leave())
		s.people = nil
	}()
	marks := map[*time.Duration]person.Which{&o.found: {Text: say("What we found")}, &o.complete: {Text: say("Your computer was looked at")}}
	return o, await.Until(ctx, deskStart, "findings and the end of the run", func() (bool, error) {
		for at, which := range marks {
			if *at == 0 && c.Has(ctx, which) {
				*at = time.Since(begun)
			}
		}
		return o.found > 0 && o.complete > 0, nil
	}, c.Program().Output)
}
