package collect

import (
	"fmt"
	"strings"
	"time"
)

// logEntry is one message of a system's log, whatever system that is.
type logEntry struct {
	at      time.Time
	host    string // "" where a log is of one machine alone
	from    string // program or provider
	pid     int    // or the event's number; 0 if there is none
	level   string // "error", "warning", "critical", ...; "" if it is nothing special
	message string
}

// maxMessage is how much of one message is kept; core dumps come as messages too.
const maxMessage = 32 << 10

// appendTo writes the entry as one line, as journalctl's short-iso-precise
// has it, with its level in words before the message. What the message has
// more of lines stands indented below.
func (e logEntry) appendTo(text []byte) []byte {
	text = e.at.AppendFormat(text, "2006-01-02T15:04:05.000000-07:00")
	if e.host != "" {
		text = append(append(text, ' '), e.host...)
	}
	text = append(append(text, ' '), oneWord(e.from)...)
	if e.pid > 0 {
		text = fmt.Appendf(text, "[%d]", e.pid)
	}
	text = append(text, ": "...)
	message := strings.TrimRight(strings.ReplaceAll(e.message, "\r\n", "\n"), "\n\r \t")
	if len(message) > maxMessage {
		message = strings.ToValidUTF8(message[:maxMessage], "") + fmt.Sprintf("… (%d bytes more)", len(message)-maxMessage)
	}
	if e.level != "" && !mentions(message, e.level) {
		text = append(append(text, e.level...), ": "...)
	}
	text = append(text, strings.ReplaceAll(message, "\n", "\n    ")...)
	return append(text, '\n')
}

// mentions says whether a message begins with its level by itself.
func mentions(message, level string) bool {
	head := strings.ToLower(message[:min(len(message), 24)])
	return strings.Contains(head, level) || level == "warning" && strings.Contains(head, "warn") || level == "error" && strings.Contains(head, "err:")
}

// oneWord keeps what people cut lines by.
func oneWord(s string) string {
	if s == "" {
		return "unknown"
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "[", "(")), "-")
}

// levels are the words for syslog's severities (RFC 5424, section 6.2.1).
func levelOf(severity int) string {
	switch {
	case severity < 0:
		return ""
	case severity <= 2:
		return "critical"
	case severity == 3:
		return "error"
	case severity == 4:
		return "warning"
	}
	return ""
}
