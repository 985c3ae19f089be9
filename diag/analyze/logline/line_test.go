package logline

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
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
		if got := string(Shape(nil, []byte(line))); got != want {
			t.Errorf("%q\n got %q\nwant %q", line, got, want)
		}
	}
}

// FuzzShape holds that a shape is bounded, has no digits and is made of what came before.
func FuzzShape(f *testing.F) {
	f.Add([]byte(`2026-11-20 09:00:00 ERROR "a" 0x12 /a/b C:\x 3fa85f64-5717-4562-b3fc-2c963f66afa6 http://x`))
	f.Add([]byte(strings.Repeat("ab ", 200)))
	f.Fuzz(func(t *testing.T, line []byte) {
		shape := Shape([]byte("before"), line)
		if !bytes.HasPrefix(shape, []byte("before")) || len(shape) > len("before")+MaxShape {
			t.Fatalf("%q", shape)
		}
		if bytes.ContainsAny(shape[len("before"):], "0123456789") {
			t.Errorf("%q", shape)
		}
	})
}

func TestTime(t *testing.T) {
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
		if at, ok := Time([]byte(line), about, berlin); ok {
			got = at.Truncate(time.Second).Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", line, got, want)
		}
	}
}

func FuzzTime(f *testing.F) {
	for _, s := range []string{"2026-11-20 09:14:03,123 +01:00", "Nov 20 09:14:03", "20261120T09:14:03", "20.11.2026, 09:14:03", "1700000000123"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(_ *testing.T, line []byte) { Time(line, time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC), time.UTC) })
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
		trouble, sure, calm := all(TroubleWords, 0, l), all(TroubleWords, Doubtful, l), all(CalmWords, 0, l)
		if got := trouble && Troubled(l, calm, sure); got != want {
			t.Errorf("%q: %v", line, got)
		}
	}
}

// TestWords compares with looking for each word by itself.
func TestWords(t *testing.T) {
	all := []string{"error", "err", "rro", "fatal", "al", "i/o error", "é"}
	a := NewWords(all)
	random := rand.New(rand.NewPCG(1, 2))
	letters := []byte("efortali/ ERO\xc3\xa9x")
	for range 20_000 {
		line := make([]byte, random.IntN(40))
		for i := range line {
			line[i] = letters[random.IntN(len(letters))]
		}
		found := a.Find(line)
		for i, w := range all {
			var one Set
			one.Add(i)
			if want := bytes.Contains(bytes.ToLower(line), []byte(w)); found.Meets(&one) != want && asciiOnly(line) {
				t.Fatalf("%q in %q: %v", w, line, !want)
			}
		}
	}
}

func asciiOnly(b []byte) bool { return bytes.IndexFunc(b, func(r rune) bool { return r >= 0x80 }) < 0 }

// all says whether a line has one of the words from an index on.
func all(words []string, from int, line []byte) bool {
	for _, w := range words[from:] {
		if indexFold(line, w) >= 0 {
			return true
		}
	}
	return false
}
