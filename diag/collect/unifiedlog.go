package collect

import (
	"encoding/json"
	"io"
	"path"
	"time"
)

// unifiedEntry is what is read of an entry that macOS's log show --style ndjson prints.
type unifiedEntry struct {
	Time      string `json:"timestamp"` // 2026-11-20 09:14:01.123456+0100
	Type      string `json:"messageType"`
	Process   string `json:"processImagePath"`
	PID       int    `json:"processID"`
	Subsystem string `json:"subsystem"`
	Message   string `json:"eventMessage"`
}

// unifiedText turns log show's JSON, an object a line, into text. Its last
// line counts entries and is left out.
func unifiedText(r io.Reader, w io.Writer) (entries int, err error) {
	return eachLine(r, w, func(line []byte) ([]byte, bool) {
		var e unifiedEntry
		if json.Unmarshal(line, &e) != nil {
			return nil, false
		}
		at, err := time.Parse("2006-01-02 15:04:05.999999-0700", e.Time)
		if err != nil {
			return nil, e.Time == "" && e.Message == ""
		}
		entry := logEntry{at: at, from: path.Base(e.Process), pid: e.PID, message: e.Message}
		if e.Subsystem != "" {
			entry.message = "(" + e.Subsystem + ") " + e.Message
		}
		switch e.Type {
		case "Error":
			entry.level = "error"
		case "Fault":
			entry.level = "critical"
		}
		return entry.appendTo(nil), true
	})
}
