package collect

import (
	"testing"
	"time"
)

// berlin is written out so that no zone database is needed.
func berlin() *time.Location { return time.FixedZone("CET", 3600) }

func testClock() lineClock {
	return lineClock{zone: berlin(), near: time.Date(2026, 11, 20, 12, 0, 0, 0, berlin()), dayFirst: true}
}

func TestStamps(t *testing.T) {
	const want = "2026-11-20T08:14:01Z"
	for name, line := range map[string]string{
		"ISO":                  "2026-11-20T09:14:01 started",
		"ISO with zone":        "2026-11-20T10:14:01+02:00 started",
		"ISO in UTC":           "2026-11-20T08:14:01.123456Z INFO started",
		"ISO short zone":       "2026-11-20 05:14:01-03 started",
		"blank, comma":         "2026-11-20 09:14:01,123 [main] INFO started",
		"brackets":             "[2026-11-20 09:14:01] production.ERROR: started",
		"level first":          "ERROR 2026-11-20 09:14:01,5 started",
		"slashes":              "2026/11/20 09:14:01 started",
		"nginx":                "2026/11/20 09:14:01 [error] 29#29: *1 open() failed",
		"basic":                "20261120T091401 started",
		"basic in UTC":         "20261120T081401Z started",
		"basic with colons":    "20261120 09:14:01 started",
		"dash before time":     "2026-11-20-09:14:01 started",
		"German":               "20.11.2026 09:14:01 gestartet",
		"German, short year":   "20.11.26 09:14:01 gestartet",
		"German, comma":        "20.11.2026, 09:14:01: gestartet",
		"German month":         "20 Nov. 2026 09:14:01 gestartet",
		"Dutch":                "20-11-2026 09:14:01 gestart",
		"day first":            "20/11/2026 09:14:01 started",
		"month first by value": "11/20/2026 09:14:01 started",
		"AM":                   "11/20/2026 9:14:01 AM started",
		"PM":                   "11/20/2026 8:14:01 PM +1200 started",
		"Apache access":        `192.168.1.20 - - [20/Nov/2026:09:14:01 +0100] "GET / HTTP/1.1" 200 12`,
		"Apache error":         "[Fri Nov 20 09:14:01.123456 2026] [core:error] [pid 12] started",
		"ctime":                "Fri Nov 20 09:14:01 2026: started",
		"syslog":               "Nov 20 09:14:01 host program[12]: started",
		"syslog, priority":     "<34>Nov 20 09:14:01 host program: started",
		"RFC 5424":             "<34>1 2026-11-20T08:14:01.003Z host program - ID47 - started",
		"year in between":      "Nov 20 2026 09:14:01 started",
		"log4j":                "20 Nov 2026 09:14:01,123 started",
		"Oracle":               "20-NOV-2026 09:14:01 * started",
		"RFC 1123":             "Fri, 20 Nov 2026 08:14:01 GMT started",
		"klog":                 "I1120 09:14:01.123456   12 server.go:1] started",
		"epoch":                "1795162441.123 started",
		"epoch in brackets":    "[1795162441] SERVICE ALERT: started",
		"epoch, thousandths":   "1795162441123 started",
		"audit":                "type=AVC msg=audit(1795162441.123:456): avc: denied",
		"logfmt":               `time="2026-11-20T09:14:01+01:00" level=info msg=started`,
		"logfmt, ts":           `ts=1795162441.5 level=info msg=started`,
		"JSON":                 `{"level":"info","msg":"on 2020-01-01 00:00:00 it was otherwise","time":"2026-11-20T09:14:01+01:00"}`,
		"JSON, zap":            `{"level":"info","ts":1795162441.123,"msg":"started"}`,
		"JSON, pino":           `{"level":30,"time":1795162441123,"msg":"started"}`,
		"JSON, logstash":       `{"@timestamp":"2026-11-20T08:14:01.123Z","message":"x"}`,
		"JSON, MongoDB":        `{"t":{"$date":"2026-11-20T09:14:01.123+01:00"},"s":"I"}`,
		"CBS":                  "2026-11-20 09:14:01, Info                  CBS    started",
		"zone by name":         "2026-11-20 08:14:01 UTC LOG:  started",
		"postgres":             "2026-11-20 09:14:01.123 CET [12] LOG:  started",
		"XML":                  `<event time="2026-11-20T08:14:01Z">`,
	} {
		at, ok := testClock().stamp([]byte(line))
		if got := at.UTC().Truncate(time.Second).Format(time.RFC3339); !ok || got != want {
			t.Errorf("%s: %q gave %v, %v", name, line, got, ok)
		}
	}
}

