package collect

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// ClockFacts is what time the machine believes it is.
type ClockFacts struct {
	Now          time.Time     `json:"clock_time"`
	Zone         string        `json:"time_zone"`         // IANA or Windows name: "Europe/Berlin"
	Abbreviation string        `json:"zone_abbreviation"` // "CET"
	Offset       float64       `json:"ahead_of_utc_seconds"`
	Hardware     *time.Time    `json:"hardware_clock_time,omitempty"`
	HardwareSkew *float64      `json:"hardware_clock_skew_seconds,omitempty"` // positive: it is ahead of the system's clock
	LocalRTC     *bool         `json:"hardware_clock_in_local_time,omitempty"`
	Synchronised *bool         `json:"synchronised,omitempty"` // nil: the system does not say
	Service      string        `json:"service,omitempty"`      // what keeps the time: "chronyd", "w32time"
	Configured   []string      `json:"configured_servers,omitempty"`
	Servers      []ServerClock `json:"servers,omitempty"` // those that were asked: the profile's
}

// ServerClock is one time server's answer (SNTP, RFC 4330).
type ServerClock struct {
	Server    string   `json:"server"`
	Skew      *float64 `json:"skew_seconds,omitempty"` // positive: this machine is ahead; nil: see problem
	RoundTrip float64  `json:"round_trip_milliseconds,omitempty"`
	Stratum   int      `json:"stratum,omitempty"`
	Problem   string   `json:"problem,omitempty"`
}

// clock is the machine's and, if the profile names servers, theirs.
type clock struct {
	machine
	servers []string
	now     func() time.Time
}

func newClock(m machine, servers []string) clock {
	return clock{machine: m, servers: servers, now: time.Now}
}

// maxTimeServers is how many time servers are asked.
const maxTimeServers = 8

func (clock) Name() string  { return "clock" }
func (clock) Title() string { return titleClock }

func (c clock) Collect(ctx context.Context, s Sink) error {
	now := c.now()
	abbreviation, offset := now.Zone()
	f := ClockFacts{Now: now, Zone: c.zoneName(), Abbreviation: abbreviation, Offset: float64(offset)}
	switch c.system {
	case "linux":
		f.linux(c.machine, now)
	case "windows":
		f.windows(c.hive)
	case "darwin":
		f.Service = "timed"
		for line := range strings.Lines(c.text("/etc/ntp.conf")) {
			if v := strings.Fields(line); len(v) > 1 && v[0] == "server" {
				f.Configured = append(f.Configured, v[1])
			}
		}
	}
	f.Servers = make([]ServerClock, min(len(c.servers), maxTimeServers))
	var asked sync.WaitGroup
	for i := range f.Servers {
		asked.Go(func() { f.Servers[i] = askTime(ctx, c.servers[i]) })
	}
	asked.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	return writeFacts(s, "system/clock.json", titleClock, f)
}

// zoneName is the zone's name: the system's setting, not this program's TZ.
func (c clock) zoneName() string {
	if c.hive != nil {
		return regText(c.hive.values(`HKLM\SYSTEM\CurrentControlSet\Control\TimeZoneInformation`), "TimeZoneKeyName")
	}
	if target, err := os.Readlink(c.path("/etc/localtime")); err == nil {
		if _, name, ok := strings.Cut(filepath.ToSlash(target), "zoneinfo/"); ok {
			return name
		}
	}
	if name := c.text("/etc/timezone"); name != "" {
		return name
	}
	return "UTC"
}

func (f *ClockFacts) linux(m machine, now time.Time) {
	if n := m.number("/sys/class/rtc/rtc0/since_epoch"); n != nil {
		t := time.Unix(int64(*n), 0).UTC()
		f.Hardware = &t
		skew := round(t.Sub(now).Seconds())
		if strings.HasSuffix(m.text("/etc/adjtime"), "LOCAL") {
			local := true
			f.LocalRTC = &local
			skew = round(skew - f.Offset)
		}
		if abs(skew) < 2 { // it counts whole seconds
			skew = 0
		}
		f.HardwareSkew = &skew
	}
	if m.root == "" {
		f.Synchronised = synchronised()
	}
	for _, name := range []string{"chronyd", "ntpd", "systemd-timesyn", "openntpd"} {
		if f.Service == "" && m.running(name) {
			f.Service = strings.Replace(name, "timesyn", "timesyncd", 1)
		}
	}
	for _, file := range []string{"/etc/chrony/chrony.conf", "/etc/chrony.conf", "/etc/ntp.conf", "/etc/ntpsec/ntp.conf"} {
		for line := range strings.Lines(m.text(file)) {
			if v := strings.Fields(line); len(v) > 1 && (v[0] == "server" || v[0] == "pool") {
				f.Configured = append(f.Configured, v[1])
			}
		}
	}
	if list := keyValues(m.text("/etc/systemd/timesyncd.conf"), "=")["NTP"]; list != "" {
		f.Configured = append(f.Configured, strings.Fields(list)...)
	}
}

func abs(f float64) float64 { return max(f, -f) }

func (f *ClockFacts) windows(h hive) {
	if h == nil {
		return
	}
	v := h.values(`HKLM\SYSTEM\CurrentControlSet\Services\W32Time\Parameters`)
	if regText(v, "Type") != "NoSync" {
		f.Service = "w32time"
	}
	for server := range strings.FieldsSeq(regText(v, "NtpServer")) {
		name, _, _ := strings.Cut(server, ",") // flags stand behind
		f.Configured = append(f.Configured, name)
	}
	zone := h.values(`HKLM\SYSTEM\CurrentControlSet\Control\TimeZoneInformation`)
	f.LocalRTC = new(regNumber(zone, "RealTimeIsUniversal") == nil)
}
