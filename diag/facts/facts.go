// Package facts turns the machine's facts, collected as JSON, into lines that a person reads.
package facts

// Line is one fact. A line without Value is a heading for the deeper lines below it.
type Line struct {
	Depth int
	Key   string // English words, such as "total"
	Value string // with its unit, such as "15.6 GB"
}

// Lines reads one JSON document. Keys say their unit by suffix: _bytes,
// _percent, _seconds, _milliseconds, _mhz, _time (RFC 3339).
func Lines(json []byte) ([]Line, error) {
	return nil, nil
}
