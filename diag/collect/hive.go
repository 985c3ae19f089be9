package collect

import (
	"strings"
	"time"
)

// hive is the Windows registry. Keys begin with HKLM or HKCU.
type hive interface {
	// values gives a key's values by name: string, []string, uint64 or
	// []byte; nil if there is no such key or it may not be read.
	values(key string) map[string]any
	// keys lists the keys below a key.
	keys(key string) []string
}

// regText gives a value's text, "" if it is none.
func regText(values map[string]any, name string) string {
	s, _ := values[name].(string)
	return strings.TrimSpace(s)
}

// regNumber gives a value's number, nil if it is none.
func regNumber(values map[string]any, name string) *uint64 {
	n, ok := values[name].(uint64)
	if !ok {
		return nil
	}
	return &n
}

// regFlag says whether a number is there and not 0; nil if it is not there.
func regFlag(values map[string]any, name string) *bool {
	n := regNumber(values, name)
	if n == nil {
		return nil
	}
	yes := *n != 0
	return &yes
}

// filetime is a time as Windows counts it: in 100 ns since 1601.
func filetime(n uint64) *time.Time {
	const before1970 = 116_444_736_000_000_000
	if n <= before1970 || n > 1<<62 {
		return nil
	}
	t := time.Unix(int64((n-before1970)/10_000_000), 0).UTC()
	return &t
}
