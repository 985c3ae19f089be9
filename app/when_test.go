package app

import (
	"strings"
	"testing"
	"time"
)

func TestWhen(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	now := time.Date(2026, 11, 20, 12, 30, 15, 0, zone)
	at := func(text string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04:05", text, zone)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for text, want := range map[string]time.Time{
		"2h": at("2026-11-20 10:30:15"), "1d12h": at("2026-11-19 00:30:15"), "1w": at("2026-11-13 12:30:15"), "90s": at("2026-11-20 12:28:45"),
		"09:14": at("2026-11-20 09:14:00"), "13:00": at("2026-11-19 13:00:00"), "12:30:15": now,
		"2026-11-20": at("2026-11-20 00:00:00"), "2026-11-20 09:14": at("2026-11-20 09:14:00"), " 2026-11-20T09:14:03 ": at("2026-11-20 09:14:03"),
		"2026-11-20T09:14:03Z": at("2026-11-20 10:14:03"), "1990-01-01": at("1990-01-01 00:00:00"),
	} {
		if got, err := parseWhen(text, now); err != nil || !got.Equal(want) {
			t.Errorf("%q: %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "2", "h", "2x", "-2h", "tomorrow", "25:00", "2026-13-01", "999999w", "2h 3"} {
		if got, err := parseWhen(text, now); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
	since, until, err := window{Around: "2026-11-20 09:14"}.times(now)
	if err != nil || !since.Equal(at("2026-11-20 08:59:00")) || !until.Equal(at("2026-11-20 09:29:00")) {
		t.Error(since, until, err)
	}
	if since, until, err := (window{}).times(now); err != nil || !since.IsZero() || !until.IsZero() {
		t.Error(since, until, err)
	}
}

func TestByteSize(t *testing.T) {
	for text, want := range map[string]byteSize{"500": 500, "64kB": 64 << 10, "256 MB": 256 << 20, "2gb": 2 << 30, "7b": 7} {
		var got byteSize
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "MB", "-1", "0", "1.5GB", "2TB", "9999999GB", "1kbb", "much"} {
		var got byteSize
		if err := got.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%s is %d", text, got)
		}
	}
}

// TestHarmless holds that nothing reaches a terminal that makes it do something.
func TestHarmless(t *testing.T) {
	var out strings.Builder
	h := &harmless{w: &out}
	for _, b := range []byte("a\x1b[2Jb\tgrün\n\u009b31m\x07\r") { // byte by byte, as a pipe might
		if n, err := h.Write([]byte{b}); n != 1 || err != nil {
			t.Fatal(n, err)
		}
	}
	if got := out.String(); got != "a?[2Jb\tgrün\n\xc2?31m??" {
		t.Errorf("%q", got)
	}
}

func FuzzWhen(f *testing.F) {
	for _, s := range []string{"2h", "1d12h", "09:14", "2026-11-20 09:14", "0000-01-01", "9999w"} {
		f.Add(s)
	}
	now := time.Date(2026, 11, 20, 12, 30, 15, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		at, err := parseWhen(text, now)
		if err != nil {
			return
		}
		if span.MatchString(strings.TrimSpace(text)) && at.After(now) {
			t.Errorf("%q is %v", text, at)
		}
		var size byteSize
		if size.UnmarshalText([]byte(text)) == nil && size < 1 {
			t.Errorf("%q is %d bytes", text, size)
		}
	})
}
