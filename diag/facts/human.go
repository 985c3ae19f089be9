package facts

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// units are the suffixes of keys and how their numbers are read.
var units = map[string]func(float64) string{
	"bytes":        func(f float64) string { return Size(int64(f)) },
	"percent":      func(f float64) string { return figure(f) + " %" },
	"seconds":      seconds,
	"milliseconds": func(f float64) string { return seconds(f / 1000) },
	"mhz":          func(f float64) string { return fmt.Sprintf("%.0f MHz", f) },
	"hz":           func(f float64) string { return fmt.Sprintf("%.4g Hz", f) },
	"celsius":      func(f float64) string { return figure(f) + " °C" },
	"mm":           func(f float64) string { return figure(f) + " mm" },
	"pixels":       func(f float64) string { return fmt.Sprintf("%.0f pixels", f) },
	"time":         nil, // a text, RFC 3339
}

// Words gives a key as words, without its unit: "used_percent" is "used",
// "boot_time" is "boot".
func Words(key string) string {
	name, _ := splitUnit(key)
	words := strings.Fields(strings.ReplaceAll(name, "_", " "))
	for i, w := range words {
		switch w {
		case "pid", "mtu", "cpu", "os", "bios", "tpm":
			words[i] = strings.ToUpper(w)
		}
	}
	return clean(strings.Join(words, " "))
}

// splitUnit parts "total_bytes"; a key that is only a unit's name has none.
func splitUnit(key string) (name, unit string) {
	i := strings.LastIndexByte(key, '_')
	if i <= 0 {
		return key, ""
	}
	if _, known := units[key[i+1:]]; !known {
		return key, ""
	}
	return key[:i], key[i+1:]
}

// Human gives a JSON value as a person reads it, with the unit of its key.
func Human(key string, t json.Token) string {
	_, unit := splitUnit(key)
	switch v := t.(type) {
	case nil:
		return "unknown"
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case json.Number:
		f, err := v.Float64()
		if err != nil {
			return clean(v.String())
		}
		if read := units[unit]; read != nil {
			return read(f)
		}
		return v.String()
	case string:
		if unit == "time" {
			if at, err := time.Parse(time.RFC3339, v); err == nil {
				return at.Format("2006-01-02 15:04:05 -07:00")
			}
		}
		return clean(v)
	}
	return ""
}

// seconds gives the two largest units that matter: "3 days 4 hours".
func seconds(f float64) string {
	if f < 0 || f > 1e12 || f != f {
		return strconv.FormatFloat(f, 'g', 6, 64) + " s"
	}
	if f < 60 {
		return strconv.FormatFloat(float64(int64(f*100+0.5))/100, 'f', -1, 64) + " s"
	}
	rest := int64(f)
	var parts []string
	for _, u := range []struct {
		seconds int64
		name    string
	}{{86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}} {
		n := rest / u.seconds
		rest %= u.seconds
		if n == 0 && len(parts) == 0 {
			continue
		}
		if n != 1 {
			u.name += "s"
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, u.name))
		}
		if n == 0 || len(parts) == 2 {
			break
		}
	}
	return strings.Join(parts, " ")
}
