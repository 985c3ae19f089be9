//go:build unix

package collect

import (
	"encoding/binary"
	"math"
	"net"
	"os"
	"strings"
	"testing"
	"time"
)

// timeServer answers with its clock as far off as told; change spoils answers.
func timeServer(t *testing.T, off time.Duration, change func([]byte) []byte) string {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		b := make([]byte, 512)
		for {
			n, from, err := conn.ReadFrom(b)
			if err != nil {
				return
			}
			p := make([]byte, ntpSize)
			p[0], p[1] = 4<<3|4, 2
			copy(p[24:], b[40:n])
			now := time.Now().Add(off)
			for _, at := range []int{32, 40} {
				binary.BigEndian.PutUint32(p[at:], uint32(now.Unix()+2_208_988_800))
				binary.BigEndian.PutUint32(p[at+4:], uint32(int64(now.Nanosecond())<<32/1e9))
			}
			if change != nil {
				p = change(p)
			}
			conn.WriteTo(p, from)
		}
	}()
	return conn.LocalAddr().String()
}

func TestSNTP(t *testing.T) {
	const year = 365 * 24 * time.Hour
	for name, off := range map[string]time.Duration{"right": 0, "behind": 90 * time.Second, "ten years ahead": -10 * year, "twenty years behind": 20 * year} {
		t.Run(name, func(t *testing.T) {
			c := askTime(t.Context(), timeServer(t, off, nil))
			if c.Problem != "" || c.Skew == nil || math.Abs(*c.Skew+off.Seconds()) > 1 || c.Stratum != 2 {
				t.Errorf("%+v, skew %v", c, *c.Skew)
			}
		})
	}
	for name, c := range map[string]struct {
		change func([]byte) []byte
		want   string
	}{
		"refuses":        {func(p []byte) []byte { p[1] = 0; copy(p[12:], "RATE"); return p }, `the server refuses: "RATE"`},
		"does not know":  {func(p []byte) []byte { p[0] |= 3 << 6; return p }, "the server does not know the time itself"},
		"is no server":   {func(p []byte) []byte { p[0] = 4<<3 | 3; return p }, "the answer is not a server's"},
		"somebody else":  {func(p []byte) []byte { p[24]++; return p }, "no answer within 2s"},
		"answers little": {func(p []byte) []byte { return p[:20] }, "no answer within 2s"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := askTime(t.Context(), timeServer(t, 0, c.change)); got.Problem != c.want {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestNTPTime(t *testing.T) {
	b := make([]byte, 8)
	binary.BigEndian.PutUint32(b, 100) // 100 s into the second era, which begins in 2036
	if got := ntpTime(b, time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC)); !got.Equal(time.Date(2036, 2, 7, 6, 29, 56, 0, time.UTC)) {
		t.Error(got)
	}
}

func TestClock(t *testing.T) {
	m := plant(t, "notebook")
	c := newClock(m, []string{timeServer(t, 5*time.Second, nil), "no such host.invalid"})
	now := time.Unix(1_772_603_530, 0)
	c.now = func() time.Time { return now }
	got := collected[ClockFacts](t, c, "system/clock.json")
	if len(got.Servers) != 2 || got.Servers[0].Skew == nil || math.Abs(*got.Servers[0].Skew+5) > 1 || got.Servers[1].Problem == "" {
		t.Errorf("%+v", got.Servers)
	}
	got.Servers = nil
	abbreviation, offset := now.Zone()
	same(t, ClockFacts{
		Now: got.Now, Zone: "Europe/Berlin", Abbreviation: abbreviation, Offset: float64(offset), Hardware: new(time.Unix(1_772_603_500, 0)), HardwareSkew: new(-30.0),
		Service: "chronyd", Configured: []string{"2.debian.pool.ntp.org", "ntp.example.com"},
	}, got)
	if got := collected[ClockFacts](t, newClock(plant(t, "mac"), nil), "system/clock.json"); got.Zone != "Europe/Amsterdam" || got.Service != "timed" {
		t.Errorf("%+v", got)
	}
	got = collected[ClockFacts](t, newClock(plant(t, "windows"), nil), "system/clock.json")
	if got.Zone != "W. Europe Standard Time" || got.Service != "w32time" || strings.Join(got.Configured, " ") != "time.windows.com ntp.example.com" || !*got.LocalRTC {
		t.Errorf("%+v", got)
	}
}

// TestSystemProgram holds that programs are found in the system's folders alone.
func TestSystemProgram(t *testing.T) {
	if got := systemProgram("sh"); !strings.HasSuffix(got, "/sh") {
		t.Error(got)
	}
	t.Chdir(t.TempDir())
	os.WriteFile("here", []byte("#!/bin/sh\n"), 0o700)
	t.Setenv("PATH", ".")
	for _, name := range []string{"here", "./here", "../../bin/sh", "/none/here"} {
		if got := systemProgram(name); got != "" {
			t.Errorf("%s: %s", name, got)
		}
	}
}
