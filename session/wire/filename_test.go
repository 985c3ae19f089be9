package wire

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFileName(t *testing.T) {
	for name, want := range map[string]string{
		"Rechnung 7.pdf":       "Rechnung 7.pdf",
		"../../etc/passwd":     "passwd",
		`C:\Windows\evil.dll`:  "evil.dll",
		"/":                    "file",
		"..":                   "file",
		".bashrc":              "bashrc",
		"a.txt. . ":            "a.txt",
		"a\x00b\nc.txt":        "abc.txt",
		"invoice\u202efdp.exe": "invoicefdp.exe",
		"photo.jpg" + strings.Repeat(" \u00a0\u3000\u2800", 20) + ".exe": "photo.jpg .exe",
		"a\u3164\u115f\ufe0f\U000e0041b.txt":                             "ab.txt",
		"a:b|c?.txt":                                                     "a_b_c_.txt",
		"con":                                                            "_con",
		"NUL.tar.gz":                                                     "_NUL.tar.gz",
		"Com1 .txt":                                                      "_Com1 .txt",
		"LPT².log":                                                       "_LPT².log",
		"console.txt":                                                    "console.txt",
		"\xff.txt":                                                       "_.txt",
		"Ümläut 文件.zip":                                                  "Ümläut 文件.zip",
		"a/" + strings.Repeat("ä", 200) + ".docx": strings.Repeat("ä", 97) + ".docx",
	} {
		if got := FileName(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}

func FuzzFileName(f *testing.F) {
	for _, name := range []string{"", "a.txt", "a" + strings.Repeat(" ", 198) + "b", strings.Repeat("a ", 150), "../a", "con.txt", strings.Repeat("x.", 200), "a" + strings.Repeat(".", 300) + "b", "CON\u2028"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := FileName(name)
		if got == "" || len(got) > MaxNamed || !utf8.ValidString(got) || strings.ContainsAny(got, "/\\:\x00\n") || got[0] == '.' {
			t.Fatalf("%q becomes %q", name, got)
		}
		if again := FileName(got); again != got {
			t.Fatalf("%q becomes %q, which becomes %q", name, got, again)
		}
	})
}
