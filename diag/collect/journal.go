package collect

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"time"
)

// journalEntry is what is read of an entry in journalctl's JSON
// (systemd.journal-fields(7), systemd's JOURNAL_EXPORT_FORMATS).
type journalEntry struct {
	Time       string       `json:"__REALTIME_TIMESTAMP"` // microseconds since 1970
	Host       journalField `json:"_HOSTNAME"`
	Identifier journalField `json:"SYSLOG_IDENTIFIER"`
	Command    journalField `json:"_COMM"`
	Unit       journalField `json:"_SYSTEMD_UNIT"`
	PID        journalField `json:"_PID"`
	SyslogPID  journalField `json:"SYSLOG_PID"`
	Priority   journalField `json:"PRIORITY"`
	Message    journalField `json:"MESSAGE"`
}

// journalField is a field's value: a text, a list of bytes if it is none in
// UTF-8, a list of values if it came more than once, null if it is too large.
type journalField string

func (f *journalField) UnmarshalJSON(b []byte) error {
	var text string
	if json.Unmarshal(b, &text) == nil {
		*f = journalField(text)
		return nil
	}
	var numbers []int
	if json.Unmarshal(b, &numbers) == nil {
		raw := make([]byte, 0, len(numbers))
		for _, n := range numbers {
			raw = append(raw, byte(n))
		}
		*f = journalField(raw)
		return nil
	}
	var several []journalField
	if json.Unmarshal(b, &several) == nil && len(several) > 0 {
		*f = several[0]
		return nil
	}
	*f = ""
	return nil
}

// journalText turns journalctl's JSON, an object a line, into text. What is
// no such object passes as it is.
func journalText(r io.Reader, w io.Writer) (entries int, err error) {
	return eachLine(r, w, func(line []byte) ([]byte, bool) {
		var e journalEntry
		if json.Unmarshal(line, &e) != nil {
			return nil, false
		}
		micros, err := strconv.ParseInt(e.Time, 10, 64)
		if err != nil {
			return nil, false
		}
		entry := logEntry{at: time.UnixMicro(micros), host: string(e.Host), level: "", message: string(e.Message)}
		for _, from := range []journalField{e.Identifier, e.Command, e.Unit} {
			if entry.from == "" {
				entry.from = string(from)
			}
		}
		for _, pid := range []journalField{e.SyslogPID, e.PID} {
			if n, err := strconv.Atoi(string(pid)); err == nil && entry.pid == 0 {
				entry.pid = n
			}
		}
		if n, err := strconv.Atoi(string(e.Priority)); err == nil {
			entry.level = levelOf(n)
		}
		return entry.appendTo(nil), true
	})
}

// maxEntry is how long one line of a program's JSON may be; a longer one is left out.
const maxEntry = 1 << 20

// eachLine turns each line into a text with what parse makes of it, or passes
// it as it is. entries counts those that parse knew.
func eachLine(r io.Reader, w io.Writer, parse func(line []byte) ([]byte, bool)) (entries int, err error) {
	in := bufio.NewReaderSize(r, maxEntry)
	for {
		line, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			if _, err := io.WriteString(w, "[an entry of more than 1 MB is left out]\n"); err != nil {
				return entries, err
			}
			for errors.Is(err, bufio.ErrBufferFull) {
				_, err = in.ReadSlice('\n')
			}
			line = nil
		}
		if len(line) > 0 {
			text, ok := parse(line)
			if ok {
				entries++
			} else {
				text = line
			}
			if _, err := w.Write(text); err != nil {
				return entries, err
			}
		}
		if errors.Is(err, io.EOF) {
			return entries, nil
		}
		if err != nil {
			return entries, err
		}
	}
}
