package collect

import (
	"strings"
	"testing"
	"time"
)

func TestEncodings(t *testing.T) {
	const text = "2026-11-20 09:14:01 Größe der Datei überschreitet 5 €: Straße\r\n2026-11-20 09:14:02 Zugriff verweigert für Jürgen\r\n"
	page := func(r ...string) string { return strings.NewReplacer(r...).Replace(text) }
	wide := func(s, mark string, big bool) string {
		b := utf16le(mark + s)
		for i := 0; big && i < len(b); i += 2 {
			b[i], b[i+1] = b[i+1], b[i]
		}
		return string(b)
	}
	plain := strings.ReplaceAll(text, "€", "EUR")
	for name, c := range map[string]struct{ content, want string }{
		"UTF-8":                  {text, text},
		"UTF-8 with mark":        {"\ufeff" + text, text},
		"UTF-16 LE":              {wide(text, "\ufeff", false), text},
		"UTF-16 BE":              {wide(text, "\ufeff", true), text},
		"UTF-16 LE without mark": {wide(text, "", false), text},
		"UTF-16 BE without mark": {wide(text, "", true), text},
		"Windows-1252":           {page("ö", "\xf6", "ß", "\xdf", "ü", "\xfc", "€", "\x80"), text},
		"CP850":                  {strings.NewReplacer("ö", "\x94", "ß", "\xe1", "ü", "\x81").Replace(plain), plain},
		"two writers":            {text + page("ö", "\xf6", "ß", "\xdf", "ü", "\xfc", "€", "\x80"), text + text},
		"no page makes sense":    {"abc \xff\xfe\xfd def\n", "abc \uFFFD def\n"},
		"after a power cut":      {text + strings.Repeat("\x00", 5000) + text, text + "[5000 zero bytes]" + text},
	} {
		for _, packed := range []bool{false, true} {
			content := c.content
			if packed {
				content = gz(t, content)
			}
			path := put(t, t.TempDir(), "a.log", content, noon())
			s, err := takeLog(t, Log{Path: path}, window{})
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if got := s.only(t).String(); got != c.want {
				t.Errorf("%s, packed %v: %q", name, packed, got)
			}
			if strings.HasPrefix(name, "after") || strings.HasPrefix(name, "no") || strings.HasPrefix(name, "two") {
				continue
			}
			s, err = takeLog(t, Log{Path: path}, window{since: time.Date(2026, 11, 20, 9, 14, 4, 0, time.Local)})
			if err != nil {
				t.Errorf("%s: %v", name, err)
			} else if got := s.only(t).String(); !strings.HasPrefix(got, "2026-11-20 09:14:02") {
				t.Errorf("%s, packed %v, window: %q", name, packed, got)
			}
		}
	}
}

func TestBinaryLogs(t *testing.T) {
	for name, c := range map[string][2]string{
		"event log": {"ElfFile\x00" + strings.Repeat("\x00\x01\x02", 3000), "a Windows event log file"},
		"journal":   {"LPKSHHRH" + strings.Repeat("\x00\x01", 3000), "a journal file"},
		"program":   {"\x7fELF\x02\x01\x01" + strings.Repeat("\x00\x90", 3000), "a program"},
		"picture":   {"\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\x90", 300), "a picture"},
		"numbers":   {strings.Repeat("\x01\x00\x02\x00\x90\xff\x03\x00", 1000), "binary data"},
		"noise":     {strings.Repeat("\x81\x8d\xc0\xff\xfe\x90\x9d\x05", 1000), "binary data"},
		"late":      {strings.Repeat("text\n", 30_000) + strings.Repeat("\x01\x02\x03\x04", 20_000), "binary data"},
		"packed":    {gz(t, "\x7fELF"+strings.Repeat("\x00\x90", 3000)), "a program"},
	} {
		path := put(t, t.TempDir(), "a.log", c[0], noon())
		s, err := takeLog(t, Log{Path: path}, window{})
		if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), c[1]) || len(s.files) > 0 {
			t.Errorf("%s: %v, %v", name, err, s.paths())
		}
	}
}
