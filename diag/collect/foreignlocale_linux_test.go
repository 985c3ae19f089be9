package collect

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestForeignLocale collects where neither names nor texts are in UTF-8.
func TestForeignLocale(t *testing.T) {
	for _, name := range []string{"LC_ALL", "LANG", "LC_CTYPE"} {
		t.Setenv(name, "de_DE.ISO-8859-1")
	}
	t.Setenv("K\xf6ln", "gr\xfc\xdfe")
	dir := t.TempDir()
	logPath := put(t, dir, "Fehler f\xfcr M\xfcller.log", "2026-11-20 09:14:01 Datei f\xfcr J\xfcrgen nicht ge\xf6ffnet\n", noon())
	put(t, dir, "Gr\xf6\xdfe.xml", "<gr\xf6\xdfe/>", noon())
	program := script(t, `printf '2026 host program: Gr\366\337e wei\337 in %s\n' "$LC_ALL"`)
	all := []Collector{
		newLogFile(1, Log{Path: logPath}, window{}), newExports([]string{dir + "/*.xml"}), newEnvironment(Options{Environment: []string{"K\xf6ln"}}),
		systemLog{programs: []logProgram{{path: systemLogPath, program: program, read: ending(journalText)}}},
		newCommand(1, Command{Name: "gr\xfc\xdfe", Path: sealed(t, `printf 'Gr\366\337e\n'`)}),
		network{},
		routes{},
	}
	s := &memSink{}
	for _, c := range all {
		if err := c.Collect(t.Context(), s); err != nil {
			t.Errorf("%s: %v", c.Name(), err)
		}
	}
	for path, f := range s.files {
		if f.MediaType != "application/octet-stream" && !utf8.Valid(f.Bytes()) || !utf8.ValidString(path) {
			t.Errorf("%q is no UTF-8: %.200q", path, f.Bytes())
		}
	}
	for path, want := range map[string]string{
		systemLogPath: "Größe weiß in C.UTF-8", "commands/1-gr__e.log": "Größe", "logs/1-Fehler_f_r_M_ller.log": "Datei für Jürgen nicht geöffnet",
	} {
		if f := s.files[path]; f == nil || !strings.Contains(f.String(), want) {
			t.Errorf("%s: %v: %+v", path, s.paths(), f)
		}
	}
	if f := s.files["exports/1-Gr__e.xml"]; f == nil || f.String() != "<gr\xf6\xdfe/>" {
		t.Errorf("a file of the product is not as it was: %v", s.paths())
	}
}
