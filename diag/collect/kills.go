package collect

import (
	"encoding/xml"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The kernel writes, of each kill (mm/oom_kill.c): first the constraint, then
// who was killed. Older kernels write "Out of memory: Kill process" as well.
var (
	oomCause  = regexp.MustCompile(`oom-kill:constraint=(\w+).*?(?:oom_memcg=([^,\s]+))?,`)
	oomGroup  = regexp.MustCompile(`oom_memcg=([^,\s]+)`)
	oomKilled = regexp.MustCompile(`Killed process (\d+)(?:,)? \(([^)]*)\).*?anon-rss:(\d+)kB(?:, file-rss:(\d+)kB)?(?:, shmem-rss:(\d+)kB)?`)
)

// parseKills finds the kills in a kernel's log, newest first. at reads the
// time of a line.
func parseKills(text string, at func(line string) *time.Time) []OOMKill {
	all := []OOMKill{}
	cause := ""
	for line := range strings.Lines(text) {
		if m := oomCause.FindStringSubmatch(line); m != nil {
			cause = "the machine's memory"
			if g := oomGroup.FindStringSubmatch(line); g != nil && m[1] == "CONSTRAINT_MEMCG" {
				cause = "the limit of " + g[1]
			}
			continue
		}
		m := oomKilled.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		k := OOMKill{Process: m[2], At: at(line), Cause: cause}
		k.PID, _ = strconv.Atoi(m[1])
		for _, kilobytes := range m[3:] {
			n, _ := strconv.ParseUint(kilobytes, 10, 64) // what is missing counts nothing
			k.Memory += n << 10
		}
		if strings.Contains(line, "Memory cgroup out of memory") && cause == "" {
			k.Cause = "the limit of a control group"
		}
		all, cause = append(all, k), ""
	}
	slices.Reverse(all)
	return all
}

// isoTime reads the time at a line's beginning, RFC 3339 or nearly so.
func isoTime(line string) *time.Time {
	first, _, _ := strings.Cut(line, " ")
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04:05,000000-07:00"} {
		if t, err := time.Parse(layout, first); err == nil {
			return &t
		}
	}
	return nil
}

// syslogTime reads "Mar  4 05:06:07", too, which has no year: that of the
// file's last line, or the one before.
func syslogTime(written *time.Time) func(string) *time.Time {
	return func(line string) *time.Time {
		if t := isoTime(line); t != nil || written == nil || len(line) < 15 {
			return t
		}
		t, err := time.ParseInLocation("2006 Jan _2 15:04:05", strconv.Itoa(written.Year())+" "+line[:15], time.Local)
		if err != nil {
			return nil
		}
		if t.After(written.Add(24 * time.Hour)) {
			t = t.AddDate(-1, 0, 0)
		}
		return &t
	}
}

// exhaustion is what an event of the detector is made of: up to three
// programs with what they had been promised.
type exhaustion struct {
	System struct {
		TimeCreated struct {
			SystemTime string `xml:"SystemTime,attr"`
		}
	}
	UserData struct {
		Info struct {
			ProcessInfo struct {
				Process []struct {
					Name         string
					ID           int
					CommitCharge uint64
				} `xml:",any"`
			}
		} `xml:"MemoryExhaustionInfo"`
	}
}

// parseExhausted reads events, one behind the other, without a root.
func parseExhausted(text string) []OOMKill {
	d := xml.NewDecoder(strings.NewReader(text))
	all := []OOMKill{}
	for {
		token, err := d.Token()
		if err != nil {
			return all
		}
		start, ok := token.(xml.StartElement)
		var e exhaustion
		if !ok || start.Name.Local != "Event" || d.DecodeElement(&e, &start) != nil {
			continue
		}
		for _, p := range e.UserData.Info.ProcessInfo.Process {
			if p.Name == "" {
				continue
			}
			k := OOMKill{Process: p.Name, PID: p.ID, Memory: p.CommitCharge, Cause: "the machine's memory: it held most and was not ended"}
			if t, err := time.Parse(time.RFC3339, e.System.TimeCreated.SystemTime); err == nil {
				k.At = &t
			}
			all = append(all, k)
		}
	}
}
