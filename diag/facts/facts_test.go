package facts

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestLines(t *testing.T) {
	const doc = `{
  "name": "büro-7",
  "boot_time": "2026-03-04T05:06:07+01:00",
  "uptime_seconds": 273600,
  "total_bytes": 16750372454,
  "used_percent": 43.219,
  "swap": {"total_bytes": 0, "active": false, "kind": null},
  "flags": ["up", "loopback"],
  "each_percent": [1.5, 100],
  "disks": [{"mount": "/", "use": {"free_bytes": 1536}}, {"mount": "/home", "problem": "two\nlines"}],
  "temperature_celsius": 61.5,
  "refresh_hz": 59.95,
  "width_pixels": 2560,
  "width_mm": 597,
  "bios_version": "1.2",
  "numbers": [{"id": 7}],
  "empty": []
}`
	want := []Line{
		{0, "name", "büro-7", false},
		{0, "boot", "2026-03-04 05:06:07 +01:00", false},
		{0, "uptime", "3 days 4 hours", false},
		{0, "total", "15.6 GB", false},
		{0, "used", "43.2 %", false},
		{0, "swap", "", false},
		{1, "total", "0 bytes", false},
		{1, "active", "no", false},
		{1, "kind", "unknown", false},
		{0, "flags", "up, loopback", false},
		{0, "each", "1.5 %, 100 %", false},
		{0, "disks", "", false},
		{1, "/", "", true},
		{2, "use", "", false},
		{3, "free", "1.5 kB", false},
		{1, "/home", "", true},
		{2, "problem", "two lines", false},
		{0, "temperature", "61.5 °C", false},
		{0, "refresh", "59.95 Hz", false},
		{0, "width", "2560 pixels", false},
		{0, "width", "597 mm", false},
		{0, "BIOS version", "1.2", false},
		{0, "numbers", "", false},
		{1, "1", "", true},
		{2, "id", "7", false},
		{0, "empty", "none", false},
	}
	got, err := Lines([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestSeconds(t *testing.T) {
	for f, want := range map[float64]string{
		0: "0 s", 1.256: "1.26 s", 59: "59 s", 60: "1 minute", 61: "1 minute 1 second", 3600: "1 hour",
		3660: "1 hour 1 minute", 3601: "1 hour", 86400: "1 day", 90000: "1 day 1 hour", 1e13: "1e+13 s",
	} {
		if got := seconds(f); got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
}

func TestSize(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 bytes", 1: "1 byte", 1023: "1023 bytes", 1024: "1.0 kB", 1536: "1.5 kB", 1<<20 - 1: "1.0 MB",
		8 << 20: "8.0 MB", 150 << 20: "150 MB", 2040109465: "1.9 GB", 1 << 40: "1.0 TB", 1 << 60: "1024 PB",
	} {
		if got := Size(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestBounds(t *testing.T) {
	lines, err := Lines([]byte("[" + strings.Repeat(`{"a":1},`, MaxLines) + "{}]"))
	if err != nil || len(lines) != MaxLines+1 || lines[MaxLines].Value != "the rest is left out" {
		t.Errorf("%d lines, %v", len(lines), err)
	}
	if _, err := Lines([]byte(strings.Repeat("[", 1000))); err == nil {
		t.Error("brackets without end were taken")
	}
	lines, err = Lines([]byte(`"` + strings.Repeat("ä", 10_000) + `"`))
	if err != nil || utf8.RuneCountInString(lines[0].Value) != MaxValue {
		t.Errorf("%v, %v", lines, err)
	}
	for _, bad := range []string{"", "{", "no JSON", "{}{}", `{"a":}`, "[1", strings.Repeat(" ", MaxInput+1)} {
		if _, err := Lines([]byte(bad)); err == nil {
			t.Errorf("%.20q was taken", bad)
		}
	}
}

// FuzzLines holds that every line fits on a screen, whatever is read.
func FuzzLines(f *testing.F) {
	f.Add([]byte(`{"name":"a","used_percent":1e300,"list":[1,{"a":[[]]},"x"],"time":"","_bytes":1}`))
	f.Add([]byte(`[[{"a_time":"2026-03-04T05:06:07Z"}],null,true]`))
	f.Add([]byte(`{"up_seconds":-1,"a_milliseconds":0.5,"b_mhz":3200.5}`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		lines, err := Lines(doc)
		if err != nil {
			return
		}
		if len(lines) > MaxLines+1 {
			t.Fatalf("%d lines", len(lines))
		}
		for i, l := range lines {
			if l.Depth > MaxDepth+1 || l.Depth < 0 || i == 0 && l.Depth > 1 {
				t.Errorf("line %d lies %d deep", i, l.Depth)
			}
			for _, s := range []string{l.Key, l.Value} {
				if !utf8.ValidString(s) || strings.ContainsAny(s, "\n\r\x00") || utf8.RuneCountInString(s) > MaxValue {
					t.Errorf("line %d: %.100q", i, s)
				}
			}
		}
	})
}
