package analyze

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/beistand/beistand/diag/bundle"
)

func TestShape(t *testing.T) {
	for line, want := range map[string]string{
		"connection to 192.0.2.7:5432 refused after 20 ms":                  "connection to # refused after # ms",
		"2026-11-20T09:14:03.123+01:00 ERROR cannot open /srv/data/a b.txt": "# ERROR cannot open <path> b.txt",
		"Nov 20 09:14:03 pc7 sshd[812]: Failed password for anna":           "# # # pc# sshd[#]: Failed password for anna",
		"[Fri Nov 20 09:14:03 2026] [error] no file":                        "# # # #] [error] no file",
		"Nov  2 09:14:03 pc7 x: failed":                                     "# # # pc# x: failed",
		"May I ask, Mon ami":                                                "May I ask, Mon ami",
		`ERROR no user "anna" in 'Sales Team' (id 7)`:                       `ERROR no user "…" in '…' (id #)`,
		"can't open the user's file, isn't it":                              "can't open the user's file, isn't it",
		"request 3fa85f64-5717-4562-b3fc-2c963f66afa6 failed":               "request <uuid> failed",
		"object 0x7ffe12ab at deadbeef01 is gone":                           "object # at <hex> is gone",
		`copy C:\Users\anna\x.txt to \\server\share\x failed`:               "copy <path> to <path> failed",
		"GET https://ledger.example.com/api?id=7: 503":                      "GET <url>: #",
		"EXT4-fs error (device sda1): inode #12":                            "EXT#-fs error (device sda#): inode ##",
		"took 20ms, 3.5s and 1,000 rows":                                    "took #, # and # rows",
		"and/or is no path, / neither, but /etc/passwd: is":                 "and/or is no path, / neither, but <path>: is",
		"\ttabs  and   spaces\r":                                            "tabs and spaces",
		"path=/var/lib/x,size=12":                                           "path=<path>,size=#",
		"":                                                                  "",
	} {
		if got := string(appendShape(nil, []byte(line))); got != want {
			t.Errorf("%q\n got %q\nwant %q", line, got, want)
		}
	}
}

// FuzzShape holds that a shape is bounded, has no digits and is made of what came before.
func FuzzShape(f *testing.F) {
	f.Add([]byte(`2026-11-20 09:00:00 ERROR "a" 0x12 /a/b C:\x 3fa85f64-5717-4562-b3fc-2c963f66afa6 http://x`))
	f.Add([]byte(strings.Repeat("ab ", 200)))
	f.Fuzz(func(t *testing.T, line []byte) {
		shape := appendShape([]byte("before"), line)
		if !bytes.HasPrefix(shape, []byte("before")) || len(shape) > len("before")+maxShape {
			t.Fatalf("%q", shape)
		}
		if bytes.ContainsAny(shape[len("before"):], "0123456789") {
			t.Errorf("%q", shape)
		}
	})
}

func TestStamp(t *testing.T) {
	berlin := time.FixedZone("", 3600)
	about := time.Date(2026, 1, 10, 12, 0, 0, 0, berlin)
	for line, want := range map[string]string{
		"2026-11-20T09:14:03+0000 pc7 x":                  "2026-11-20T09:14:03Z",
		"2026-11-20T09:14:03.123456+01:00 x":              "2026-11-20T09:14:03+01:00",
		"2026-11-20 09:14:03,123 INFO x":                  "2026-11-20T09:14:03+01:00",
		"2026-11-20 09:14:03.5Z x":                        "2026-11-20T09:14:03Z",
		`{"time":"2026-11-20T09:14:03Z","level":"error"}`: "2026-11-20T09:14:03Z",
		"[20.11.2026 09:14:03] Fehler":                    "2026-11-20T09:14:03+01:00",
		"2026/11/20 09:14:03 x":                           "2026-11-20T09:14:03+01:00",
		"20261120 091403 x":                               "2026-11-20T09:14:03+01:00",
		`192.0.2.1 - - [20/Nov/2026:09:14:03 -0500] "GET`: "2026-11-20T09:14:03-05:00",
		"Nov 20 09:14:03 pc7 x: y":                        "2025-11-20T09:14:03+01:00",
		"[Fri Nov 20 09:14:03.123 2026] [error] x":        "2026-11-20T09:14:03+01:00",
		"Jan  2 09:14:03 pc7 x: y":                        "2026-01-02T09:14:03+01:00",
		"1700000000 x":                                    "2023-11-14T22:13:20Z",
		"1700000000123 x":                                 "2023-11-14T22:13:20Z",
		"12345 x":                                         "",
		"no time here":                                    "",
		"Marvellous things":                               "",
		"2026-99-20 09:14:03":                             "",
		"":                                                "",
	} {
		got := ""
		if at, ok := stamp([]byte(line), about, berlin); ok {
			got = at.Truncate(time.Second).Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", line, got, want)
		}
	}
}

