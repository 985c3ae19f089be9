package analyze

import "testing"

func TestFiguresInTheLanguage(t *testing.T) {
	german := func(s string) string {
		switch s {
		case "decimal mark":
			return ","
		case "{{.What}} took {{.Used}} ({{.Count}}×).":
			return "{{.What}} nahm {{.Used}} ({{.Count}}×)."
		}
		return s
	}
	for name, c := range map[string]struct {
		say, english, german string
		data                 map[string]string
	}{
		"size":       {"{{.Free}}", "1.5 GB", "1,5 GB", data("Free", "1.5 GB")},
		"whole":      {"{{.Used}}", "97 %", "97 %", data("Used", "97 %")},
		"seconds":    {"{{.Time}}", "12.5 s", "12,5 s", data("Time", "12.5 s")},
		"a program":  {"{{.Program}}", "python3.11 (1.5 GB)", "python3.11 (1,5 GB)", data("Program", "python3.11 (1.5 GB)")},
		"a version":  {"{{.Version}}", "2.4", "2.4", data("Version", "2.4")},
		"a file":     {"{{.Log}}", "/backup 1.5 GB.log", "/backup 1.5 GB.log", data("Log", "/backup 1.5 GB.log")},
		"inserted":   {"{{.V1}} and {{.V12}}", "64.2 % and 2.4.1", "64,2 % and 2.4.1", data("V1", "64.2 %", "V12", "2.4.1")},
		"once":       {"{{.What}} took {{.Used}} ({{.Count}}×).", "sda took 1.0 kB.", "sda nahm 1,0 kB.", data("What", "sda", "Used", "1.0 kB", "Count", "1")},
		"eleven":     {"{{.What}} took {{.Used}} ({{.Count}}×).", "sda took 1.0 kB (11×).", "sda nahm 1,0 kB (11×).", data("What", "sda", "Used", "1.0 kB", "Count", "11")},
		"no figures": {"Nothing.", "Nothing.", "Nothing.", nil},
	} {
		f := Finding{Say: c.say, Data: c.data}
		if got := f.Sentence(nil); got != c.english {
			t.Errorf("%s: %q, want %q", name, got, c.english)
		}
		if got := f.Sentence(german); got != c.german {
			t.Errorf("%s, in German: %q, want %q", name, got, c.german)
		}
		if got := f.Sentence(func(s string) string { return s }); got != c.english {
			t.Errorf("%s, without a language's mark: %q, want %q", name, got, c.english)
		}
	}
}
