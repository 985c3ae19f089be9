package collect

import (
	"fmt"
	"strconv"
	"time"
)

// newSystemLog reads the journal, or syslog's files where there is none.
func newSystemLog(w window) systemLog {
	lines := systemLogLines
	if !w.open() {
		lines = systemLogWindow
	}
	args := []string{
		"--no-pager", "--output=json", "--output-fields=" + journalFields, "--lines=" + strconv.Itoa(lines),
	}
	// Seconds since 1970 mean the same in every locale and zone.
	if !w.since.IsZero() {
		args = append(args, "--since=@"+seconds(w.since))
	}
	if !w.until.IsZero() {
		args = append(args, "--until=@"+seconds(w.until))
	}
	return systemLog{
		window: w,
		programs: []logProgram{{
			path: systemLogPath, source: "journalctl", program: "journalctl", lines: lines, args: args, read: ending(journalText),
		}},
		files: []string{"/var/log/syslog", "/var/log/messages"},
	}
}

func seconds(t time.Time) string { return fmt.Sprintf("%d.%06d", t.Unix(), t.Nanosecond()/1000) }

// journalFields is what journalEntry reads, as journalctl's argument.
const journalFields = "_HOSTNAME,SYSLOG_IDENTIFIER,_COMM,_SYSTEMD_UNIT,_PID,SYSLOG_PID,PRIORITY,MESSAGE"