func TestNoStamps(t *testing.T) {
	for _, line := range []string{
		"", "text", "\tat com.example.Main(Main.java:12)", "version 1.2.19", "10.11.12.13 is an address", "Caused by: it broke",
		"2026-13-20 09:14:01", "2026-02-30 09:14:01", "2026-11-20 25:14:01", "2026-11-20", "09:14:01", "31.04.2026 10:00:00",
		"total 1234567890123", "id 99999999999999999999 x", "0000000000", "Nov 20", "Mon", "{", `{"time":`, `{"time":{"time":{"time":1}}}`,
	} {
		if at, ok := testClock().stamp([]byte(line)); ok {
			t.Errorf("%q gave %v", line, at)
		}
	}
}

// TestYearsLeftOut takes the year from when the log was last written.
func TestYearsLeftOut(t *testing.T) {
	c := lineClock{zone: time.UTC, near: time.Date(2027, 1, 2, 3, 0, 0, 0, time.UTC)}
	for line, want := range map[string]string{
		"Dec 31 23:59:59 x": "2026-12-31", "Jan  2 02:00:00 x": "2027-01-02", "Feb 29 01:00:00 x": "2024-02-29", "Jan  3 02:00:00 x": "2027-01-03",
	} {
		if at, ok := c.stamp([]byte(line)); !ok || at.Format(time.DateOnly) != want {
			t.Errorf("%q gave %v", line, at)
		}
	}
}

// TestCalibrate finds out what lines mean from when the file was last written.
func TestCalibrate(t *testing.T) {
	old := time.Local
	time.Local = berlin()
	defer func() { time.Local = old }()
	changed := time.Date(2026, 5, 6, 9, 14, 2, 0, berlin())
	want := time.Date(2026, 5, 6, 9, 14, 1, 0, berlin())
	for _, line := range []string{
		"2026-05-06 09:14:01 local", "2026-05-06 08:14:01 in UTC", "06/05/2026 09:14:01 European", "05/06/2026 09:14:01 American",
		"05/06/2026 08:14:01 American in UTC", "2026-05-06T09:14:01+01:00 with zone",
	} {
		c := calibrate([]byte(line), encoding{}, changed)
		if at, ok := c.stamp([]byte(line)); !ok || !at.Equal(want) {
			t.Errorf("%q gave %v", line, at)
		}
	}
}

// FuzzStamp holds that nothing upsets the recognition, and that what it says is a time of a log.
func FuzzStamp(f *testing.F) {
	f.Add([]byte("2026-11-20T09:14:01.5+01:00"))
	f.Add([]byte(`{"time":"Nov 20 09:14:01"}`))
	f.Add([]byte("[20/Nov/2026:09:14:01 +0100]"))
	f.Add([]byte("I1120 09:14:01 1795162441"))
	f.Fuzz(func(t *testing.T, line []byte) {
		at, ok := testClock().stamp(line)
		if y := at.UTC().Year(); ok && (y < 1979 || y > 2201) {
			t.Errorf("%q gave %v", line, at)
		}
		for _, e := range []encoding{orderOf([]byte("\xff\xfe")), orderOf([]byte("\xfe\xff"))} {
			if n := e.lineEnd(line); n > len(line) || n >= 0 && n%2 != 0 {
				t.Errorf("%q has a line of %d bytes", line, n)
			}
		}
	})
}

// FuzzStampRoundTrip writes a time in every form and reads it back.
func FuzzStampRoundTrip(f *testing.F) {
	f.Add(int64(1795162441), "started")
	f.Add(int64(951782400), "[main] 12:13:14")
	f.Fuzz(func(t *testing.T, unix int64, rest string) {
		unix = 946684800 + (unix%3155760000+3155760000)%3155760000 // from 2000 to 2099
		want := time.Unix(unix, 0).In(berlin())
		c := lineClock{zone: berlin(), near: want, dayFirst: true}
		for _, form := range []string{
			time.RFC3339, time.DateTime, "2006/01/02 15:04:05", "02.01.2006 15:04:05", "02.01.06 15:04:05", "02-01-2006 15:04:05", "02/01/2006 15:04:05",
			"[02/Jan/2006:15:04:05 -0700]", "Jan _2 15:04:05", "Mon Jan _2 15:04:05 2006", "20060102T150405", "I0102 15:04:05.000000",
			"Mon, 02 Jan 2006 15:04:05 -0700", "02 Jan 2006 15:04:05", "02-Jan-2006 15:04:05", "2006-01-02 03:04:05 PM",
		} {
			line := want.Format(form) + " x " + rest
			if at, ok := c.stamp([]byte(line)); !ok || !at.Truncate(time.Second).Equal(want) {
				t.Errorf("%q gave %v, %v instead of %v", line, at, ok, want)
			}
		}
	})
}
