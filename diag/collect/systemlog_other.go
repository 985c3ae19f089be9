//go:build !linux && !windows

package collect

// newSystemLog reads the unified log where there is one (macOS), else syslog.
func newSystemLog() systemLog {
	return systemLog{
		programs: []logProgram{{
			path: systemLogPath, source: "log show", program: "/usr/bin/log",
			args: []string{"show", "--last", "30m", "--style", "syslog"},
		}},
		files: []string{"/var/log/system.log", "/var/log/messages"},
	}
}
