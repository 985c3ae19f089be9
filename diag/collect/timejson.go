package collect

import (
	"bytes"
	"time"
)

// timeKeys are the names that logs in JSON have for the time, the more
// certain ones first.
var timeKeys = [][]byte{
	[]byte(`"@timestamp"`), []byte(`"timestamp"`), []byte(`"time"`), []byte(`"ts"`), []byte(`"@t"`), []byte(`"datetime"`),
	[]byte(`"asctime"`), []byte(`"date"`), []byte(`"t"`),
}

// jsonStamp finds the time in a line of JSON by its key's name, as writers
// put keys in any order. A key inside a text has its quotes escaped.
func (c lineClock) jsonStamp(line []byte) (time.Time, bool) {
	for _, key := range timeKeys {
		i := bytes.Index(line, key)
		if i < 1 || line[i-1] == '\\' {
			continue
		}
		rest := bytes.TrimLeft(line[i+len(key):], " ")
		if len(rest) == 0 || rest[0] != ':' {
			continue
		}
		rest = bytes.TrimLeft(rest[1:], " ")
		if bytes.HasPrefix(rest, []byte(`{"$date":`)) { // MongoDB
			rest = rest[len(`{"$date":`):]
		}
		rest = bytes.TrimLeft(rest, `"`)
		if len(rest) == 0 || rest[0] == '{' {
			continue
		}
		// At its own beginning: a text that mentions a time is not the time.
		if t, ok := c.stamp(rest[:min(len(rest), 40)]); ok {
			return t, true
		}
	}
	return time.Time{}, false
}
