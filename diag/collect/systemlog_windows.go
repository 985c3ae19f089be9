package collect

import (
	"os"
	"path/filepath"
)

// newSystemLog reads the event log's two main channels, and that of what was installed.
func newSystemLog(w window) systemLog {
	wevtutil := filepath.Join(os.Getenv("SystemRoot"), "System32", "wevtutil.exe")
	count := "2000"
	if !w.open() {
		count = "20000"
	}
	channel := func(name, path string) logProgram {
		return logProgram{
			path: path, source: name, program: wevtutil, also: true, read: eventText,
			args: []string{
				"query-events", name, "/query:" + eventQuery(w), "/count:" + count, "/reversedirection:true",
				"/format:RenderedXml", "/unicode:true",
			},
		}
	}
	return systemLog{window: w, programs: []logProgram{
		channel("System", systemLogPath), channel("Application", "logs/applications.log"), channel("Setup", "logs/setup.log"),
	}}
}
