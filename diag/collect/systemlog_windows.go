package collect

import (
	"os"
	"path/filepath"
)

// newSystemLog reads the event log's two main channels.
func newSystemLog() systemLog {
	wevtutil := filepath.Join(os.Getenv("SystemRoot"), "System32", "wevtutil.exe")
	channel := func(name, path string) logProgram {
		return logProgram{
			path: path, source: name, program: wevtutil, also: true,
			args: []string{"query-events", name, "/count:1000", "/reversedirection:true", "/format:text"},
		}
	}
	return systemLog{programs: []logProgram{channel("System", systemLogPath), channel("Application", "logs/applications.log")}}
}
