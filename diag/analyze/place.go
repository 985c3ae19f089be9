package analyze

import (
	"bytes"
	"encoding/json"
)

// lineOf gives the line (from 1) on which a value of a JSON document begins.
// path has keys (string) and list indexes (int). It is 0 if there is none.
func lineOf(doc []byte, path ...any) int {
	d := json.NewDecoder(bytes.NewReader(doc))
	for _, step := range path {
		open, err := d.Token()
		if err != nil {
			return 0
		}
		found := false
		switch want := step.(type) {
		case string:
			found = open == json.Delim('{') && toKey(d, want)
		case int:
			found = open == json.Delim('[') && toIndex(d, want)
		}
		if !found {
			return 0
		}
	}
	// What follows is at most a colon or comma and white space before the value.
	at := int(d.InputOffset())
	for at < len(doc) && bytes.IndexByte([]byte(" \t\r\n,:"), doc[at]) >= 0 {
		at++
	}
	if at >= len(doc) {
		return 0
	}
	return bytes.Count(doc[:at], []byte{'\n'}) + 1
}

// toKey reads an object up to the value of key.
func toKey(d *json.Decoder, key string) bool {
	for d.More() {
		k, err := d.Token()
		if err != nil {
			return false
		}
		if k == key {
			return true
		}
		var skipped json.RawMessage
		if d.Decode(&skipped) != nil {
			return false
		}
	}
	return false
}

// toIndex reads a list up to its index'th value.
func toIndex(d *json.Decoder, index int) bool {
	for i := 0; d.More(); i++ {
		if i == index {
			return true
		}
		var skipped json.RawMessage
		if d.Decode(&skipped) != nil {
			return false
		}
	}
	return false
}
