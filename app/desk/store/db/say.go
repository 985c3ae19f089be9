package db

import (
	"database/sql/driver"
	"fmt"
	"strconv"
	"strings"
)

// say puts a statement and its arguments as the engine wants them: PostgreSQL
// numbers arguments, and has booleans, which are 0 and 1 here.
func (k Kind) say(query string, args []any) (string, []any, error) {
	if k == SQLite {
		return query, args, nil
	}
	plain := make([]any, len(args))
	for i, a := range args {
		v, err := driver.DefaultParameterConverter.ConvertValue(a)
		if err != nil {
			return "", nil, fmt.Errorf("argument %d: %w", i+1, err)
		}
		if is, ok := v.(bool); ok {
			v = int64(0)
			if is {
				v = int64(1)
			}
		}
		plain[i] = v
	}
	return numbered(query), plain, nil
}

// numbered makes each "?" outside of texts and comments a "$1", "$2", …
func numbered(query string) string {
	if !strings.Contains(query, "?") {
		return query
	}
	var b strings.Builder
	b.Grow(len(query) + 16)
	n := 0
	for i := 0; i < len(query); i++ {
		switch c := query[i]; {
		case c == '?':
			n++
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
		case c == '\'': // to its end; a doubled one begins another text at once
			end := strings.IndexByte(query[i+1:], '\'')
			if end < 0 {
				b.WriteString(query[i:])
				return b.String()
			}
			b.WriteString(query[i : i+end+2])
			i += end + 1
		case strings.HasPrefix(query[i:], "--"):
			end := strings.IndexByte(query[i:], '\n')
			if end < 0 {
				b.WriteString(query[i:])
				return b.String()
			}
			b.WriteString(query[i : i+end])
			i += end - 1
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