func FuzzStamp(f *testing.F) {
	for _, s := range []string{"2026-11-20 09:14:03,123 +01:00", "Nov 20 09:14:03", "20261120T09:14:03", "20.11.2026, 09:14:03", "1700000000123"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(_ *testing.T, line []byte) { stamp(line, fixtureTime, time.UTC) })
}

func TestTroubled(t *testing.T) {
	for line, want := range map[string]bool{
		"ERROR cannot open file":                                          true,
		"2026 INFO the error page was shown":                              false,
		"[info] failed over as planned":                                   false,
		"2026-09-28 04:30:30, Info                  CBS    Failed to get": false,
		"security alerts are shown":                                       false,
		"[alert] child died":                                              true,
		"level=debug msg=\"error while polling\"":                         false,
		`{"level":"info","msg":"retry after failure"}`:                    false,
		"0 errors, 0 warnings":                                            false,
		"finished without errors":                                         false,
		"no error":                                                        false,
		"errors: 0":                                                       false,
		"error=none":                                                      false,
		"error: 0.5 volts too low":                                        true,
		"10 errors":                                                       true,
		"Fehler beim Öffnen":                                              true,
		"request timed out":                                               true,
		"information about the failure":                                   true,
		"all is well":                                                     false,
		"terror and mirrors":                                              true, // a word inside a word: counted, seldom
	} {
		l := []byte(line)
		found := words.find(l)
		if got := found.meets(&words.trouble) && troubled(l, &found); got != want {
			t.Errorf("%q: %v", line, got)
		}
	}
}

// TestAutomaton compares with looking for each word by itself.
func TestAutomaton(t *testing.T) {
	all := []string{"error", "err", "rro", "fatal", "al", "i/o error", "é"}
	a := newAutomaton(all)
	random := rand.New(rand.NewPCG(1, 2))
	letters := []byte("efortali/ ERO\xc3\xa9x")
	for range 20_000 {
		line := make([]byte, random.IntN(40))
		for i := range line {
			line[i] = letters[random.IntN(len(letters))]
		}
		found := a.find(line)
		for i, w := range all {
			var one wordSet
			one.add(i)
			if want := bytes.Contains(bytes.ToLower(line), []byte(w)); found.meets(&one) != want && asciiOnly(line) {
				t.Fatalf("%q in %q: %v", w, line, !want)
			}
		}
	}
}

func asciiOnly(b []byte) bool { return bytes.IndexFunc(b, func(r rune) bool { return r >= 0x80 }) < 0 }

func logFile(name string) bundle.File {
	return bundle.File{Path: "logs/" + name, Collector: "log-1", MediaType: "text/plain"}
}

// scanText reads a log as Run does.
func scanText(t testing.TB, r io.Reader) *logReport {
	t.Helper()
	e := newEvidence(context.Background(), newFixture(t, nil), nil)
	s := &scanner{report: &logReport{file: logFile("1-a.log"), log: true, seen: make([]*sightings, len(signs))}, groups: newGrouper(), when: e.when}
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
