//go:build !linux && !windows

package collect

import "time"

// unifiedTime is how long back the unified log is read without a window; it
// has thousands of entries a minute.
const unifiedTime = 30 * time.Minute

// newSystemLog reads the unified log where there is one (macOS), else syslog.
func newSystemLog(w window) systemLog {
	const form = "2006-01-02 15:04:05-0700"
	args := []string{"show", "--style", "ndjson"}
	if w.since.IsZero() && w.until.IsZero() {
		args = append(args, "--last", "30m")
	}
	if w.since.IsZero() && !w.until.IsZero() {
		w.since = w.until.Add(-unifiedTime)
	}
	if !w.since.IsZero() {
		args = append(args, "--start", w.since.Format(form))
	}
	if !w.until.IsZero() {
		args = append(args, "--end", w.until.Format(form))
	}
	return systemLog{
		window: w,
		programs: []logProgram{{
			path: systemLogPath, source: "log show", program: "/usr/bin/log", args: args, read: ending(unifiedText),
		}},
		files: []string{"/var/log/system.log", "/var/log/messages"},
	}
}
