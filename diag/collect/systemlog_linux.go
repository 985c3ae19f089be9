package collect

import "strconv"

func newSystemLog() systemLog {
	return systemLog{
		programs: []logProgram{{
			path: systemLogPath, source: "journalctl", program: "journalctl", lines: systemLogLines,
			args: []string{"--no-pager", "--output=short-iso", "--lines=" + strconv.Itoa(systemLogLines)},
		}},
		files: []string{"/var/log/syslog", "/var/log/messages"},
	}
}
