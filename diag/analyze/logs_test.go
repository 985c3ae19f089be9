package analyze

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/beistand/beistand/diag/bundle"
)

func logFile(name string) bundle.File {
	return bundle.File{Path: "logs/" + name, Collector: "log-1", MediaType: "text/plain"}
}

// scanText reads a log as Run does.
func scanText(t testing.TB, r io.Reader) *logReport {
	t.Helper()
	e := newEvidence(context.Background(), newFixture(t, nil), nil)
	s := &scanner{report: &logReport{file: logFile("1-a.log"), log: true, seen: make([]*sightings, len(signs()))}, groups: newGrouper(), when: e.when}
	if err := s.scan(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	return s.report
}

func TestScan(t *testing.T) {
	text := "2026-11-20 09:00:00 INFO started\n" +
		"2026-11-20 09:00:01 ERROR cannot reach 192.0.2.7\n" +
		"  at Worker.run(Worker.java:12)\n" +
		"2026-11-20 09:00:09 ERROR cannot reach 192.0.2.99\r\n" +
		strings.Repeat("x", 3*partSize) + " ERROR cut away\n" +
		"2026-11-20 09:00:10 ERROR cannot reach 192.0.2.1"
	for name, r := range map[string]io.Reader{"whole": strings.NewReader(text), "bytes": iotest.OneByteReader(strings.NewReader(text)), "data and EOF": iotest.DataErrReader(strings.NewReader(text))} {
		got := scanText(t, r)
		if got.lines != 6 || got.troubles != 3 || got.bytes != int64(len(text)) || got.span() != 10*time.Second {
			t.Errorf("%s: %d lines, %d troubles, %d bytes, %v", name, got.lines, got.troubles, got.bytes, got.span())
		}
		if len(got.groups) != 1 {
			t.Fatalf("%s: %+v", name, got.groups)
		}
		g := got.groups[0]
		if g.Shape != "# # ERROR cannot reach #" || g.Count != 3 || g.At != (Ref{"logs/1-a.log", 2}) || g.Missed != 0 ||
			!strings.HasSuffix(g.Example, "192.0.2.7") || g.First.Second() != 1 || g.Last.Second() != 10 {
			t.Errorf("%s: %+v", name, g)
		}
	}
}

// endless gives errors of ever new shapes, and one that comes again and again.
type endless struct{ n, left int }

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	var b []byte
	for len(b) < len(p)-200 {
		e.n++
		if e.n%10 == 0 {
			b = append(b, "2026-11-20 09:00:00 ERROR the frequent one\n"...)
			continue
		}
		b = fmt.Appendf(b, "2026-11-20 09:00:00 ERROR %s\n", word(e.n))
	}
	e.left -= len(b)
	return copy(p, b), nil
}

// word spells a number in letters.
func word(n int) string {
	var b []byte
	for ; n > 0; n /= 26 {
		b = append(b, byte('g'+n%20))
		n += 3
	}
	return string(b)
}

// TestBoundedMemory reads far more shapes than there is room for.
func TestBoundedMemory(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	r := scanText(t, &endless{left: 20 << 20})
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 4<<20 {
		t.Errorf("%d bytes are held", grown)
	}
	if len(r.groups) != topGroups || r.groups[0].Count < r.lines/10-1 || !strings.HasSuffix(r.groups[0].Shape, "the frequent one") {
		t.Errorf("%d groups, %+v, %d lines", len(r.groups), r.groups[0], r.lines)
	}
}

// broken fails in the middle.
type broken struct{ *fixture }

func (b broken) OpenFile(name string) (io.ReadCloser, error) {
	r, err := b.fixture.OpenFile(name)
	if err != nil {
		return nil, err
	}
	return io.NopCloser(io.MultiReader(io.LimitReader(r, 10), iotest.ErrReader(bundle.ErrDamaged))), nil
}

// TestDamagedEvidence holds that what cannot be read is named and nothing else fails.
func TestDamagedEvidence(t *testing.T) {
	f := broken{newFixture(t, map[string]string{"logs/1-a.log": "some text that is long enough\n", "system/memory.json": `{"total_bytes": 12345}`})}
	all := found(t, f, "evidence-unreadable")
	if len(all) != 2 || !strings.Contains(all[0].Detail, bundle.ErrDamaged.Error()) {
		t.Errorf("%+v", all)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if all, err := Run(ctx, newFixture(t, conditionFiles)); !errors.Is(err, context.Canceled) || all != nil {
		t.Errorf("%v, %v", all, err)
	}
}

// TestSignPatterns holds that every pattern is one: they are made when they are used.
func TestSignPatterns(t *testing.T) {
	for _, s := range signs() {
		if s.pattern().NumSubexp() > 8 {
			t.Errorf("%s has %d groups", s.ID, s.pattern().NumSubexp())
		}
	}
}
