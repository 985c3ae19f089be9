package collect

import (
	"context"
	"slices"
	"strings"
	"time"
)

// OOMFacts is which programs were ended because memory ran out.
type OOMFacts struct {
	Kills  *uint64   `json:"kills_since_start,omitempty"` // the kernel's count; nil: it does not say
	Events []OOMKill `json:"events"`                      // newest first
	Source string    `json:"source,omitempty"`            // which log told the events; "" none could be read
	Notes  []string  `json:"notes,omitempty"`
}

// OOMKill is one program's end.
type OOMKill struct {
	Process string     `json:"process"`
	PID     int        `json:"pid,omitempty"`
	At      *time.Time `json:"kill_time,omitempty"`
	Memory  uint64     `json:"memory_bytes,omitempty"` // that it held
	Cause   string     `json:"cause,omitempty"`        // "the machine's memory", "the limit of /system.slice/app.service"
}

// oom is read of the kernel's log, or of Windows' event log.
type oom struct{ machine }

// maxKills is how many are listed.
const maxKills = 200

func (oom) Name() string  { return "oom" }
func (oom) Title() string { return titleOOM }

func (c oom) Collect(ctx context.Context, s Sink) error {
	f := OOMFacts{Events: []OOMKill{}}
	switch c.system {
	case "linux":
		f.Kills = parseNumber(keyValues(c.text("/proc/vmstat"), " ")["oom_kill"])
		f.kernelLog(ctx, c.machine)
	case "windows":
		f.exhausted(ctx, c.machine)
	case "darwin":
		f.jetsam(c.machine)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if f.Kills == nil && f.Source == "" {
		return absent("this system does not tell whether programs were ended for want of memory")
	}
	f.Events = f.Events[:min(len(f.Events), maxKills)]
	return writeFacts(s, "system/oom.json", titleOOM, f)
}

// kernelLog takes the first log that has the kernel's messages: the journal,
// which reaches back behind the start, syslog's file, or the kernel's own.
func (f *OOMFacts) kernelLog(ctx context.Context, m machine) {
	text, _, err := m.programs.run(ctx, "journalctl", "_TRANSPORT=kernel", "--since=-30d", "--output=short-iso", "--no-pager", "--quiet", "--grep=oom-kill:|Out of memory|Killed process")
	if err == nil && len(text) > 0 {
		f.Source, f.Events = "journalctl", parseKills(string(text), isoTime)
		return
	}
	for _, file := range []string{"/var/log/kern.log", "/var/log/syslog", "/var/log/messages"} {
		if b, err := m.readEnd(file, 8<<20); err == nil && len(b) > 0 {
			f.Source, f.Events = file, parseKills(string(b), syslogTime(m.modified(file)))
			return
		}
		if m.denied(file) {
			f.Notes = append(f.Notes, file+" may not be read")
		}
	}
	text, exit, err := m.programs.run(ctx, "dmesg", "--time-format=iso")
	if err == nil && exit == 0 {
		f.Source, f.Events = "dmesg", parseKills(string(text), isoTime)
		return
	}
	f.Notes = append(f.Notes, "the kernel's log may not be read")
}

// exhausted asks for the events that Windows' memory ran out and who held it.
func (f *OOMFacts) exhausted(ctx context.Context, m machine) {
	const query = "*[System[Provider[@Name='Microsoft-Windows-Resource-Exhaustion-Detector'] and EventID=2004]]"
	text, exit, err := m.programs.run(ctx, "wevtutil", "query-events", "System", "/query:"+query, "/count:50", "/reversedirection:true", "/format:xml")
	if err != nil || exit != 0 {
		f.Notes = append(f.Notes, "the event log could not be asked")
		return
	}
	f.Source, f.Events = "event log", parseExhausted(windowsText(text))
}

// jetsam lists the reports that macOS writes when it ends programs.
func (f *OOMFacts) jetsam(m machine) {
	f.Source = "/Library/Logs/DiagnosticReports"
	for _, name := range m.names(f.Source) {
		if strings.HasPrefix(name, "JetsamEvent") {
			f.Events = append(f.Events, OOMKill{Process: name, At: m.modified(f.Source + "/" + name), Cause: "the machine's memory"})
		}
	}
	slices.SortStableFunc(f.Events, func(a, b OOMKill) int { return later(b.At, a.At) })
}
